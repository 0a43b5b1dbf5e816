import { describe, expect, test } from "vitest";
import { readSbom } from "./read-sbom.ts";
import type { Sbom } from "./schema.ts";

const read = (text: string): Sbom => readSbom(new TextEncoder().encode(text), { name: "pump.spdx" });

const PUMP = {
  spdxVersion: "SPDX-2.3",
  SPDXID: "SPDXRef-DOCUMENT",
  name: "pump 4.1",
  documentNamespace: "https://example.com/pump-4.1",
  creationInfo: {
    created: "2026-05-04T10:00:00Z",
    creators: ["Person: Ana Ruiz (ana@example.com)", "Organization: Example Devices ()", "Tool: syft-1.2"],
  },
  packages: [
    {
      SPDXID: "SPDXRef-pump",
      name: "pump",
      versionInfo: "4.1",
      primaryPackagePurpose: "DEVICE",
      licenseDeclared: "NOASSERTION",
    },
    {
      SPDXID: "SPDXRef-ssl",
      name: "openssl",
      versionInfo: "3.0.1",
      supplier: "Organization: OpenSSL Foundation (osf@example.com)",
      licenseDeclared: "NOASSERTION",
      licenseConcluded: "Apache-2.0",
      checksums: [{ algorithm: "SHA256", checksumValue: "AB".repeat(32) }],
      externalRefs: [
        { referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: "pkg:generic/openssl@3.0.1" },
        {
          referenceCategory: "SECURITY",
          referenceType: "cpe23Type",
          referenceLocator: "cpe:2.3:a:openssl:openssl:3.0.1:*:*:*:*:*:*:*",
        },
        { referenceCategory: "SECURITY", referenceType: "cpe22Type", referenceLocator: "cpe:/a:openssl:openssl:3.0.1" },
        { referenceCategory: "SECURITY", referenceType: "advisory", referenceLocator: "https://example.com" },
      ],
    },
    { SPDXID: "SPDXRef-zlib", name: "zlib", versionInfo: "1.3.1", supplier: "NOASSERTION", licenseDeclared: "Zlib" },
  ],
  files: [
    {
      SPDXID: "SPDXRef-lib",
      fileName: "./libz.so",
      licenseConcluded: "NOASSERTION",
      checksums: [{ algorithm: "SHA1", checksumValue: "cd".repeat(20) }],
    },
  ],
  relationships: [
    { spdxElementId: "SPDXRef-DOCUMENT", relationshipType: "DESCRIBES", relatedSpdxElement: "SPDXRef-pump" },
    { spdxElementId: "SPDXRef-pump", relationshipType: "DEPENDS_ON", relatedSpdxElement: "SPDXRef-ssl" },
    { spdxElementId: "SPDXRef-zlib", relationshipType: "RUNTIME_DEPENDENCY_OF", relatedSpdxElement: "SPDXRef-ssl" },
    { spdxElementId: "SPDXRef-zlib", relationshipType: "DEPENDS_ON", relatedSpdxElement: "NONE" },
    { spdxElementId: "SPDXRef-lib", relationshipType: "CONTAINED_BY", relatedSpdxElement: "SPDXRef-zlib" },
    { spdxElementId: "SPDXRef-pump", relationshipType: "CONTAINS", relatedSpdxElement: "SPDXRef-zlib" },
    { spdxElementId: "SPDXRef-ssl", relationshipType: "VARIANT_OF", relatedSpdxElement: "DocumentRef-x:SPDXRef-ssl" },
  ],
};

const TAG_VALUE = `SPDXVersion: SPDX-2.3
DataLicense: CC0-1.0
SPDXID: SPDXRef-DOCUMENT
DocumentName: pump 4.1
DocumentNamespace: https://example.com/pump-4.1
DocumentComment: <text>PackageName: not a package
PackageName: nor this</text>
Creator: Person: Ana Ruiz (ana@example.com)
Creator: Organization: Example Devices ()
Creator: Tool: syft-1.2
Created: 2026-05-04T10:00:00Z

##### Package: pump
PackageName: pump
SPDXID: SPDXRef-pump
PackageVersion: 4.1
PrimaryPackagePurpose: DEVICE
PackageLicenseDeclared: NOASSERTION

PackageName: openssl
SPDXID: SPDXRef-ssl
PackageVersion: 3.0.1
PackageSupplier: Organization: OpenSSL Foundation (osf@example.com)
PackageLicenseDeclared: NOASSERTION
PackageLicenseConcluded: Apache-2.0
PackageChecksum: SHA256: ${"AB".repeat(32)}
ExternalRef: PACKAGE-MANAGER purl pkg:generic/openssl@3.0.1
ExternalRef: SECURITY cpe23Type cpe:2.3:a:openssl:openssl:3.0.1:*:*:*:*:*:*:*
ExternalRef: SECURITY cpe22Type cpe:/a:openssl:openssl:3.0.1
ExternalRef: SECURITY advisory https://example.com

PackageName: <text>zlib</text>
SPDXID: SPDXRef-zlib
PackageVersion: 1.3.1
PackageSupplier: NOASSERTION
PackageLicenseDeclared: Zlib
PackageCopyrightText: <text>
SPDXID: SPDXRef-nothing
</text>

FileName: ./libz.so
SPDXID: SPDXRef-lib
FileChecksum: SHA1: ${"cd".repeat(20)}
LicenseConcluded: NOASSERTION

Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-pump
Relationship: SPDXRef-pump DEPENDS_ON SPDXRef-ssl
Relationship: SPDXRef-zlib RUNTIME_DEPENDENCY_OF SPDXRef-ssl
Relationship: SPDXRef-zlib DEPENDS_ON NONE
Relationship: SPDXRef-pump CONTAINS SPDXRef-zlib
Relationship: SPDXRef-ssl VARIANT_OF DocumentRef-x:SPDXRef-ssl

LicenseID: LicenseRef-1
LicenseName: openssl
`;

const plain = {
  group: null,
  version: null,
  purl: null,
  cpes: [],
  hashes: [],
  supplier: null,
  licenses: [],
  parent: null,
};

describe.each([
  ["json", JSON.stringify(PUMP)],
  ["json", JSON.stringify({ sbom: PUMP })],
  ["tag-value", TAG_VALUE],
  ["tag-value", TAG_VALUE.replaceAll("\n", "\r\n")],
  ["tag-value", TAG_VALUE.replaceAll("\n", "\r")],
])("SPDX 2.3 %s", (encoding, text) => {
  const sbom = read(text);

  test("says who made the document, when and of what", () => {
    expect(sbom).toMatchObject({
      format: { standard: "SPDX", version: "2.3", encoding },
      serial: "https://example.com/pump-4.1",
      name: "pump 4.1",
      createdAt: "2026-05-04T10:00:00Z",
      authors: ["Ana Ruiz", "Example Devices"],
      tools: ["syft-1.2"],
      problems: [],
    });
    expect(sbom.subject).toEqual({ ...plain, ref: "SPDXRef-pump", type: "device", name: "pump", version: "4.1" });
  });

  test("packages and files are components, with what contains them", () => {
    expect(sbom.components).toEqual([
      { ...plain, ref: "SPDXRef-pump", type: "device", name: "pump", version: "4.1" },
      {
        ref: "SPDXRef-ssl",
        type: "library",
        group: null,
        name: "openssl",
        version: "3.0.1",
        purl: "pkg:generic/openssl@3.0.1",
        cpes: ["cpe:2.3:a:openssl:openssl:3.0.1:*:*:*:*:*:*:*", "cpe:/a:openssl:openssl:3.0.1"],
        hashes: [{ algorithm: "SHA-256", value: "ab".repeat(32) }],
        supplier: "OpenSSL Foundation",
        licenses: ["Apache-2.0"],
        parent: null,
      },
      {
        ...plain,
        ref: "SPDXRef-zlib",
        type: "library",
        name: "zlib",
        version: "1.3.1",
        licenses: ["Zlib"],
        parent: "SPDXRef-pump",
      },
      {
        ...plain,
        ref: "SPDXRef-lib",
        type: "file",
        name: "./libz.so",
        hashes: [{ algorithm: "SHA-1", value: "cd".repeat(20) }],
        parent: "SPDXRef-zlib",
      },
    ]);
  });

  test("relationships that mean needing become dependencies, whichever way they are said", () => {
    expect(sbom.dependencies).toEqual([
      { ref: "SPDXRef-pump", dependsOn: ["SPDXRef-ssl"] },
      { ref: "SPDXRef-ssl", dependsOn: ["SPDXRef-zlib"] },
      { ref: "SPDXRef-zlib", dependsOn: [] },
    ]);
  });
});

describe("what is wrong is named with its place, the rest is read", () => {
  test.each<[string, string, string, RegExp]>([
    ["a line that is no tag", "just words", "4:1", /neither a tag/],
    ["a text never closed", "PackageComment: <text>for\never", "4:1", /never closed/],
    ["half a relationship", "Relationship: SPDXRef-a CONTAINS", "4:1", /lacks an end/],
    ["a relationship to nothing", "Relationship: SPDXRef-a CONTAINS SPDXRef-gone", "4:1", /SPDXRef-gone/],
    ["half an external reference", "ExternalRef: SECURITY cpe23Type", "4:1", /lacks its type or locator/],
    ["a checksum without algorithm", "PackageChecksum: abcdef", "4:1", /not ALGORITHM: digits/],
    [
      "two package URLs",
      "ExternalRef: P purl pkg:npm/a@1\nExternalRef: P purl pkg:npm/b@1",
      "2:1",
      /states 2 package URLs/,
    ],
    [
      "two packages of one name",
      "PackageName: b\nSPDXID: SPDXRef-a\nPackageVersion: 1",
      "4:1",
      /used by two components/,
    ],
  ])("tag-value: %s", (_, lines, at, reason) => {
    const text = `SPDXVersion: SPDX-2.2\nPackageName: a\nSPDXID: SPDXRef-a\n${lines}\nPackageVersion: 1\n`;
    const { components, problems } = read(text);
    expect(components[0]?.name).toBe("a");
    expect(problems).toContainEqual({ at, reason: expect.stringMatching(reason) });
  });

  test("JSON: packages that contain each other are cut apart", () => {
    const contains = (from: string, to: string) => ({
      spdxElementId: from,
      relationshipType: "CONTAINS",
      relatedSpdxElement: to,
    });
    const { components, problems } = read(
      JSON.stringify({
        spdxVersion: "SPDX-2.3",
        creationInfo: { created: "yesterday", creators: [7] },
        packages: ["a", "b", "c"].map((name) => ({ SPDXID: name, name, versionInfo: "1" })),
        relationships: [contains("a", "b"), contains("b", "c"), contains("c", "a"), { spdxElementId: "a" }],
      }),
    );
    expect(components.map(({ parent }) => parent).filter((parent) => parent === null)).toHaveLength(1);
    expect(problems.map(({ at }) => at)).toEqual([
      "/relationships/3",
      "/",
      "/creationInfo",
      "/creationInfo/creators/0",
    ]);
  });
});

test("several packages described are no single subject; one package among files is", () => {
  const document = (describes: string[]) =>
    read(
      JSON.stringify({
        ...PUMP,
        relationships: [],
        documentDescribes: describes,
      }),
    ).subject?.name;
  expect(document(["SPDXRef-pump", "SPDXRef-zlib"])).toBeUndefined();
  expect(document(["SPDXRef-lib", "SPDXRef-zlib"])).toBe("zlib");
  expect(document(["SPDXRef-lib"])).toBe("./libz.so");
});

test("the source package that Trivy names in the source information is read, in JSON and in tag-value", () => {
  const purl = "pkg:deb/debian/libssl1.1@1.1.1n-0+deb11u3?distro=debian-11.5";
  const sourceInfo = "built package from: openssl 1:1.1.1n-0+deb11u3";
  const json = JSON.stringify({
    spdxVersion: "SPDX-2.3",
    SPDXID: "SPDXRef-DOCUMENT",
    packages: [
      {
        SPDXID: "SPDXRef-a",
        name: "libssl1.1",
        versionInfo: "1.1.1n-0+deb11u3",
        sourceInfo,
        externalRefs: [{ referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: purl }],
      },
    ],
  });
  const tags = `SPDXVersion: SPDX-2.3\nSPDXID: SPDXRef-DOCUMENT\n\nPackageName: libssl1.1\nSPDXID: SPDXRef-a\nPackageVersion: 1.1.1n-0+deb11u3\nPackageSourceInfo: ${sourceInfo}\nExternalRef: PACKAGE-MANAGER purl ${purl}\n`;
  for (const text of [json, tags, json.replace("built package from", "acquired package info from")])
    expect(read(text).components.map(({ source }) => source)).toEqual([
      text.includes("acquired") ? undefined : "openssl@1:1.1.1n-0+deb11u3",
    ]);
});
