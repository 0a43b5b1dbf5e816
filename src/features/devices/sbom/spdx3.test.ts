import { expect, test } from "vitest";
import { readSbom } from "./read-sbom.ts";
import type { Sbom } from "./schema.ts";

const read = (graph: object[], context = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"): Sbom =>
  readSbom(new TextEncoder().encode(JSON.stringify({ "@context": context, "@graph": graph })), { name: "pump.spdx3" });

const relationship = (relationshipType: string, from: string, ...to: string[]) => ({
  type: relationshipType === "dependsOn" ? "LifecycleScopedRelationship" : "Relationship",
  spdxId: `urn:r-${relationshipType}-${from}`,
  relationshipType,
  from,
  to,
});

const GRAPH = [
  {
    type: "CreationInfo",
    "@id": "_:c",
    specVersion: "3.0.1",
    created: "2026-05-04T10:00:00Z",
    createdBy: ["urn:ana"],
    createdUsing: ["urn:syft"],
  },
  { type: "Person", spdxId: "urn:ana", name: "Ana Ruiz" },
  { type: "Tool", spdxId: "urn:syft", name: "syft 1.2" },
  { type: "Organization", spdxId: "urn:osf", name: "OpenSSL Foundation" },
  {
    type: "SpdxDocument",
    spdxId: "urn:doc",
    creationInfo: "_:c",
    name: "pump 4.1",
    rootElement: ["urn:sbom"],
    import: [{ type: "ExternalMap", externalSpdxId: "urn:elsewhere" }],
  },
  { type: "software_Sbom", spdxId: "urn:sbom", rootElement: ["urn:pump"] },
  {
    type: "software_Package",
    spdxId: "urn:pump",
    name: "pump",
    software_packageVersion: "4.1",
    software_primaryPurpose: "device",
  },
  {
    type: "software_Package",
    spdxId: "urn:ssl",
    name: "openssl",
    software_packageVersion: "3.0.1",
    software_packageUrl: "pkg:generic/openssl@3.0.1",
    suppliedBy: "urn:osf",
    externalIdentifier: [
      { type: "ExternalIdentifier", externalIdentifierType: "packageUrl", identifier: "pkg:generic/openssl@3.0.1" },
      {
        type: "ExternalIdentifier",
        externalIdentifierType: "cpe23",
        identifier: "cpe:2.3:a:openssl:openssl:3.0.1:*:*:*:*:*:*:*",
      },
      { type: "ExternalIdentifier", externalIdentifierType: "swid", identifier: "x" },
    ],
    verifiedUsing: [{ type: "Hash", algorithm: "sha256", hashValue: "AB".repeat(32) }],
  },
  { type: "software_File", spdxId: "urn:file", name: "libssl.so" },
  { type: "ai_AIPackage", spdxId: "urn:model", name: "alarm model", software_packageVersion: "2" },
  { type: "dataset_DatasetPackage", spdxId: "urn:data", name: "waveforms", software_packageVersion: "1" },
  { type: "simplelicensing_LicenseExpression", spdxId: "urn:apache", simplelicensing_licenseExpression: "Apache-2.0" },
  relationship("dependsOn", "urn:pump", "urn:ssl", "urn:model", "urn:elsewhere", "urn:gone"),
  relationship("contains", "urn:ssl", "urn:file"),
  relationship("hasDeclaredLicense", "urn:ssl", "urn:apache"),
  relationship("hasConcludedLicense", "urn:ssl", "https://spdx.org/licenses/MIT"),
  relationship("hasConcludedLicense", "urn:model", "https://spdx.org/licenses/MIT"),
];

test("packages, files, models and data are components, with what stands around them", () => {
  const sbom = read(GRAPH);
  expect(sbom).toMatchObject({
    format: { standard: "SPDX", version: "3.0", encoding: "json-ld" },
    serial: "urn:doc",
    name: "pump 4.1",
    createdAt: "2026-05-04T10:00:00Z",
    authors: ["Ana Ruiz"],
    tools: ["syft 1.2"],
    subject: { ref: "urn:pump", type: "device", name: "pump", version: "4.1" },
  });
  expect(sbom.components).toMatchObject([
    { ref: "urn:pump" },
    {
      ref: "urn:ssl",
      type: "library",
      name: "openssl",
      version: "3.0.1",
      purl: "pkg:generic/openssl@3.0.1",
      cpes: ["cpe:2.3:a:openssl:openssl:3.0.1:*:*:*:*:*:*:*"],
      hashes: [{ algorithm: "SHA-256", value: "ab".repeat(32) }],
      supplier: "OpenSSL Foundation",
      licenses: ["Apache-2.0"],
    },
    { ref: "urn:file", type: "file", name: "libssl.so", parent: "urn:ssl" },
    { ref: "urn:model", type: "machine-learning-model", licenses: ["MIT"] },
    { ref: "urn:data", type: "data" },
  ]);
  expect(sbom.dependencies).toEqual([{ ref: "urn:pump", dependsOn: ["urn:ssl", "urn:model"] }]);
  expect(sbom.problems).toEqual([{ at: "/@graph/12", reason: expect.stringContaining("urn:gone") }]);
});

test("elements written out in place are understood", () => {
  const sbom = read([
    {
      type: "SpdxDocument",
      spdxId: "urn:doc",
      creationInfo: {
        type: "CreationInfo",
        created: "2026-05-04T10:00:00Z",
        createdBy: { type: "Person", name: "Ana Ruiz" },
      },
      rootElement: "urn:a",
    },
    {
      type: "software_Package",
      spdxId: "urn:a",
      name: "a",
      software_packageVersion: "1",
      suppliedBy: { type: "Organization", name: "B" },
    },
  ]);
  expect(sbom).toMatchObject({ authors: ["Ana Ruiz"], subject: { name: "a", supplier: "B" }, problems: [] });
});

test("the source package that Trivy names in the source information is read", () => {
  const [part] = read([
    {
      type: "software_Package",
      spdxId: "urn:a",
      name: "libssl1.1",
      software_packageVersion: "1.1.1n-0+deb11u3",
      software_packageUrl: "pkg:deb/debian/libssl1.1@1.1.1n-0+deb11u3?distro=debian-11",
      software_sourceInfo: "built package from: openssl 1.1.1n-0+deb11u3",
    },
  ]).components;
  expect(part?.source).toBe("openssl@1.1.1n-0+deb11u3");
});

test("a document without a document element is read and says so", () => {
  const sbom = read([{ type: "software_Package", spdxId: "urn:a", name: "a", software_packageVersion: "1" }]);
  expect(sbom.components).toHaveLength(1);
  expect(sbom.problems).toEqual([{ at: "/@graph/0", reason: expect.stringContaining("creationInfo") }]);
});

test("another version of SPDX 3 is refused", () => {
  expect(() => read([], "https://spdx.org/rdf/3.1/spdx-context.jsonld")).toThrow(
    "The SPDX version it states is not known here.",
  );
});
