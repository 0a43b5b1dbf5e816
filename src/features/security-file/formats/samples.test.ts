import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { checkStructure } from "../check/structure.ts";
import { compareItems } from "../diff/compare-items.ts";
import { exportFile } from "./export-file.ts";
import { importFile } from "./import-file.ts";
import type { FormatName } from "./schema.ts";

const folder = resolve(import.meta.dirname, "../../../../tests/samples/models");
const names = readdirSync(folder);
const read = (name: string) => importFile(readFileSync(resolve(folder, name), "utf8"), { name, format: "auto" });
const said = (name: string, outcome: string) =>
  read(name)
    .report.losses.filter((loss) => loss.outcome === outcome)
    .map(({ at, field }) => `${at.kind} ${at.name}: ${field ?? "all"}`);

test.each([
  ["pump.threat-dragon.json", "threat-dragon"],
  ["pump.otm.yaml", "otm"],
  ["pump.tmbom.json", "tm-bom"],
  ["stray.tmbom.json", "tm-bom"],
  ["pump.cdx.json", "cyclonedx-tm"],
  ["pump.threagile.yaml", "threagile"],
  ["pump.pytm.json", "pytm"],
  ["pump.pytm-dump.json", "pytm"],
])("%s is known as %s by its content, and gives a file in order", (name, format) => {
  const { file, report } = read(name);
  expect(report.format).toBe(format);
  expect(checkStructure(file)).toEqual([]);
});

/** What does not come back into the format a model came from, each with the reason the export gives. */
const NOT_BACK: Readonly<Record<string, readonly string[]>> = {
  "pump.threat-dragon.json": [
    // The note of the picture: the names of two diagrams, a curve and a text.
    "layouts global note",
    // A threat of a flow that was left out strikes nothing.
    "threats 6a0d2c9e-0f1c-4b2e-9d55-1f8e5f3f1005 ",
    // The second of two things with one id.
    "elements 6a0d2c9e-0f1c-4b2e-9d55-1f8e5f3f0004-2 sourceId",
  ],
  "pump.otm.yaml": ["threats 55-2 sourceId"],
  "pump.tmbom.json": ["risks overdose "],
  "stray.tmbom.json": [
    "controls lock-the-display-after-a-while sourceId",
    "flows df_1 path.authentication",
    "flows df_1 path.encrypted",
    "flows df_1 path.protocol",
    "threats T1 targets",
  ],
  // What pytm gives out is more than it takes in.
  "pump.pytm-dump.json": [
    "assets auth-cookie ",
    "assumptions badges-work ",
    "assumptions the-ward-is-locked ",
    "elements Nurse assets",
    "elements pump-server assets",
    "flows Request assets",
    "flows Request path.protocolVersion",
    "threats AA01-Nurse ",
    "threats CR01-pump-server ",
  ],
};

test.each(names)("%s goes out again as it came in, and the rest is named", (name) => {
  const { file, report } = read(name);
  const out = exportFile(file, report.format);
  const { file: back } = importFile(out.text, { name: "again", format: report.format });
  const lost = out.report.losses
    .filter(({ field }) => field !== "id")
    .map(({ at, field }) => `${at.kind} ${at.id} ${field ?? ""}`);
  expect(lost.sort()).toEqual([...(NOT_BACK[name] ?? [])].sort());
  const changed = compareItems(file, back).flatMap(({ kind, id, before, after, fields }) =>
    before === null || after === null ? [`${kind} ${id} `] : fields.map(({ field }) => `${kind} ${id} ${field}`),
  );
  if (!name.startsWith("stray") && !name.includes("pytm"))
    expect(changed.filter((one) => !lost.includes(one))).toEqual([]);
  const twice = exportFile(back, report.format).text;
  expect(importFile(twice, { name: "twice", format: report.format }).file).toEqual(back);
});

describe("Threat Dragon", () => {
  const { file } = read("pump.threat-dragon.json");
  const threat = (name: string) => file.threats.find((one) => one.name === name);

  test("what lies in a box is in the zone, and a box in a box is inside it", () => {
    const zone = (name: string) => file.zones.find((one) => one.name === name)?.id;
    expect(file.zones.find(({ name }) => name === "Pump housing")).toMatchObject({ parent: zone("Hospital network") });
    expect(file.elements.map(({ name, zone: at, kind }) => [name, at, kind])).toEqual([
      ["Drug library", zone("Pump housing"), "process"],
      ["Event log", zone("Pump housing"), "store"],
      ["Pump server", zone("Hospital network"), "external-system"],
      ["Technician", null, "external-system"],
      ["Event log, copied", null, "store"],
    ]);
  });

  test("threats come from data.threats and from beside it; a status decides about mitigations", () => {
    expect(threat("Dose limits changed")).toMatchObject({
      category: "tampering",
      state: "accepted",
      mitigations: [
        { name: "Sign the library", state: "planned" },
        { name: "Check the signature before use", state: "planned" },
      ],
    });
    expect(threat("Log is read")).toMatchObject({ mitigations: [{ name: "Encrypt the log", state: "implemented" }] });
    expect(threat("A server that is none")).toMatchObject({ state: "rejected", category: "spoofing" });
  });

  test("RA-4: a severity is neither exploitability nor harm: it stands as text, and “TBA” says nothing", () => {
    expect(threat("Dose limits changed")?.description).toContain("[Threat Dragon] severity: High");
    expect(threat("New STRIDE threat")?.description).not.toContain("severity");
    expect(file.risks).toEqual([]);
  });

  test("a flow that ends in the open is left out by name, and its threats stay", () => {
    expect(file.flows.map(({ name, bothWays, path }) => [name, bothWays, path.encrypted])).toEqual([
      ["Orders", true, true],
    ]);
    expect(threat("Somewhere else")).toMatchObject({ targets: [], category: "denial-of-service" });
    expect(said("pump.threat-dragon.json", "dropped")).toEqual([
      "curve Firewall: all",
      "flow without a name: target",
      "store Event log: futureField",
    ]);
  });

  test("places become the global picture, the second diagram below the first", () => {
    const [layout] = file.layouts;
    expect(layout?.note).toContain("Trust boundary (a curve): Firewall");
    const at = (name: string) =>
      layout?.places.find(({ of }) => of === file.elements.find((one) => one.name === name)?.id);
    expect(at("Drug library")).toMatchObject({ x: 80, width: 120, height: 120 });
    expect(at("Technician")?.y).toBeGreaterThan(420);
  });
});

test("OTM: a threat and a mitigation of one id are two things, and the least far state counts", () => {
  const { file } = read("pump.otm.yaml");
  expect(file.controls.map(({ id, sourceId }) => [id, sourceId])).toEqual([
    ["55", undefined],
    ["56", undefined],
  ]);
  expect(file.threats).toMatchObject([
    {
      sourceId: "55",
      targets: ["library", "server"],
      category: "tampering",
      mitigations: [
        { control: "55", state: "planned" },
        { control: "56", state: "implemented" },
      ],
    },
  ]);
  expect(file.elements.map(({ id, kind, technology, zone, parent }) => [id, kind, technology, zone, parent])).toEqual([
    ["pump", "hardware", "medical-iot-device", "housing", null],
    ["library", "store", "CD-MICROSOFT-AZURE-DB-POSTGRESQL", "housing", "pump"],
    ["server", "external-system", "", "b61d6911-338d-46a8-9f39-8dcd24abfe91", null],
  ]);
  expect(file.layouts[0]?.places).toContainEqual({ of: "pump", x: 20, y: 30, width: 50, height: 50 });
});

test.each(["pump.otm.yaml", "pump.tmbom.json", "pump.threagile.yaml", "pump.pytm-dump.json"])(
  "RA-4: no likelihood of %s comes over, each is named",
  (name) => {
    const { file, report } = read(name);
    expect(JSON.stringify(file)).not.toMatch(/likelihood|probab/i);
    expect(
      report.losses.some(
        ({ field, why, outcome }) =>
          /likelihood/.test(field ?? "") && outcome === "dropped" && /never probability/.test(why),
      ),
    ).toBe(true);
  },
);

test.each(["otm", "tm-bom", "threagile", "pytm", "threat-dragon", "cyclonedx-tm"] as FormatName[])(
  "RA-4: %s is written without a likelihood",
  (format) => {
    const { file } = read("pump.tmbom.json");
    expect(exportFile(file, format).text.replace('"likelihood": null', "")).not.toMatch(/likelihood/i);
  },
);

test("Threagile: merge keys, nested boundaries, shared runtimes, abuse cases and requirements", () => {
  const { file } = read("pump.threagile.yaml");
  expect(file.assets.map(({ id, confidentiality, integrity }) => [id, confidentiality, integrity])).toEqual([
    ["orders", "high", "high"],
    ["old-orders", "medium", "high"],
  ]);
  expect(file.zones.map(({ id, parent }) => [id, parent])).toEqual([
    ["hospital", null],
    ["ward", "hospital"],
  ]);
  expect(file.elements).toMatchObject([
    { id: "pump", kind: "hardware", zone: "ward" },
    { id: "server", kind: "external-system", parent: "virtualization", inScope: false },
    { id: "virtualization", technology: "shared-runtime" },
  ]);
  expect(file.threats).toMatchObject([
    { name: "Dose Theft", targets: [] },
    {
      name: "Orders Changed",
      targets: ["server", "pump-order-traffic"],
      category: "tampering",
      mitigations: [{ name: "Sign orders" }],
    },
  ]);
  expect(file.requirements).toMatchObject([{ name: "Input Validation" }]);
});

test("TM-BOM: personas are assumptions, controls stand at their threats", () => {
  const { file } = read("pump.tmbom.json");
  expect(file.assumptions.map(({ name, about }) => [name, about])).toEqual([
    ["The ward network is hostile", ["pump"]],
    ["Nurses badge in", []],
    ["Curious visitor", []],
  ]);
  expect(file.threats).toMatchObject([
    {
      targets: ["pump", "log"],
      mitigations: [
        { control: "lock", state: "implemented" },
        { control: "alarm", state: "planned" },
      ],
    },
  ]);
  expect(file.risks).toMatchObject([{ id: "overdose", before: null, severity: null }]);
});

test("pytm: names are ids, what is said in words stays as text", () => {
  const { file } = read("pump.pytm.json");
  expect(file.elements.map(({ id, sourceId, kind }) => [id, sourceId, kind])).toEqual([
    ["Nurse", undefined, "user"],
    ["pump-server", "Pump server", "process"],
    ["sql-database", "SQL Database (*)", "store"],
    ["Something", undefined, "process"],
  ]);
  expect(file.flows.map(({ name, path }) => [name, path.port])).toEqual([
    ["Request", "443"],
    ["Insert", ""],
  ]);
  expect(said("pump.pytm.json", "dropped")).toEqual(["data flow Lost: sink", "data flow Lost: all"]);
});
