import { describe, expect, test } from "vitest";
import { ntiaQuality } from "./quality.ts";
import { type Component, type Sbom, SbomQuality } from "./schema.ts";

const whole: Component = {
  ref: "a",
  type: "library",
  group: null,
  name: "a",
  version: "1",
  purl: "pkg:generic/a@1",
  cpes: [],
  hashes: [],
  supplier: "A Team",
  licenses: [],
  parent: null,
};
const sbom = (components: Component[], more: Partial<Sbom> = {}): Sbom => ({
  format: { standard: "CycloneDX", version: "1.6", encoding: "json" },
  serial: null,
  name: null,
  createdAt: "2026-05-04T10:00:00Z",
  authors: ["Ana Ruiz"],
  tools: [],
  subject: null,
  components,
  dependencies: [{ ref: "a", dependsOn: [] }],
  problems: [],
  ...more,
});

describe("NTIA minimum elements, 2021: what a component lacks", () => {
  test.each<[string, Partial<Component>, string[]]>([
    ["nothing", {}, []],
    ["no supplier", { supplier: null }, ["supplier"]],
    ["no name", { name: "" }, ["name"]],
    ["no version", { version: null }, ["version"]],
    ["no purl", { purl: null }, ["identifier"]],
    ["no purl but a CPE", { purl: null, cpes: ["cpe:/a:a:a:1"] }, []],
    ["a hash is no look-up key", { purl: null, hashes: [{ algorithm: "MD5", value: "0".repeat(32) }] }, ["identifier"]],
    ["no relationship", { ref: "b" }, ["relationship"]],
    ["no relationship but nested", { ref: "b", parent: "a" }, []],
    [
      "all but a name",
      { ref: "b", supplier: null, version: null, purl: null },
      ["supplier", "version", "identifier", "relationship"],
    ],
  ])("%s", (_, fields, missing) => {
    const quality = ntiaQuality(sbom([{ ...whole, ...fields }]));
    expect(SbomQuality.parse(quality)).toEqual(quality);
    expect(quality.incomplete.flatMap((entry) => entry.missing)).toEqual(missing);
    expect(quality.complete).toBe(missing.length === 0 ? 1 : 0);
  });
});

test("a document lacks author and timestamp; a tool is no author", () => {
  expect(ntiaQuality(sbom([whole], { authors: [], createdAt: null, tools: ["syft"] })).documentLacks).toEqual([
    "author",
    "timestamp",
  ]);
});

test("the share counts components, the lacking elements are counted, most frequent first", () => {
  const quality = ntiaQuality(
    sbom([
      whole,
      { ...whole, ref: "b", parent: "a", version: null },
      { ...whole, ref: "c", parent: "a", version: null, supplier: null },
      { ...whole, ref: "d", parent: "a" },
    ]),
  );
  expect(quality).toMatchObject({
    components: 4,
    complete: 0.5,
    lacking: [
      { element: "version", count: 2 },
      { element: "supplier", count: 1 },
    ],
  });
});

test("files do not count beside packages, and count alone", () => {
  const file: Component = { ...whole, ref: "f", type: "file", version: null };
  expect(ntiaQuality(sbom([whole, file])).components).toBe(1);
  expect(ntiaQuality(sbom([file])).components).toBe(1);
  expect(ntiaQuality(sbom([]))).toMatchObject({ components: 0, complete: 0 });
});
