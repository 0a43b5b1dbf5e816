import fc from "fast-check";
import { expect, test } from "vitest";
import { coverageOf, type Proof, spanOf } from "./coverage.ts";
import { clip, dayOf, isoOfDay, lengthOf, unionOf, without } from "./days.ts";
import { expiring } from "./expiry.ts";
import type { ProofTarget } from "./schema.ts";

const login: ProofTarget = { kind: "control", id: "C-1", name: "Log-in", freshnessDays: 30, known: true };
const proof = (from: string, until: string | null = null, more: Partial<Proof> = {}): Proof => ({
  evidenceId: `e ${from}`,
  target: login,
  from,
  until,
  cameInOn: from,
  openFindings: 0,
  ...more,
});
const YEAR = { from: "2026-01-01", until: "2026-12-31", asOf: "2026-11-24", today: "2026-11-24" };
const brief = (proofs: Proof[], question = YEAR, target = login) => {
  const coverage = coverageOf([target], proofs, question);
  const [one] = coverage.targets;
  return {
    proven: one?.proven.map(({ from, until }) => `${from}…${until}`),
    gaps: one?.gaps.map(({ from, until, reason }) => `${from}…${until} ${reason}`),
    provenDays: one?.provenDays,
    today: one?.today,
    until: one?.provenUntil,
    full: coverage.total.fullDays,
  };
};

test("nothing was given: no day is proven, and none after today is counted", () => {
  expect(brief([])).toEqual({
    proven: [],
    gaps: ["2026-01-01…2026-11-24 never-proven"],
    provenDays: 0,
    today: "never-proven",
    until: null,
    full: 0,
  });
});

test("a proof without a last day holds for the control's freshness, counted with its first", () => {
  expect(brief([proof("2026-03-01")])).toEqual({
    proven: ["2026-03-01…2026-03-30"],
    gaps: ["2026-01-01…2026-02-28 never-proven", "2026-03-31…2026-11-24 expired"],
    provenDays: 30,
    today: "expired",
    until: null,
    full: 30,
  });
});

test("a control whose proof does not age stays proven; a stated last day counts for itself", () => {
  expect(brief([proof("2026-03-01")], YEAR, { ...login, freshnessDays: null })).toMatchObject({
    provenDays: 269,
    today: "proven",
    until: null,
  });
  expect(brief([proof("2026-03-01", "2026-12-31")])).toMatchObject({
    provenDays: 269,
    today: "proven",
    until: "2026-12-31",
  });
});

test("overlapping proofs count each day once, touching ones leave no gap", () => {
  expect(brief([proof("2026-03-01"), proof("2026-03-15"), proof("2026-04-14")]).proven).toEqual([
    "2026-03-01…2026-05-13",
  ]);
});

test("TE-6: a proof with a finding nobody decided on proves nothing, and the gap says so", () => {
  expect(brief([proof("2026-11-01", null, { openFindings: 2 })])).toMatchObject({
    provenDays: 0,
    today: "open-findings",
    gaps: ["2026-01-01…2026-10-31 never-proven", "2026-11-01…2026-11-24 open-findings"],
  });
});

test("as it was known on a day: what came in later does not count", () => {
  const late = proof("2026-03-01", "2026-03-10", { cameInOn: "2026-09-01" });
  expect(brief([late]).provenDays).toBe(10);
  expect(brief([late], { ...YEAR, asOf: "2026-08-31" }).provenDays).toBe(0);
});

test("over several controls: target-days, and days on which all were proven", () => {
  const other: ProofTarget = { ...login, id: "C-2", name: "Update" };
  const coverage = coverageOf(
    [login, other],
    [proof("2026-03-01", "2026-03-10"), proof("2026-03-06", "2026-03-15", { target: other })],
    { ...YEAR, from: "2026-03-01", until: "2026-03-31" },
  );
  expect(coverage.total).toEqual({ days: 62, provenDays: 20, fullDays: 5, calendarDays: 31 });
  expect(coverage.days.map(({ proven }) => proven).join("")).toBe("1111122222111110000000000000000");
});

test("work before it happens: what expires soon, what is not proven first", () => {
  const targets = ["A", "B", "C", "D"].map((id): ProofTarget => ({ ...login, id, name: id }));
  const of = (id: string, until: string) => proof("2026-11-01", until, { target: { kind: "control", id } });
  const coverage = coverageOf(targets, [of("A", "2026-12-01"), of("B", "2027-06-01"), of("C", "2026-11-24")], YEAR);
  expect(expiring(coverage, 30).map(({ target, daysLeft }) => [target.id, daysLeft])).toEqual([
    ["D", null],
    ["C", 0],
    ["A", 7],
  ]);
});

const anySpan = fc
  .tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: -5, max: 90 }))
  .map(([from, length]) => ({ from, until: from + length }));

test("union, clip and rest agree with counting day by day", () => {
  fc.assert(
    fc.property(fc.array(anySpan, { maxLength: 12 }), anySpan, (spans, period) => {
      const union = unionOf(spans);
      const has = (day: number) => spans.some(({ from, until }) => from <= day && day <= until);
      const days = Array.from({ length: Math.max(0, period.until - period.from + 1) }, (_, i) => period.from + i);
      expect(lengthOf(clip(union, period))).toBe(days.filter(has).length);
      expect(lengthOf(without(period, union))).toBe(days.filter((day) => !has(day)).length);
      for (const [i, { from }] of union.entries()) expect(from).toBeGreaterThan((union[i - 1]?.until ?? -10) + 1);
    }),
    { numRuns: 500 },
  );
});

test("proven days and gaps make up the period, whatever the proofs", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anySpan, fc.boolean(), fc.boolean()), { maxLength: 10 }), (proofs) => {
      const start = dayOf("2026-01-01");
      const made = proofs.map(([{ from, until }, open, ends]) =>
        proof(isoOfDay(start + from), ends ? isoOfDay(start + until) : null, { openFindings: open ? 1 : 0 }),
      );
      const [one] = coverageOf([login], made, YEAR).targets;
      const gapDays = (one?.gaps ?? []).reduce((sum, { from, until }) => sum + dayOf(until) - dayOf(from) + 1, 0);
      expect((one?.provenDays ?? 0) + gapDays).toBe(one?.days);
    }),
    { numRuns: 300 },
  );
});

test("a leap day is a day", () => {
  expect(spanOf({ from: "2028-02-28", until: null }, 3).until).toBe(dayOf("2028-03-01"));
});
