import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { DeviceFile } from "../src/features/devices/device-file/schema.ts";
import { readSbom } from "../src/features/devices/sbom/read-sbom.ts";
import type { Sbom } from "../src/features/devices/sbom/schema.ts";
import { Justification } from "../src/features/intel/findings/schema.ts";
import { checkFile } from "../src/features/security-file/check/check-file.ts";
import { proposeThreats } from "../src/features/security-file/propose/propose.ts";
import { readThreatRules } from "../src/features/security-file/propose/read-rules.ts";
import { readSecurityFile } from "../src/features/security-file/read/read-security-file.ts";

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

describe("the security file of the pump", () => {
  const folder = join(examples, "infusion-pump/security-file");
  const documents = readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
  const { file } = readSecurityFile(documents);
  const hashOf = (path: string) =>
    createHash("sha256")
      .update(readFileSync(join(folder, path)))
      .digest("hex");

  test("has its deliberate gaps, each marked where it stands and told of in the README, and no other", () => {
    const sbom = sbomOf("infusion-pump", "sbom-2.4.0.cdx.json").components;
    const found = checkFile(file, { asOf: "2026-11-24", sbom, hashOf }).map(
      ({ rule, at }) => `${rule} ${at?.id ?? ""}`,
    );
    expect(found).toEqual(DELIBERATE);
    const text = documents.map((document) => document.text).join("\n");
    const marked = [...text.matchAll(/Deliberate gap \(([A-Z0-9-]+)\)/g)].map(([, rule = ""]) => rule);
    const rules = DELIBERATE.map((gap) => gap.split(" ")[0] ?? "");
    expect(marked.toSorted()).toEqual(rules.toSorted());
    const readme = readFileSync(join(examples, "README.md"), "utf8");
    for (const rule of rules) expect(readme).toContain(`| ${rule} |`);
  });

  test("has forty threats: accepted, rejected with reasons, changed, and some of a person's own", () => {
    expect(file.threats.length).toBe(40);
    expect(file.threats.filter(({ state, reason }) => state === "rejected" && reason !== "").length).toBe(4);
    expect(file.threats.filter(({ rule }) => rule === null).length).toBe(3);
    expect(file.elements.length).toBeGreaterThan(12);
  });

  test("leaves proposals to answer, and none of its answers is out of date", () => {
    const rules = join(examples, "../catalogs/threats");
    const catalogues = readThreatRules(
      readdirSync(rules).map((name) => ({ name, text: readFileSync(join(rules, name), "utf8") })),
    );
    const { proposals, lookAgain } = proposeThreats(file, catalogues);
    expect(proposals.length).toBeGreaterThan(10);
    expect(proposals.length).toBeLessThan(40);
    expect(lookAgain).toEqual([]);
  });
});

const DELIBERATE = [
  ...["SRM-3 rk-logs", "SRM-4 rk-hl7-engine", "SRM-6 k-screen-lock", "SRM-7 rk-retired"],
  ...["TM-1 e-rack", "TM-3 as-clock", "TM-4 ", "TM-5 t-clock"],
  ...["RA-1 t-clock", "RA-2 rk-hl7-engine", "RA-3 rk-server-many", "RA-5 rk-privacy", "RA-6 rk-pin"],
  ...["CL-1 fn-service", "CL-2 h-disclosed", "CL-3 hs-air", "CL-4 hm-discomfort"],
  ...["TR-1 t-storage", "TR-2 e-rack", "TR-3 ", "D9 ", "D9-REQ r-log"],
  ...["AV-M ", "AV-U u-network", "AV-S s-transport", "APP-2B f-service"],
  ...["IF-1 p-usb-unused", "IF-2 p-rack-uplink", "CR-1 c-service-pin", "CR-2 c-cloud-token"],
  ...["TE-3 ", "TE-4 t-pentest-rack", "TE-5 t-fuzzing", "TE-6 t-pentest", "TE-7 t-scan"],
  ...["EV-1 ev-secure-element", "EV-2 k-two-lines"],
];
