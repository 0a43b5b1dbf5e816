import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import type { Assessment, Finding } from "../../features/intel/assess/schema.ts";
import { toTable } from "./table.ts";

const finding = (said: Partial<Finding>): Finding => ({
  component: { name: "a-component-with-a-name-that-is-rather-long", version: "1.2.3", purl: null, cpe: null },
  advisory: "CVE-2025-1000",
  aliases: [],
  title: "A title that goes on and on until no terminal could hold it in one line, and then some more",
  severity: { source: "cve", vector: null, score: 10, rating: "critical" },
  exploited: { since: "2025-01-01", dueOn: null, ransomware: false },
  epss: { score: 0.5, percentile: 0.9 },
  fixedIn: ["1.2.4+incompatible-build", "2.0.0"],
  disputed: false,
  because: { rule: "package", range: "npm a < 2", source: "osv", record: "CVE-2025-1000" },
  ...said,
});
const assessment = (findings: Finding[], more: Partial<Assessment> = {}): Assessment => ({
  assessedAt: "2026-01-20T00:00:00.000Z",
  asOf: "2026-01-20T00:00:00.000Z",
  subject: { name: "pump", version: "1", path: "sbom.json" },
  feeds: [{ name: "osv", newestAt: "2026-01-15T00:00:00.000Z", ageDays: 5 }],
  components: 3,
  findings,
  unmatched: [],
  problems: [],
  ...more,
});
const red = (text: string) => `\u001b[31m${text}\u001b[39m`;
const coloured = { strong: red, quiet: red, alarm: red, warn: red, good: red };
const same = (text: string) => text;
const plainStyle = { strong: same, quiet: same, alarm: same, warn: same, good: same };
const lines = (a: Assessment, columns: number, style = plainStyle) =>
  toTable(a, { style, columns, all: false }).split("\n");

describe("the table", () => {
  test.each([120, 160, 240])("colours change nothing but the colour, at %i columns", (columns) => {
    const shown = assessment([finding({})]);
    expect(lines(shown, columns, coloured).map(stripVTControlCharacters)).toEqual(lines(shown, columns));
  });

  test.each([120, 160, 240])("no line of the frame is wider than %i columns", (columns) => {
    const framed = lines(assessment([finding({})]), columns).filter((line) => /^[│┌└├]/.test(line));
    expect(framed.length).toBeGreaterThan(4);
    expect(Math.max(...framed.map((line) => line.length))).toBeLessThanOrEqual(columns);
  });

  test.each([30, 60, 80, 110])(
    "on %i columns each finding has lines of its own, none wider, nothing of it missing",
    (columns) => {
      const shown = lines(assessment([finding({ disputed: true })]), columns).slice(2, -2);
      expect(shown.join("\n")).not.toMatch(/[│┌└├]/);
      expect(Math.max(...shown.map((line) => line.length))).toBeLessThanOrEqual(columns);
      const text = shown.join("").replace(/\s+/g, "");
      for (const fact of [
        "10.0critical",
        "CVE-2025-1000",
        "▲exploited",
        "rather-long1.2.3",
        "fixedin1.2.4",
        "EPSS50%",
        "disputed",
      ])
        expect(text).toContain(fact);
    },
  );

  test("the next step mends as much of the part as one update can", () => {
    const second = finding({ advisory: "CVE-2025-1001", fixedIn: ["1.9.0"] });
    expect(lines(assessment([finding({}), second]), 120).at(-2)).toContain(
      "update to 1.9.0, which mends all 2 findings of this part (1.2.4+incompatible-build this one)",
    );
    const third = finding({ advisory: "CVE-2025-1002", fixedIn: [] });
    expect(lines(assessment([finding({}), second, third]), 120).at(-2)).toContain("mends 2 of the 3 findings");
  });

  test("of a day in the past it says what was known then", () => {
    expect(lines(assessment([], { asOf: "1990-01-01T23:59:59.999Z" }), 120).at(-2)).toBe(
      "Next: nothing was known against these parts by 1990-01-01; leave --as-of out for what is known now.",
    );
  });

  test.each([
    [[{ name: "osv", newestAt: null, ageDays: null }], /age is not known/],
    [
      [{ name: "osv", newestAt: "2026-01-06T00:00:00Z", ageDays: 14 }],
      /^The newest of the intelligence is 14 days old, and no source is older/,
    ],
    [
      [{ name: "osv", newestAt: "2026-01-05T00:00:00Z", ageDays: 15 }],
      /^! The newest of the intelligence is 15 days old: /,
    ],
  ])("old data is called old: %j", (feeds, sentence) => {
    expect(lines(assessment([], { feeds }), 120)[1]).toMatch(sentence);
  });

  test.each<[string, Finding[], Assessment["unmatched"], RegExp]>([
    ["exploited first", [finding({})], [], /^Next: .* \(CVE-2025-1000, exploited in the wild\): update to 1\.2\.4/],
    ["without a fix", [finding({ exploited: null, fixedIn: [] })], [], /rated critical\): no fixed version is known/],
    [
      "undecided only",
      [],
      [{ component: finding({}).component, reason: "x" }],
      /^Next: give the 1 component not decided/,
    ],
    ["nothing", [], [], /^Next: nothing is known against these parts/],
  ])("it ends with what to do next: %s", (_, findings, unmatched, sentence) => {
    expect(lines(assessment(findings, { unmatched }), 120).at(-2)).toMatch(sentence);
  });
});
