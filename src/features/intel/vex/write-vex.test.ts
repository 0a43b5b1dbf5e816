import { describe, expect, test } from "vitest";
import { FileDecision } from "../../devices/device-file/schema.ts";
import { sampleComponent } from "../../devices/sbom/sample-component.ts";
import type { Component } from "../../devices/sbom/schema.ts";
import { JUSTIFICATIONS } from "../findings/schema.ts";
import { statementsFromDecisions } from "./from-decisions.ts";
import { readVex } from "./read-vex.ts";
import type { VexStatement } from "./schema.ts";
import { writeCsafVex } from "./write-csaf.ts";
import { writeCycloneDxVex } from "./write-cyclonedx.ts";
import { type VexDocument, writeOpenVex } from "./write-openvex.ts";

const component = (said: Partial<Component>): Component => sampleComponent({ ref: "#", version: "1", ...said });
const components = [
  component({
    name: "openssl",
    version: "1.1.1",
    purl: "pkg:deb/debian/openssl@1.1.1?arch=armhf",
    cpes: ["cpe:2.3:a:openssl:openssl:1.1.1:*:*:*:*:*:*:*"],
  }),
  component({ group: "org.slf4j", name: "slf4j-api", version: "1.7", purl: "pkg:maven/org.slf4j/slf4j-api@1.7" }),
  component({ name: "drive firmware", version: null }),
  component({ name: "zlib", version: "1.2.11" }),
  component({ name: "zlib", version: "1.3" }),
];
const decisions = (...all: object[]) =>
  statementsFromDecisions({
    device: { name: "Example Pump", manufacturer: "Example Devices" },
    release: { version: "2.4.0", decisions: all.map((one) => FileDecision.parse({ note: "Because.", ...one })) },
    components,
    path: "device.yaml",
    issuedAt: new Date("2026-01-02T03:04:05.000Z"),
  });
const document: VexDocument = {
  id: "0192f6a0-0000-7000-8000-000000000001",
  title: "Vulnerabilities",
  issuedAt: new Date("2026-01-02T03:04:05.000Z"),
  author: "Example Devices",
  namespace: "https://psirt.example.com",
};
const FORMATS = [
  ["cyclonedx", writeCycloneDxVex],
  ["openvex", writeOpenVex],
  ["csaf", writeCsafVex],
] as const;

/** What a statement says, whatever names its document gives the parts; CSAF says one component at a time. */
const sayings = (statements: readonly VexStatement[]) =>
  statements
    .flatMap(
      ({
        vulnerabilities,
        products,
        subcomponents,
        status,
        justification,
        impact,
        action,
        note,
        author,
        issuedAt,
        version,
      }) =>
        subcomponents.map((part) => ({
          vulnerabilities: vulnerabilities.toSorted(),
          product: products.map(({ purls }) => purls),
          component: part.purls,
          cpes: part.cpes,
          status,
          justification,
          impact,
          action,
          note,
          author,
          issuedAt,
          version,
        })),
    )
    .map((one) => JSON.stringify(one))
    .sort();

const MANY = [
  { advisory: "CVE-2024-1000", component: "openssl", state: "in-triage" },
  { advisory: "CVE-2024-1001", component: "openssl", state: "affected", note: "Corrected in 2.5." },
  { advisory: "CVE-2024-1001", component: "org.slf4j/slf4j-api", state: "fixed" },
  { advisory: "CVE-2024-1002", component: "slf4j-api", state: "accepted", note: "" },
  { advisory: "GHSA-jfh8-c2jp-5v3q", component: "drive firmware", state: "fixed" },
  { advisory: "CVE-2024-1003", component: "zlib", state: "not-affected", justification: "code_not_present" },
  ...JUSTIFICATIONS.map((justification, i) => ({
    advisory: `CVE-2025-${2000 + i}`,
    component: "openssl",
    state: "not-affected",
    justification,
  })),
];

describe("decisions leave as VEX", () => {
  test.each(FORMATS)("%s read back says the same", (_, write) => {
    const { statements, refused } = decisions(...MANY);
    expect(refused).toEqual([]);
    const text = JSON.stringify(write(document, statements));
    const back = readVex(new TextEncoder().encode(text), { name: "back" });
    expect(back.refused).toEqual([]);
    expect(sayings(back.statements)).toEqual(sayings(statements));
  });

  test("CycloneDX keeps the nine justifications in its own words", () => {
    const { statements } = decisions(...MANY);
    const text = JSON.stringify(writeCycloneDxVex(document, statements));
    const words = readVex(new TextEncoder().encode(text), { name: "back" }).statements.map(
      (one) => one.originalJustification,
    );
    expect(words.filter((one) => one !== null).slice(1)).toEqual([...JUSTIFICATIONS]);
  });

  test("a decision on a name with two versions speaks of both, one on a part without package URL of a generic one", () => {
    const { statements } = decisions(
      { advisory: "CVE-1", component: "zlib", state: "fixed" },
      { advisory: "CVE-2", component: "drive firmware", state: "fixed" },
    );
    expect(statements.map(({ subcomponents }) => subcomponents.flatMap(({ purls }) => purls))).toEqual([
      ["pkg:generic/zlib@1.2.11", "pkg:generic/zlib@1.3"],
      ["pkg:generic/drive%20firmware"],
    ]);
    expect(statements[0]?.products[0]).toMatchObject({ name: "Example Pump", version: "2.4.0" });
  });

  test.each([
    ["a component that is not there", { component: "curl", state: "fixed" }, 'no component "curl"'],
    ["not affected without a reason", { component: "zlib", state: "not-affected", note: "" }, "neither"],
    [
      "a justification nobody knows",
      { component: "zlib", state: "not-affected", justification: "trust_us" },
      "trust_us",
    ],
  ])("%s is left out with its place", (_, said, reason) => {
    const { statements, refused } = decisions({ advisory: "CVE-1", ...said });
    expect(statements).toEqual([]);
    expect(refused[0]?.at).toBe("device.yaml releases[2.4.0].decisions[0]");
    expect(refused[0]?.reason).toContain(reason);
  });
});
