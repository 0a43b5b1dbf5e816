import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { readCursor, writeCursor } from "../../../lib/cursor.ts";
import { placeOfHarm } from "../../devices/schema.ts";
import { Rating } from "../assess/schema.ts";
import { decide, isSuspect, VEX_JUSTIFICATION } from "./decision.ts";
import { identityOf } from "./identity.ts";
import { priorityOf } from "./priority.ts";
import { Decision, JUSTIFICATIONS } from "./schema.ts";
import { type Place, whyHere } from "./why-here.ts";

describe("what stays the same of a component when its version changes", () => {
  test.each([
    [{ purl: "pkg:npm/%40scope/a@1.0.0?x=y#z", cpe: null, name: "a" }, "pkg:npm/%40scope/a"],
    [{ purl: "pkg:npm/@scope/a", cpe: null, name: "a" }, "pkg:npm/@scope/a"],
    [{ purl: "pkg:deb/debian/openssl@3.0.8-1?distro=debian-12", cpe: null, name: "x" }, "pkg:deb/debian/openssl"],
    [{ purl: null, cpe: "cpe:2.3:a:openssl:openssl:3.0.8:*:*:*:*:*:*:*", name: "x" }, "cpe:a:openssl:openssl"],
    [{ purl: null, cpe: "cpe:2.3:o:vendor\\:x:os:1:*:*:*:*:*:*:*", name: "x" }, "cpe:o:vendor\\:x:os"],
    [{ purl: null, cpe: "cpe:/a:apache:http_server:2.4", name: "x" }, "cpe:a:apache:http_server"],
    [{ purl: null, cpe: null, name: "BusyBox" }, "name:busybox"],
  ])("%j is %s", (component, identity) => {
    expect(identityOf(component)).toBe(identity);
  });
});

describe("worst for a patient first", () => {
  const severity = fc
    .record({
      score: fc.option(fc.integer({ min: 0, max: 100 }).map((n) => n / 10)),
      rating: fc.constantFrom(...Rating.options),
    })
    .map((s) => ({ source: "x", vector: null, ...s }));
  const epss = fc.option(fc.record({ score: fc.double({ min: 0, max: 1, noNaN: true }), percentile: fc.constant(0) }));
  const exploited = { since: "2024-01-01", dueOn: null, ransomware: false };
  const harm = fc.integer({ min: -1, max: 5 });

  test("worse harm stands before less, whatever is exploited; then what is exploited; and it fits the column", () => {
    fc.assert(
      fc.property(
        severity,
        severity,
        epss,
        epss,
        fc.boolean(),
        fc.boolean(),
        harm,
        harm,
        (s1, s2, e1, e2, x1, x2, h1, h2) => {
          const one = priorityOf({ severity: s1, epss: e1, exploited: x1 ? exploited : null }, h1);
          const other = priorityOf({ severity: s2, epss: e2, exploited: x2 ? exploited : null }, h2);
          expect(one).toBeLessThan(2 ** 31);
          expect(Number.isInteger(one)).toBe(true);
          const places = [h1, h2].map((h) => placeOfHarm(h)) as [number, number];
          if (h1 !== h2) expect(one > other).toBe(places[0] > places[1]);
          else if (x1 !== x2) expect(one > other).toBe(x1);
        },
      ),
    );
  });

  test("a harm nobody stated may be anything: it stands above minor; a part that reaches no function stands last", () => {
    const bad = {
      severity: { source: "x", vector: null, score: 10, rating: "critical" as const },
      epss: null,
      exploited,
    };
    const order = [5, 4, 3, 0, 2, 1, -1].map((level) => priorityOf(bad, level));
    expect(order).toEqual([...order].sort((a, b) => b - a));
  });

  test("the migration's formula is the program's", () => {
    const rest = priorityOf(
      { severity: { source: "", vector: null, score: 7.5, rating: "high" }, epss: null, exploited: null },
      -1,
    );
    expect(rest).toBeLessThan(50_000_000);
    expect(
      priorityOf({ severity: { source: "", vector: null, score: 7.5, rating: "high" }, epss: null, exploited }, 4),
    ).toBe(5 * 200_000_000 + 100_000_000 + rest);
  });
});

describe("why it stands here", () => {
  const place: Place = {
    device: "Example Pump",
    harm: 5,
    through: { kind: "therapy", name: "infusion" },
    exploited: { ransomware: true },
    severity: { score: 9.8, rating: "critical" },
  };
  test.each<[Partial<Place>, string]>([
    [
      {},
      "If this is misused in Example Pump, which delivers therapy (infusion), a patient could die; it is being used in attacks, also by ransomware; its score of 9.8 decides only among equals.",
    ],
    [
      { harm: 2, exploited: null, through: { kind: "alarm", name: "door alarm" } },
      "If this is misused in Example Pump, which raises alarms (door alarm), a patient could be hurt in a way that heals by itself; no attack with it is known; its score of 9.8 decides only among equals.",
    ],
    [
      { harm: 0, through: null, exploited: null, severity: { score: null, rating: "unknown" } },
      "Nobody has stated what Example Pump does for a patient, so any harm is thinkable; no attack with it is known; it has no score yet.",
    ],
    [
      { harm: -1, through: null, exploited: { ransomware: false }, severity: { score: null, rating: "high" } },
      "Its part reaches no function of Example Pump, as is recorded; it is being used in attacks; its rating, high, decides only among equals.",
    ],
  ])("%j", (over, sentence) => {
    expect(whyHere({ ...place, ...over })).toBe(sentence);
  });
});

describe("a decision", () => {
  const before = {
    state: "new" as const,
    justification: null,
    note: "",
    assigneeId: null,
    assigneeName: null,
    decidedBy: null,
    decidedAt: null,
    decidedVersion: null,
    decidedThrough: null,
    suspect: false,
    lastChangeId: null,
    componentVersion: "1.2",
  };
  const ada = { id: "1", name: "Ada" };
  const at = new Date("2026-11-23T12:00:00Z");

  test("taken into triage belongs to who took it, unless somebody has it", () => {
    const triage = Decision.parse({ state: "in-triage" });
    expect(decide(before, triage, ada, at, "c")).toMatchObject({
      assigneeName: "Ada",
      decidedVersion: "1.2",
      decidedBy: "Ada",
    });
    expect(decide({ ...before, assigneeId: "2", assigneeName: "Bo" }, triage, ada, at, "c").assigneeName).toBe("Bo");
  });

  test.each([
    ["accepted", "1.2", "1.2", false],
    ["accepted", "1.2", "1.3", true],
    ["not-affected", "1.2", null, true],
    ["affected", "1.2", "1.3", false],
    ["in-triage", "1.2", "1.3", false],
  ] as const)("%s for version %s is suspect at %s: %s", (state, decided, now, suspect) => {
    expect(isSuspect(state, decided, now)).toBe(suspect);
  });

  test("every justification has its place in VEX", () => {
    for (const justification of JUSTIFICATIONS) expect(VEX_JUSTIFICATION[justification]).toMatch(/^[a-z_]+$/);
  });
});

describe("a place in a list", () => {
  const Cursor = z.tuple([z.union([z.string(), z.number()]), z.string()]);
  test("is read back as it was written", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer()), fc.string(), (a, b) => {
        expect(readCursor(writeCursor([a, b]), Cursor)).toEqual([a, b]);
      }),
    );
  });
  test("that nobody wrote is refused, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (cursor) => {
        expect(() => readCursor(cursor, Cursor)).toThrow(/cannot be read/);
      }),
    );
  });
});
