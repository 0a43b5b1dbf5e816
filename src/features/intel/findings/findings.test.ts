import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { readCursor, writeCursor } from "../../../lib/cursor.ts";
import { Rating } from "../assess/schema.ts";
import { decide, isSuspect, VEX_JUSTIFICATION } from "./decision.ts";
import { identityOf } from "./identity.ts";
import { EXPLOITED_PRIORITY, HARM_STEP, priorityOf } from "./priority.ts";
import { Decision, JUSTIFICATIONS } from "./schema.ts";

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
  const harm = fc.integer({ min: 0, max: 5 });

  test("anything exploited stands before anything that is not, then harm before rating, and it fits the column", () => {
    fc.assert(
      fc.property(severity, severity, epss, epss, harm, harm, (s1, s2, e1, e2, h1, h2) => {
        const loud = priorityOf({ severity: s1, epss: e1, exploited }, h1);
        const quiet = priorityOf({ severity: s2, epss: e2, exploited: null }, h2);
        expect(loud).toBeGreaterThanOrEqual(EXPLOITED_PRIORITY);
        expect(quiet).toBeLessThan(EXPLOITED_PRIORITY);
        expect(loud).toBeLessThan(2 ** 31);
        expect(Number.isInteger(loud)).toBe(true);
        const other = priorityOf({ severity: s1, epss: e1, exploited: null }, h1);
        if (h1 !== h2) expect(other > quiet).toBe(h1 > h2);
        expect(
          priorityOf({ severity: s1, epss: e1, exploited: null }, h1) -
            priorityOf({ severity: s1, epss: e1, exploited: null }, 0),
        ).toBe(h1 * HARM_STEP);
      }),
    );
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
  const Place = z.tuple([z.union([z.string(), z.number()]), z.string()]);
  test("is read back as it was written", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer()), fc.string(), (a, b) => {
        expect(readCursor(writeCursor([a, b]), Place)).toEqual([a, b]);
      }),
    );
  });
  test("that nobody wrote is refused, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (cursor) => {
        expect(() => readCursor(cursor, Place)).toThrow(/cannot be read/);
      }),
    );
  });
});
