import { expect, test } from "vitest";
import { coverageOf, type Proof } from "./coverage.ts";
import { endingsOf } from "./ending.ts";
import type { ProofTarget } from "./schema.ts";

const target = (id: string): ProofTarget => ({ kind: "control", id, name: id, freshnessDays: null, known: true });
const proof = (id: string, until: string | null, openFindings = 0): Proof => ({
  evidenceId: id,
  target: { kind: "control", id },
  from: "2026-01-01",
  until,
  cameInOn: "2026-01-01",
  openFindings,
});

test("what ends within the days and what ended within as many, the next first; nothing of what never was proven", () => {
  const today = "2026-11-24";
  const { targets } = coverageOf(
    ["soon", "later", "ended", "long-gone", "never", "without-end", "blocked"].map(target),
    [
      proof("soon", "2026-12-01"),
      proof("later", "2027-06-01"),
      proof("ended", "2026-11-20"),
      proof("long-gone", "2026-02-01"),
      proof("without-end", null),
      proof("blocked", "2026-12-01", 1),
    ],
    { from: "2026-01-01", until: today, asOf: today, today },
  );
  expect(endingsOf(targets, today, 30)).toEqual([
    { name: "ended", on: "2026-11-20", daysLeft: -4 },
    { name: "soon", on: "2026-12-01", daysLeft: 7 },
  ]);
});
