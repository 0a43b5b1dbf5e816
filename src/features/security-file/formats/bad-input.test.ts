import fc from "fast-check";
import { expect, test } from "vitest";
import { Fault } from "../../../lib/fault.ts";
import { checkStructure } from "../check/structure.ts";
import { importFile } from "./import-file.ts";
import type { FormatName } from "./schema.ts";

const read = (text: string, format: FormatName | "auto" = "auto") => importFile(text, { name: "model", format });
const dragon = (cells: unknown[]) =>
  JSON.stringify({ summary: { title: "M" }, detail: { diagrams: [{ title: "D", cells }] } });
const cell = (id: string, shape: string, more: object = {}) => ({
  id,
  shape,
  position: { x: 0, y: 0 },
  size: { width: 10, height: 10 },
  data: { name: id },
  ...more,
});
const otm = (more: object) => JSON.stringify({ otmVersion: "0.2.0", project: { name: "p", id: "p" }, ...more });
const losses = (text: string) =>
  read(text).report.losses.map(
    ({ at, field, outcome }) => `${outcome} ${at.kind} ${at.id ?? at.name}: ${field ?? "all"}`,
  );

test.each([
  ["nothing", "", "bad_input"],
  ["half a JSON", '{"otmVersion": "0.2.0"', "bad_input"],
  ["a list", "[1, 2]", "bad_input"],
  ["an SBOM", '{"bomFormat": "CycloneDX", "components": [{"type": "library"}]}', "bad_input"],
  ["YAML that is broken", "threagile_version: [", "bad_input"],
  ["a key that is a list", "? [a, b]\n: 1\n", "bad_input"],
  ["JSON nested deeply", `{"otmVersion":"0.2.0","a":${"[".repeat(5_000)}${"]".repeat(5_000)}}`, "too_large"],
  ["YAML nested deeply", `threagile_version: 1\na: ${"[".repeat(100_000)}`, "too_large"],
  ["YAML nested by dashes", `${"- ".repeat(100_000)}a`, "too_large"],
  [
    "aliases that unfold",
    `threagile_version: 1\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n${[1, 2, 3, 4, 5, 6, 7]
      .map(
        (n) =>
          `a${n}: &a${n} [${Array(10)
            .fill(`*a${n - 1}`)
            .join(",")}]\n`,
      )
      .join("")}`,
    "bad_input",
  ],
  [
    "more things than a file holds",
    otm({ components: Array.from({ length: 50_001 }, (_, i) => ({ id: String(i), name: "c", type: "process" })) }),
    "too_large",
  ],
  ["text that is too long", `{"otmVersion":"${"x".repeat(65 * 1024 * 1024)}"}`, "too_large"],
])("%s is refused, with the place", (_, text, code) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ code, at: expect.stringContaining("model") }));
});

test("a model of 50 MB is read within the limits, and what is in it only once", { timeout: 60_000 }, () => {
  const threats = Array.from({ length: 40_000 }, (_, i) => ({
    id: `t${i}`,
    name: "t",
    description: "x".repeat(1_250),
    risk: { likelihood: 1, impact: 1 },
  }));
  const { file, report } = read(otm({ threats }));
  expect(file.threats).toHaveLength(40_000);
  expect(report.losses.length).toBeLessThanOrEqual(100_000);
  expect(report.total).toBeGreaterThanOrEqual(report.losses.length);
});

test("a quoted text that goes on at its key's indentation, as in a published example, is refused with what to do", () => {
  expect(() => read("otmVersion: 0.2.0\nproject:\n  name:\n    'one {\n  }'\n")).toThrow(
    expect.objectContaining({ code: "bad_input", at: "model:4:11", fix: expect.stringContaining("Indent the lines") }),
  );
});

test("the format that is named must be the format it is", () => {
  expect(() => read(otm({}), "threagile")).toThrow(
    expect.objectContaining({ message: expect.stringContaining("looks like OTM") }),
  );
});

test("ids that stand twice: the second gets its own, links mean the first", () => {
  const text = dragon([
    cell("aa", "process"),
    cell("aa", "store"),
    { id: "ff", shape: "flow", source: { cell: "aa" }, target: { cell: "aa" }, data: { name: "F" } },
  ]);
  const { file } = read(text);
  expect(file.elements.map(({ id, kind }) => [id, kind])).toEqual([
    ["aa", "process"],
    ["aa-2", "store"],
  ]);
  expect(file.flows).toMatchObject([{ from: "aa", to: "aa" }]);
  expect(losses(text)).toContain("changed store aa: id");
});

test("ids that are none become some, and sourceId keeps them", () => {
  const { file } = read(
    otm({
      components: [
        { id: "../etc/passwd", name: "c", type: "process" },
        { id: "名前", name: "d", type: "process" },
      ],
    }),
  );
  expect(file.elements.map(({ id, sourceId }) => [id, sourceId])).toEqual([
    ["etc-passwd", "../etc/passwd"],
    ["element", "名前"],
  ]);
});

test("parents in a circle are cut where they close", () => {
  const trustZones = ["a", "b", "c"].map((id, i) => ({
    id,
    name: id,
    risk: { trustRating: 1 },
    parent: { trustZone: ["b", "c", "a"][i] },
  }));
  const components = ["x", "y"].map((id, i) => ({
    id,
    name: id,
    type: "process",
    parent: { component: ["y", "x"][i] },
  }));
  const { file, report } = read(otm({ trustZones, components }));
  expect(checkStructure(file)).toEqual([]);
  expect(report.losses.filter(({ why }) => why === "It is inside itself")).toHaveLength(2);
});

test("dangling flows and links are left out by name", () => {
  const components = [
    { id: "a", name: "A", type: "process", parent: { trustZone: "gone" }, assets: { stored: ["gone"] } },
  ];
  expect(losses(otm({ components, dataflows: [{ id: "f", name: "F", source: "a", destination: "gone" }] }))).toEqual([
    "not-needed model : project",
    "dropped component a: assets",
    "dropped component a: parent",
    "dropped data flow f: destination",
    "dropped data flow f: all",
  ]);
});

test("control characters are taken out and named; markup stays text", () => {
  const { file, report } = read(
    otm({
      components: [
        { id: "a", name: "A\u001b[31m\u0000B", type: "process", description: "<svg onload=alert(1)>\u202e" },
      ],
    }),
  );
  expect(file.elements[0]).toMatchObject({ name: "A[31mB", description: "<svg onload=alert(1)>\u202e" });
  expect(report.losses).toContainEqual(expect.objectContaining({ field: "name", outcome: "changed" }));
});

test("keys of JavaScript's own are fields like others", () => {
  const { file, report } = read(
    '{"otmVersion":"0.2.0","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"components":[{"id":"a","name":"A","type":"process","attributes":{"__proto__":{"polluted":1}}}]}',
  );
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
  expect(Object.hasOwn(file.elements[0] ?? {}, "polluted")).toBe(false);
  expect(report.losses.map(({ field }) => field)).toEqual(expect.arrayContaining(["__proto__", "constructor"]));
});

test("attributes of ours in a stranger's file are taken only in their shape", () => {
  const { file, report } = read(
    otm({
      components: [
        {
          id: "a",
          name: "A",
          type: "process",
          attributes: { "cordon:instances": -1, "cordon:zone": "nowhere", "cordon:kind": "user" },
        },
      ],
    }),
  );
  expect(file.elements[0]).toMatchObject({ kind: "user", instances: 1, zone: null });
  expect(report.losses.map(({ field }) => field)).toEqual(expect.arrayContaining(["cordon:instances", "links"]));
});

const SAMPLES: Record<FormatName, unknown> = {
  "threat-dragon": JSON.parse(
    dragon([
      cell("aa", "process", { data: { name: "P", threats: [{ id: "t", title: "T", status: "Open" }] } }),
      cell("bb", "trust-boundary-box"),
    ]),
  ),
  otm: JSON.parse(
    otm({
      components: [
        {
          id: "a",
          name: "A",
          type: "process",
          threats: [{ threat: "t", state: "x", mitigations: [{ mitigation: "m", state: "x" }] }],
        },
      ],
      threats: [{ id: "t", name: "T", risk: {} }],
      mitigations: [{ id: "m", name: "M" }],
    }),
  ),
  "tm-bom": {
    trust_zones: [{ symbolic_name: "z" }],
    components: [{ symbolic_name: "c", trust_zone: "z" }],
    data_flows: [{ symbolic_name: "f", source: "c", destination: "c" }],
    risks: [{ symbolic_name: "r" }],
  },
  "cyclonedx-tm": {
    bomFormat: "CycloneDX",
    components: [
      {
        type: "threat-model",
        components: [{ "bom-ref": "a", properties: [{ name: "cdx:model:type", value: "server" }] }],
      },
    ],
  },
  threagile: {
    threagile_version: "1",
    technical_assets: {
      A: { id: "a", type: "process", communication_links: { L: { target: "a", protocol: "https" } } },
    },
    individual_risk_categories: { R: { id: "r", risks_identified: { X: { most_relevant_technical_asset: "a" } } } },
  },
  pytm: {
    name: "m",
    boundaries: [{ name: "b" }],
    elements: [{ name: "e", inBoundary: "b" }],
    flows: [{ name: "f", source: "e", sink: "e" }],
  },
};

test.each(Object.entries(SAMPLES))(
  "%s: any value in any place is read, reported or refused, and gives a file in order",
  (format, sample) => {
    const paths = placesIn(sample);
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue({ maxDepth: 3 }), (path, value) => {
        try {
          expect(
            checkStructure(read(JSON.stringify(replaced(sample, path, value)), format as FormatName).file),
          ).toEqual([]);
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  },
);

test.each(Object.entries(SAMPLES))("%s: a field that is not known is named wherever it stands", (format, sample) => {
  const objects = placesIn(sample).filter(
    (path) =>
      isObject(valueAt(sample, path)) &&
      !/^(?:project|properties|technical_assets|communication_links|individual_risk_categories|risks_identified)$/.test(
        path.at(-1) ?? "",
      ),
  );
  for (const path of objects) {
    const value = valueAt(sample, path) as object;
    const { report } = read(
      JSON.stringify(replaced(sample, path, { ...value, unheardOf: "said" })),
      format as FormatName,
    );
    expect(report.losses.map(({ field }) => field)).toContain("unheardOf");
  }
});

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function placesIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, one]) => placesIn(one, [...path, key]))];
}

const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce((at, key) => (at as Record<string, unknown>)[key], value);

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((one, i) => (String(i) === key ? replaced(one, rest, by) : one));
  return { ...(value as object), [key]: replaced((value as Record<string, unknown>)[key], rest, by) };
}
