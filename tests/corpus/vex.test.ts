import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { FileDecision } from "../../src/features/devices/device-file/schema.ts";
import { readSbom } from "../../src/features/devices/sbom/read-sbom.ts";
import { nameOf } from "../../src/features/intel/assess/findings.ts";
import type { Assessment, Finding } from "../../src/features/intel/assess/schema.ts";
import { statementsFromDecisions } from "../../src/features/intel/vex/from-decisions.ts";
import { readVex } from "../../src/features/intel/vex/read-vex.ts";
import { VexReading, type VexStatement } from "../../src/features/intel/vex/schema.ts";
import { settle } from "../../src/features/intel/vex/settle.ts";
import { writeCsafVex } from "../../src/features/intel/vex/write-csaf.ts";
import { writeCycloneDxVex } from "../../src/features/intel/vex/write-cyclonedx.ts";
import { type VexDocument, writeOpenVex } from "../../src/features/intel/vex/write-openvex.ts";
import { Fault } from "../../src/lib/fault.ts";
import { schemaErrors } from "../support/json-schema.ts";
import { documentsIn } from "./sbom-documents.ts";

const threats = join(process.env.CORDON_CORPUS ?? resolve(import.meta.dirname, "../../../shared/data"), "threats");
const archive = (path: string) => join(threats, path);
const VEX = archive("vex/vex-documents.tar.gz");
const there = existsSync(VEX);
if (!there) console.log("skipped: the VEX documents are not in the corpus (set CORDON_CORPUS)");

const CYCLONEDX = "cyclonedx-schemas-and-valid/schema/";

const files = new Map<string, Uint8Array>();
const readings = new Map<string, VexReading>();
const faults = new Map<string, Fault>();
const text = (path: string) => new TextDecoder().decode(files.get(path));
const json = (path: string): object => JSON.parse(text(path));
const of = (path: string): readonly VexStatement[] => readings.get(path)?.statements ?? [];

async function readAll(paths: readonly string[]): Promise<void> {
  for await (const { path, bytes } of documentsIn(paths, (path) => !/LICENSE$|\.md$/.test(path))) {
    files.set(path, bytes);
    if (path.startsWith(CYCLONEDX)) continue;
    try {
      readings.set(path, VexReading.parse(readVex(bytes, { name: path })));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      faults.set(path, error);
    }
  }
}

describe.runIf(there)("VEX documents that others published", () => {
  beforeAll(
    () =>
      readAll([
        VEX,
        archive("conformance/cyclonedx-schemas-and-valid.tar.gz"),
        archive("embedded/buildroot-device-sboms.tar.gz"),
      ]),
    120_000,
  );

  test("each format: documents read, statements taken, statements refused", () => {
    const counts: Record<string, [number, number, number]> = {};
    for (const [path, { format, formatVersion, statements, refused }] of readings) {
      if (path.startsWith("cyclonedx-schemas")) continue;
      const key = `${format} ${formatVersion}`;
      const [documents, taken, not] = counts[key] ?? [0, 0, 0];
      counts[key] = [documents + 1, taken + statements.length, not + refused.length];
    }
    console.log(JSON.stringify(counts));
    expect(counts).toEqual(EXPECTED);
  });

  test("what was refused of the VEX archive is no VEX document", () => {
    const odd = [...faults].filter(([path]) => path.startsWith("vex-documents"));
    const reasons = Object.fromEntries(
      [...Map.groupBy(odd, ([, { message }]) => message)].map(([reason, all]) => [reason, all.length]),
    );
    console.log(JSON.stringify(reasons));
    const isVex = (path: string) =>
      /"analysis"|"product_status"|openvex\.dev\/ns/.test(text(path)) && !/schema|context/.test(path);
    expect(odd.map(([path]) => path).filter(isVex)).toEqual([]);
  });

  test.each(["1.4", "1.5", "1.6", "1.7"])(
    "the CycloneDX %s specification's own case reads alike in JSON and XML",
    (version) => {
      const path = `cyclonedx-schemas-and-valid/cases/${version}/valid-vulnerability-${version}`;
      const [a, b] = ["json", "xml"].map((kind) => readings.get(`${path}.${kind}`));
      expect(a?.refused.map(({ reason }) => reason)).toEqual(b?.refused.map(({ reason }) => reason));
      expect(a?.refused[0]?.reason).toContain("contradicts");
    },
  );
});

const CASES = "vex-documents/cyclonedx/VEX/";
const CSAF = "vex-documents/csaf/csaf_2.0/examples/csaf/csaf_vex/";
describe.runIf(there)("read as a person reads them", () => {
  test("CycloneDX use case 5: affected from 1.5.0 below 7.0.0, else not", () => {
    expect(of(`${CASES}Use-Cases/Case-5/vex.json`)).toMatchObject([
      { status: "affected", products: [{ range: "vers:semver/<7.0.0|>=1.5.0" }] },
      {
        status: "not_affected",
        justification: "vulnerable_code_not_in_execute_path",
        products: [{ range: "vers:semver/<1.5.0|>=7.0.0" }],
      },
    ]);
  });

  test("CISA use case 3: one product, several vulnerabilities, a status each", () => {
    const statements = of(`${CASES}CISA-Use-Cases/Case-3/vex.json`);
    expect(statements.slice(0, 3)).toMatchObject([
      { vulnerabilities: ["CVE-2020-11896"], status: "under_investigation" },
      {
        vulnerabilities: ["CVE-2020-11897"],
        status: "not_affected",
        impact: "IPv6 is not supported and code is not present.",
      },
      { vulnerabilities: ["CVE-2020-11898"], status: "affected" },
    ]);
    expect(statements.every(({ products }) => products[0]?.name === "GHI")).toBe(true);
  });

  test("CSAF use case 1: impact statement instead of a flag, product by vendor's branches", () => {
    expect(of(`${CSAF}2022-evd-uc-01-na-001.json`)).toMatchObject([
      {
        vulnerabilities: ["CVE-2021-44228"],
        status: "not_affected",
        justification: null,
        impact: "Class with vulnerable code was removed before shipping.",
        products: [{ name: "ABC", version: "4.2" }],
        author: "Example Company ProductCERT",
        issuedAt: "2022-03-03T11:00:00.000Z",
      },
    ]);
  });

  test("OpenVEX in the wild: a Go module's scan speaks of modules in it, at one version each", () => {
    const [first] = of("vex-documents/rancher-vexhub-slice/pkg/golang/istio.io/istio/scan.openvex.json");
    expect(first).toMatchObject({
      vulnerabilities: ["CVE-2023-3978", "GO-2023-1988", "GHSA-2wrh-6pvc-2jm9"],
      justification: "vulnerable_code_not_in_execute_path",
      products: [{ purls: ["pkg:golang/istio.io/istio"] }],
      subcomponents: [{ purls: ["pkg:golang/golang.org/x/net@v0.10.0"] }],
    });
  });
});

describe.runIf(there)("statements against the parts they speak of", () => {
  const assessedAs = (name: string, version: string | null, findings: Finding[]): Assessment => ({
    assessedAt: "",
    asOf: "",
    subject: { name, version, path: "" },
    feeds: [],
    components: 0,
    findings,
    unmatched: [],
    problems: [],
  });

  test("Buildroot's reasons settle the packages of their tag and leave the other tags alone", () => {
    const statements = of("buildroot-device-sboms/buildroot-ignored-cves.tsv");
    const sbom = readSbom(files.get("buildroot-device-sboms/buildroot-2022.02-monitor.cdx.json") ?? new Uint8Array(), {
      name: "sbom",
    });
    const cves = new Set(statements.flatMap(({ vulnerabilities }) => vulnerabilities));
    const findings = sbom.components.flatMap((part) => [...cves].map((advisory) => finding(nameOf(part), advisory)));
    const settled = (tag: string) =>
      settle(assessedAs("buildroot", tag, findings), [{ sbom }], statements).settled ?? [];
    const names = new Set(sbom.components.map(({ name }) => name));
    const rows = (tag: string) =>
      new Set(
        statements
          .filter((one) => one.version === tag && names.has(one.subcomponents[0]?.name ?? ""))
          .map((one) => `${one.subcomponents[0]?.name} ${one.vulnerabilities[0]}`),
      );
    for (const tag of ["2020.08", "2022.02"]) {
      expect(rows(tag).size).toBeGreaterThan(0);
      expect(
        settled(tag)
          .map(({ component, advisory }) => `${component.name} ${advisory}`)
          .sort(),
      ).toEqual([...rows(tag)].sort());
    }
    expect(settle(assessedAs("another device", "2022.02", findings), [{ sbom }], statements).settled).toEqual([]);
  });
});

const finding = (component: Finding["component"], advisory: string): Finding => ({
  component,
  advisory,
  aliases: [],
  title: "",
  severity: { source: "", vector: null, score: null, rating: "unknown" },
  exploited: null,
  epss: null,
  fixedIn: [],
  disputed: false,
  because: { rule: "", range: "", source: "", record: "" },
});

describe.runIf(there)("what is exported is valid under the formats' own schemas", () => {
  const document: VexDocument = {
    id: "3e671687-395b-41f5-a30f-a58921a69b79",
    title: "Vulnerabilities",
    issuedAt: new Date("2026-01-02T03:04:05Z"),
    author: "Example Devices",
    namespace: "https://psirt.example.com",
  };
  const said = () => {
    const sbom = readSbom(files.get("buildroot-device-sboms/buildroot-2025.02-monitor.cdx.json") ?? new Uint8Array(), {
      name: "sbom",
    });
    const states = ["in-triage", "affected", "not-affected", "fixed", "accepted"];
    const decisions = sbom.components.map(({ name }, i) => {
      const state = states[i % states.length];
      const reason = state === "not-affected" ? { justification: "code_not_reachable" } : {};
      return FileDecision.parse({
        advisory: `CVE-2025-${1000 + (i % 20)}`,
        component: name,
        state,
        note: "Because.",
        ...reason,
      });
    });
    return statementsFromDecisions({
      device: { name: "Example Monitor", manufacturer: "Example Devices" },
      release: { version: "1.0", decisions },
      components: sbom.components,
      path: "device.yaml",
      issuedAt: document.issuedAt,
    }).statements;
  };
  const others = () =>
    [...files.keys()].filter((path) => path.startsWith(CYCLONEDX) && path.endsWith(".schema.json")).map(json);

  test("CycloneDX 1.6", () => {
    const schema = json(`${CYCLONEDX}bom-1.6.schema.json`);
    const written = JSON.parse(JSON.stringify(writeCycloneDxVex(document, said())));
    expect(schemaErrors(schema, written, others())).toEqual([]);
    written.vulnerabilities[2].analysis.justification = "trust_us";
    expect(schemaErrors(schema, written, others()).join()).toContain("/vulnerabilities/2/analysis/justification");
  });

  test("OpenVEX 0.2.0", () => {
    const schema = json("vex-documents/openvex-spec/openvex_json_schema.json");
    const written = JSON.parse(JSON.stringify(writeOpenVex(document, said())));
    expect(schemaErrors(schema, written)).toEqual([]);
    delete written.statements[1].action_statement;
    expect(schemaErrors(schema, written).join()).toContain("action_statement is missing");
  });

  test("CSAF 2.0", () => {
    const schema = json("vex-documents/csaf/csaf_2.0/json_schema/csaf_json_schema.json");
    const written = JSON.parse(JSON.stringify(writeCsafVex(document, said())));
    expect(schemaErrors(schema, written)).toEqual([]);
    written.document.tracking.status = "done";
    expect(schemaErrors(schema, written).join()).toContain("/document/tracking/status");
  });
});

/** Documents read, statements taken, statements refused. */
const EXPECTED = {
  "cyclonedx 1.4": [38, 111, 1],
  "cyclonedx 1.5": [3, 13, 0],
  "openvex 0.0.0": [3, 2, 2],
  "openvex 0.2.0": [120, 20_809, 0],
  "csaf 2.0": [21, 377, 4],
  "csaf 2.1": [23, 375, 6],
  "buildroot 1": [1, 240, 6],
};
