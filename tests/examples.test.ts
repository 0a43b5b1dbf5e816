import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { DeviceFile } from "../src/features/devices/device-file/schema.ts";
import { readSbom } from "../src/features/devices/sbom/read-sbom.ts";
import type { Sbom } from "../src/features/devices/sbom/schema.ts";
import { Justification } from "../src/features/intel/findings/schema.ts";

const examples = resolve(import.meta.dirname, "..", "examples");
const folders = readdirSync(examples, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "advisories")
  .map((entry) => entry.name);
const deviceFile = (folder: string) =>
  DeviceFile.parse(parse(readFileSync(join(examples, folder, "device.yaml"), "utf8")));
const sbomOf = (folder: string, path: string): Sbom =>
  readSbom(readFileSync(join(examples, folder, path)), { name: path });

test("there are three devices", () => {
  expect(folders).toEqual(["bedside-monitor", "imaging-workstation", "infusion-pump"]);
});

describe.each(folders)("the example %s", (folder) => {
  const releases = deviceFile(folder).releases;

  test("has SBOMs that read whole; the one part without a version is deliberate", () => {
    const deliberate = folder === "bedside-monitor" ? ["It has no version."] : [];
    for (const path of releases.flatMap((release) => release.sboms)) {
      const sbom = sbomOf(folder, path);
      expect(sbom.problems.map((problem) => problem.reason)).toEqual(deliberate);
      expect(sbom.components.length).toBeGreaterThan(40);
    }
  });

  test("lives its phases in order, oldest first", () => {
    for (const { phases } of releases) {
      const days = phases.map((phase) => phase.since);
      expect(days).toEqual(days.toSorted());
    }
  });

  test("decides only about parts it has and advisories that are there, with a VEX justification", () => {
    const advisories = new Set(readdirSync(join(examples, "advisories")).map((name) => name.replace(/\.json$/, "")));
    for (const { decisions, sboms } of releases) {
      const names = new Set(
        sboms.flatMap((path) =>
          sbomOf(folder, path).components.map((c) => (c.group === null ? c.name : `${c.group}/${c.name}`)),
        ),
      );
      for (const decision of decisions) {
        expect(names).toContain(decision.component);
        expect(advisories).toContain(decision.advisory);
        if (decision.state === "not-affected") expect(Justification.options).toContain(decision.justification);
      }
    }
  });
});

test("the pump is an embedded Linux of some hundred parts", () => {
  expect(sbomOf("infusion-pump", "sbom.cdx.json").components.length).toBeGreaterThan(100);
});
