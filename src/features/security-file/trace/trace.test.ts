import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fileAfter, type Whole } from "../../../../tests/support/traced-file.ts";
import { csvText, openCell, readCsv } from "../../../lib/csv.ts";
import { readControlCatalogues } from "../../controls/catalogue/read-catalogue.ts";
import { provisionsOf, referredBy } from "../../controls/catalogue/refs.ts";
import { showCatalogue } from "../../controls/catalogue/show-control.ts";
import { toComponents } from "../../controls/oscal/to-components.ts";
import { checkFile } from "../check/check-file.ts";
import type { SecurityFile } from "../schema.ts";
import { traceFile } from "./look.ts";
import { Rule, type TraceFrom } from "./schema.ts";
import { matrixSheet, traceSheets } from "./sheets.ts";
import { trace } from "./trace.ts";

const folder = join(import.meta.dirname, "../../../../catalogs/controls");
const catalogues = readControlCatalogues(
  readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") })),
  [],
).catalogues.map(showCatalogue);
const traced = (file: SecurityFile) => traceFile(file, referredBy(file, catalogues));
const gapsAfter = (change?: (file: Whole) => unknown) =>
  traced(fileAfter(change))
    .gaps.filter(({ rule }) => rule !== "D9")
    .map(({ rule, at, message }) => `${rule} ${at?.id}: ${message}`);
const first = <T>(list: readonly T[]): T => {
  const [one] = list;
  if (one === undefined) throw new Error("empty");
  return one;
};

describe("TR-1, TR-2, TR-3: where the chain breaks", () => {
  test("a whole chain has no gap", () => expect(gapsAfter()).toEqual([]));

  test.each<[string, (file: Whole) => unknown, string[]]>([
    [
      "a threat in no risk",
      (f) => (first(f.risks).threats = []),
      ["RA-1 T-1: The threat is in no risk", "RA-1 R-1: The risk comes from no threat"],
    ],
    [
      "a threat that is transferred and mitigated by nothing",
      (f) => Object.assign(f.threats[1] ?? {}, { mitigations: [] }),
      ["TR-1 C-2: No requirement and no threat asks for the control"],
    ],
    [
      "a threat nothing is done against and nobody decided",
      (f) => [
        Object.assign(f.threats[1] ?? {}, { mitigations: [] }),
        Object.assign(f.risks[1] ?? {}, { treatment: "undecided" }),
      ],
      ["TM-5 T-2: Nothing is done against the threat", "TR-1 C-2: No requirement and no threat asks for the control"],
    ],
    [
      "a mitigation without a control",
      (f) => Object.assign(f.threats[1]?.mitigations[0] ?? {}, { control: null }),
      ["TR-1 T-2: No control works against the threat", "TR-1 C-2: No requirement and no threat asks for the control"],
    ],
    [
      "a dropped mitigation",
      (f) => [
        Object.assign(f.threats[1]?.mitigations[0] ?? {}, { state: "dropped" }),
        Object.assign(f.risks[1] ?? {}, { treatment: "undecided" }),
      ],
      ["TM-5 T-2: Nothing is done against the threat", "TR-1 C-2: No requirement and no threat asks for the control"],
    ],
    ["a rejected threat", (f) => Object.assign(f.threats[0] ?? {}, { state: "rejected", mitigations: [] }), []],
    [
      "a requirement without a control",
      (f) => (first(f.controls).requirements = []),
      ["TR-1 RQ-1: No control fulfils the requirement", "TR-1 C-1: No test verifies the control"],
    ],
    [
      "a requirement without a test",
      (f) => (first(f.tests).verifies = ["C-2"]),
      ["TR-1 RQ-1: No test verifies the requirement", "TR-1 C-1: No test verifies the control"],
    ],
    [
      "a requirement nobody asks for",
      (f) => [
        Object.assign(f.requirements[0] ?? {}, { references: [] }),
        Object.assign(f.risks[0] ?? {}, { requirements: [] }),
        Object.assign(f.controls[0] ?? {}, { requirements: [] }),
      ],
      [
        "TR-1 R-1: No requirement reduces the risk",
        "TR-1 RQ-1: Nothing asks for the requirement",
        "TR-1 RQ-1: No control fulfils the requirement",
        "TR-1 C-1: No test verifies the control",
      ],
    ],
    [
      "a control without an element",
      (f) => (first(f.controls).elements = []),
      ["TR-1 C-1: The control works on no element"],
    ],
    [
      "a planned control without a test",
      (f) => [Object.assign(f.controls[1] ?? {}, { state: "planned" }), f.tests.pop()],
      [],
    ],
    [
      "a safety measure without a test",
      (f) => [Object.assign(f.controls[1] ?? {}, { purpose: "safety" }), f.tests.pop()],
      [],
    ],
    ["a test without a result", (f) => (first(f.tests).results = []), ["TR-1 TS-1: The test has no result"]],
    [
      "a test that failed last",
      (f) => first(f.tests).results.reverse() && Object.assign(f.tests[0]?.results[0] ?? {}, { on: "2026-01-01" }),
      ["TR-1 TS-1: The newest result, of 2026-01-05, is “failed”"],
    ],
    [
      "a test of nothing",
      (f) => (first(f.tests).verifies = []),
      [
        "TR-1 RQ-1: No test verifies the requirement",
        "TR-1 C-1: No test verifies the control",
        "TR-1 TS-1: The test verifies nothing of the file",
      ],
    ],
    [
      "a transfer nobody is told of",
      (f) => [Object.assign(f.risks[1] ?? {}, { transfer: null }), Object.assign(f, { labels: [] })],
      ["SRM-7 R-2: The risk is transferred, and nobody is named who takes it"],
    ],
    [
      "an element without a control",
      (f) => f.elements.push({ id: "E-3", name: "Radio", kind: "hardware" } as never),
      ["TR-2 E-3: No control works on the element"],
    ],
    [
      "an asset kept nowhere",
      (f) => f.assets.push({ id: "A-2", name: "Log", kind: "log" }),
      ["TR-3 A-2: No element keeps the asset and no flow carries it"],
    ],
    [
      "a reference into nothing",
      (f) => (first(f.controls).references = [{ catalog: "iec-62443-4-2", id: "CR 9.9" }]),
      ["REF C-1: No catalogue has iec-62443-4-2 CR 9.9"],
    ],
  ])("%s", (_, change, gaps) => expect(gapsAfter(change)).toEqual(gaps));
});

test("a check lists every gap of the trace, under the same rule, in the same words", () => {
  const file = fileAfter((f) => [
    Object.assign(f.threats[1] ?? {}, { mitigations: [] }),
    Object.assign(f.risks[1] ?? {}, { treatment: "undecided", threats: [], transfer: { to: "Hospital" } }),
    Object.assign(f.controls[0] ?? {}, { elements: [], references: [{ catalog: "nist", id: "AC-1" }] }),
    Object.assign(f.tests[0] ?? {}, { results: [], verifies: [] }),
    f.elements.push({ id: "E-3", name: "Radio", kind: "hardware" } as never),
    f.assets.push({ id: "A-2", name: "Log", kind: "log" }),
  ]);
  const { gaps } = traced(file);
  expect(new Set(gaps.map(({ rule }) => rule))).toEqual(new Set(Rule.options));
  const problems = checkFile(file, { referred: referredBy(file, catalogues) });
  for (const { missing: _, ...gap } of gaps) expect(problems).toContainEqual({ ...gap, severity: "gap" });
});

describe("D9: each of FDA's eight categories is implemented and tested, or an alternative leads to a risk", () => {
  const stateOf = (category: string, change?: (file: Whole) => unknown) =>
    traced(fileAfter(change)).coverage.find((one) => one.category === category)?.state;

  test.each<[string, string, string, ((file: Whole) => unknown)?]>([
    ["implemented and tested", "integrity", "proven"],
    ["an alternative that names its risk", "confidentiality", "alternative"],
    ["nothing at all", "updates", "missing"],
    [
      "an alternative without a risk",
      "confidentiality",
      "missing",
      (f) => Object.assign(f.controls[2] ?? {}, { reason: "Not needed." }),
    ],
    ["one control only planned", "integrity", "planned", (f) => (first(f.controls).state = "planned")],
    ["one control not tested", "integrity", "implemented", (f) => (f.tests = f.tests.slice(0, 1))],
    ["a control known by its reference alone", "integrity", "proven", (f) => (f.controls = f.controls.slice(1))],
  ])("%s", (_, category, state, change) => expect(stateOf(category, change)).toBe(state));

  test("checkables that a control names are counted against those there are", () => {
    const integrity = traced(fileAfter()).coverage.find((one) => one.category === "integrity");
    expect(integrity).toMatchObject({ checkables: 12, named: ["FDA-INT-2", "FDA-INT-6"] });
    const open = traced(fileAfter()).gaps.filter(({ rule }) => rule === "D9");
    expect(open.length).toBe(6);
  });
});

describe("the matrix goes both ways", () => {
  const whole = {
    threats: ["T-1"],
    risks: ["R-1"],
    requirements: ["RQ-1"],
    controls: ["C-1"],
    elements: ["E-2", "E-1"],
    tests: ["TS-1"],
    labels: [],
  };
  test.each<[TraceFrom, string, object]>([
    ["requirements", "RQ-1", whole],
    ["controls", "C-1", whole],
    ["threats", "T-1", whole],
    ["risks", "R-1", whole],
    ["tests", "TS-1", whole],
    [
      "risks",
      "R-2",
      {
        threats: ["T-2"],
        risks: ["R-2"],
        requirements: [],
        controls: ["C-2"],
        elements: ["E-1"],
        tests: ["TS-2"],
        labels: ["L-1"],
      },
    ],
    ["labels", "L-1", { risks: ["R-2"], labels: ["L-1"] }],
    [
      "elements",
      "E-1",
      { controls: ["C-1", "C-2"], threats: ["T-1", "T-2"], risks: ["R-1", "R-2"], tests: ["TS-2", "TS-1"] },
    ],
  ])("from %s %s", (from, id, cells) => {
    const row = trace(fileAfter(), from, []).find((one) => one.id === id);
    const sorted = Object.fromEntries(Object.entries(cells).map(([key, ids]) => [key, expect.arrayContaining(ids)]));
    expect(row?.cells).toMatchObject(sorted);
    for (const [key, ids] of Object.entries(cells)) expect(row?.cells[key as "risks"]).toHaveLength(ids.length);
  });

  test("if one leads to the other, the other leads back", () => {
    const file = fileAfter();
    const rows = (["requirements", "controls", "tests"] as const).map((from) => trace(file, from, []));
    const pairs = (list: (typeof rows)[number], to: "requirements" | "controls" | "tests") =>
      list.flatMap(({ id, cells }) => cells[to].map((one) => `${id} ${one}`));
    const back = (pairs: string[]) => pairs.map((pair) => pair.split(" ").reverse().join(" ")).sort();
    const [requirements = [], controls = [], tests = []] = rows;
    expect(pairs(requirements, "controls").sort()).toEqual(back(pairs(controls, "requirements")));
    expect(pairs(controls, "tests").sort()).toEqual(back(pairs(tests, "controls")));
  });
});

describe("what leaves", () => {
  test("as CSV: every cell comes back as it was, and none is a formula", () => {
    const file = fileAfter((f) => (first(f.requirements).name = '=HYPERLINK("http://x","signed")'));
    const { head, rows } = matrixSheet(file, traced(file), "requirements");
    const text = csvText([head, ...rows]);
    const back = [...readCsv(text, (at, why) => expect.fail(`${at} ${why}`))];
    expect(back.map(({ row }) => row.map(openCell))).toEqual([head, ...rows]);
    expect(back.flatMap(({ row }) => row).filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
  });

  test("as a workbook: coverage, gaps and the matrix from both ends", () => {
    const file = fileAfter();
    const sheets = traceSheets(file, traced(file));
    expect(sheets.map(({ name, rows }) => `${name} ${rows.length}`)).toEqual([
      "Coverage 8",
      "Gaps 6",
      "Requirements 1",
      "Controls 3",
      "Threats 2",
      "Elements 2",
      "Tests and results 2",
    ]);
  });

  test("as an OSCAL component definition: each control of a catalogue with what is done about it", () => {
    const of = { releaseId: "r", device: "Pump", version: "1", manufacturer: "Works", at: new Date(0) };
    const { document, unknown } = toComponents(
      fileAfter((f) => f.controls[1]?.references?.push({ catalog: "nist", id: "AC-1" })),
      of,
      provisionsOf(catalogues),
    );
    const [component] = document["component-definition"].components;
    expect(
      component?.["control-implementations"]?.map((one) => one["implemented-requirements"].map((r) => r["control-id"])),
    ).toEqual([["FDA-INT-2", "FDA-INT-6"], ["CR-3.4-RE-1"]]);
    expect(unknown.map(({ ref }) => ref.id)).toEqual(["AC-1"]);
    const resources = new Set(
      document["component-definition"]["back-matter"]?.resources?.map(({ uuid }) => `#${uuid}`),
    );
    expect(component?.["control-implementations"]?.every(({ source }) => resources.has(source))).toBe(true);
  });
});
