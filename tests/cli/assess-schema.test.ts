import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, expect, test } from "vitest";
import { assessmentJsonSchema } from "../../src/features/intel/assess/json-schema.ts";
import type { Assessment } from "../../src/features/intel/assess/schema.ts";
import { cordon, folderWith } from "./run-cordon.ts";

const root = resolve(import.meta.dirname, "../..");
const published = readFileSync(join(root, "docs/assess.schema.json"), "utf8");
const valid = new Ajv2020({ allErrors: true, formats: { date: /^\d{4}-\d{2}-\d{2}$/ } }).compile(JSON.parse(published));
const troublesOf = (value: unknown) => (valid(value) ? [] : valid.errors);

let folder = "";
const assess = async (device: string, ...more: string[]): Promise<Assessment> => {
  const path = join(root, "examples", device);
  const ran = await cordon(["assess", path, "--intel", join(folder, "intel.db"), "--format", "json", ...more]);
  expect(ran.code, ran.err).toBe(0);
  return JSON.parse(ran.out);
};

beforeAll(async () => {
  folder = folderWith({});
  const advisories = join(root, "examples/advisories");
  const built = await cordon(["intel", "build", "--from", advisories, "--out", join(folder, "intel.db")]);
  expect(built.code, built.err).toBe(0);
});

test("the published schema is the one of the source: `node scripts/assess-schema.ts` writes it", () => {
  expect(published).toBe(assessmentJsonSchema());
});

test.each(["bedside-monitor", "imaging-workstation", "infusion-pump"])(
  "what is said of %s is valid",
  async (device) => {
    const said = await assess(device);
    expect(said.components).toBeGreaterThan(40);
    expect(troublesOf(said)).toEqual([]);
  },
);

test("so is an answer with VEX, and one with a field missing or too many is not", async () => {
  const { findings } = await assess("imaging-workstation");
  const first = findings.find(({ component }) => component.purl !== null);
  const statement = {
    vulnerability: { name: first?.advisory },
    products: [{ "@id": first?.component.purl }],
    status: "not_affected",
    justification: "vulnerable_code_not_present",
  };
  const vex = join(folder, "own.openvex.json");
  const head = { "@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://example.org/vex/1", version: 1 };
  const timestamp = "2026-01-02T03:04:05Z";
  writeFileSync(vex, JSON.stringify({ ...head, author: "Example", timestamp, statements: [statement] }));
  const said = await assess("imaging-workstation", "--vex", vex);
  expect(said.settled).toHaveLength(1);
  expect(troublesOf(said)).toEqual([]);
  const { feeds: _, ...without } = said;
  expect(troublesOf(without)).toMatchObject([{ keyword: "required", params: { missingProperty: "feeds" } }]);
  expect(troublesOf({ ...said, surprise: 1 })).toMatchObject([{ keyword: "additionalProperties" }]);
});
