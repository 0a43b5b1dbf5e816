import { describe, expect, test } from "vitest";
import { readSbom } from "./read-sbom.ts";
import type { Sbom } from "./schema.ts";

const read = (text: string): Sbom => readSbom(new TextEncoder().encode(text), { name: "pump.cdx" });

const JSON_PUMP = {
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  serialNumber: "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
  metadata: {
    timestamp: "2026-05-04T10:00:00Z",
    authors: [{ name: "Ana Ruiz", email: "ana@example.com" }, { email: "bo@example.com" }],
    manufacturer: { name: "Example Devices" },
    tools: { components: [{ type: "application", group: "anchore", name: "syft", version: "1.2" }], services: [] },
    component: {
      type: "device",
      "bom-ref": "pump",
      name: "pump",
      version: "4.1",
      components: [{ type: "firmware", "bom-ref": "boot", name: "u-boot", version: "2025.01" }],
    },
  },
  components: [
    {
      type: "library",
      "bom-ref": "ssl",
      supplier: { name: "OpenSSL Foundation" },
      group: "org.openssl",
      name: "openssl",
      version: "3.0.1",
      purl: "pkg:generic/openssl@3.0.1",
      cpe: "cpe:2.3:a:openssl:openssl:3.0.1:*:*:*:*:*:*:*",
      hashes: [{ alg: "SHA-256", content: "AB".repeat(32) }],
      licenses: [{ license: { id: "Apache-2.0" } }, { license: { name: "Old one" } }],
      components: [{ type: "file", name: "libssl.so.3" }],
    },
    {
      type: "library",
      name: "zlib",
      publisher: "zlib team",
      purl: "pkg:generic/zlib@1.3.1",
      licenses: [{ expression: "Zlib OR MIT" }],
    },
  ],
  services: [{ "bom-ref": "time", name: "time service" }],
  dependencies: [
    { ref: "pump", dependsOn: ["ssl", "time", "ssl"] },
    { ref: "ssl", dependsOn: [] },
    { ref: "time", dependsOn: ["ssl"] },
  ],
};

const XML_PUMP = `<?xml version="1.0" encoding="UTF-8"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.6" xmlns:x="urn:else" serialNumber="urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79">
  <metadata>
    <timestamp>2026-05-04T10:00:00Z</timestamp>
    <tools>
      <components><component type="application"><group>anchore</group><name>syft</name><version>1.2</version></component></components>
      <services/>
    </tools>
    <authors><author><name>Ana Ruiz</name><email>ana@example.com</email></author><author><email>bo@example.com</email></author></authors>
    <component type="device" bom-ref="pump"><name>pump</name><version>4.1</version>
      <components><component type="firmware" bom-ref="boot"><name>u-boot</name><version>2025.01</version></component></components>
    </component>
    <manufacturer><name>Example Devices</name></manufacturer>
  </metadata>
  <components>
    <component type="library" bom-ref="ssl">
      <supplier><name>OpenSSL Foundation</name></supplier>
      <group>org.openssl</group><name>openssl</name><x:name>not this</x:name><version>3.0.1</version>
      <hashes><hash alg="SHA-256">${"AB".repeat(32)}</hash></hashes>
      <licenses><license><id>Apache-2.0</id><text>long text</text></license><license><name>Old one</name></license></licenses>
      <cpe>cpe:2.3:a:openssl:openssl:3.0.1:*:*:*:*:*:*:*</cpe>
      <purl>pkg:generic/openssl@3.0.1</purl>
      <pedigree><ancestors><component type="library"><name>ancestor</name></component></ancestors></pedigree>
      <components><component type="file"><name>libssl.so.3</name></component></components>
    </component>
    <component type="library"><publisher>zlib team</publisher><name><![CDATA[zlib]]></name>
      <licenses><expression>Zlib OR MIT</expression></licenses><purl>pkg:generic/zlib@1.3.1</purl></component>
  </components>
  <services><service bom-ref="time"><name>time service</name></service></services>
  <dependencies>
    <dependency ref="pump"><dependency ref="ssl"/><dependency ref="time"/><dependency ref="ssl"/></dependency>
    <dependency ref="ssl"/>
    <dependency ref="time"><dependency ref="ssl"/></dependency>
  </dependencies>
</bom>`;

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
  ["json", JSON.stringify(JSON_PUMP)],
  ["xml", XML_PUMP],
])("CycloneDX %s", (encoding, text) => {
  const sbom = read(text);

  test("says who made the document, when and of what", () => {
    expect(sbom).toMatchObject({
      format: { standard: "CycloneDX", version: "1.6", encoding },
      serial: "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
      name: "pump",
      createdAt: "2026-05-04T10:00:00Z",
      authors: ["Ana Ruiz", "bo@example.com", "Example Devices"],
      tools: ["anchore syft 1.2"],
      problems: [],
    });
    expect(sbom.subject).toEqual({ ...plain, ref: "pump", type: "device", name: "pump", version: "4.1" });
  });

  test("lists every component in document order, with its nesting; a version may stand in the purl only", () => {
    expect(sbom.components).toEqual([
      { ...plain, ref: "boot", type: "firmware", name: "u-boot", version: "2025.01", parent: "pump" },
      {
        ref: "ssl",
        type: "library",
        group: "org.openssl",
        name: "openssl",
        version: "3.0.1",
        purl: "pkg:generic/openssl@3.0.1",
        cpes: ["cpe:2.3:a:openssl:openssl:3.0.1:*:*:*:*:*:*:*"],
        hashes: [{ algorithm: "SHA-256", value: "ab".repeat(32) }],
        supplier: "OpenSSL Foundation",
        licenses: ["Apache-2.0", "Old one"],
        parent: null,
      },
      { ...plain, ref: expect.stringMatching(/^#\d$/), type: "file", name: "libssl.so.3", parent: "ssl" },
      {
        ...plain,
        ref: expect.stringMatching(/^#\d$/),
        type: "library",
        name: "zlib",
        version: "1.3.1",
        purl: "pkg:generic/zlib@1.3.1",
        supplier: "zlib team",
        licenses: ["Zlib OR MIT"],
      },
    ]);
  });

  test("knows dependencies between components; services are no components", () => {
    expect(sbom.dependencies).toEqual([
      { ref: "pump", dependsOn: ["ssl"] },
      { ref: "ssl", dependsOn: [] },
    ]);
  });
});

test.each(["1.2", "1.3", "1.4", "1.5", "1.6", "1.7"])("CycloneDX %s is read in both encodings", (version) => {
  expect(read(`{"bomFormat":"CycloneDX","specVersion":"${version}"}`).format.version).toBe(version);
  expect(read(`<bom xmlns="http://cyclonedx.org/schema/bom/${version}"/>`).format.version).toBe(version);
});

test("a prefix for the namespace changes nothing", () => {
  const sbom = read(
    '<c:bom xmlns:c="http://cyclonedx.org/schema/bom/1.4"><c:components><c:component type="library"><c:name>a</c:name><c:version>1</c:version></c:component></c:components></c:bom>',
  );
  expect(sbom.components).toMatchObject([{ name: "a", version: "1" }]);
});

describe("components nested 900 deep are read, in both encodings", () => {
  const depth = 900;
  test.each([
    [
      "json",
      `{"bomFormat":"CycloneDX","specVersion":"1.5","components":${'[{"type":"library","name":"n","version":"1","components":'.repeat(depth)}[]${"}]".repeat(depth)}}`,
    ],
    [
      "xml",
      `<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><components>${'<component type="library"><name>n</name><version>1</version><components>'.repeat(depth)}${"</components></component>".repeat(depth)}</components></bom>`,
    ],
  ])("%s", (_, text) => {
    const { components, problems } = read(text);
    expect(components).toHaveLength(depth);
    expect(components.at(-1)?.parent).toBe(components.at(-2)?.ref);
    expect(problems).toEqual([]);
  });
});

describe("what is wrong with one component is named, the component is kept", () => {
  const component = (fields: object) => {
    const { components, problems } = read(
      JSON.stringify({
        bomFormat: "CycloneDX",
        specVersion: "1.5",
        components: [{ type: "library", name: "a", version: "1", ...fields }],
      }),
    );
    expect(components).toHaveLength(1);
    return { component: components[0], problems };
  };
  test.each<[string, object, object, string, RegExp]>([
    ["no version", { version: undefined }, { version: null }, "/components/0", /no version/],
    ["a number as version", { version: 1.2 }, { version: "1.2" }, "/components/0/version", /number/],
    [
      "a bad purl",
      { purl: "pkg:npm" },
      { purl: "pkg:npm" },
      "/components/0",
      /package URL is malformed: it names no type/,
    ],
    ["a bad CPE", { cpe: "cpe:2.3:a:x" }, { cpes: ["cpe:2.3:a:x"] }, "/components/0", /CPE is malformed/],
    [
      "a cut hash",
      { hashes: [{ alg: "MD5", content: "abcd" }] },
      { hashes: [{ algorithm: "MD5", value: "abcd" }] },
      "/components/0",
      /MD5 has 32 digits/,
    ],
    ["an unknown type", { type: "gadget" }, { type: "library" }, "/components/0", /type is unknown/],
    ["no name", { name: null }, { name: "" }, "/components/0", /no name/],
    ["a name that is no text", { name: { a: 1 } }, { name: "" }, "/components/0/name", /not text/],
    ["licenses that are no list", { licenses: "MIT" }, { licenses: [] }, "/components/0/licenses", /not a list/],
    [
      "a supplier that is no object",
      { supplier: "ACME" },
      { supplier: null },
      "/components/0/supplier",
      /not an object/,
    ],
  ])("%s", (_, fields, kept, at, reason) => {
    const { component: found, problems } = component(fields);
    expect(found).toMatchObject(kept);
    expect(problems).toContainEqual({ at, reason: expect.stringMatching(reason) });
  });

  test("in XML the place is line and column", () => {
    const { problems } = read(
      '<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><components>\n <component type="library"><name>a</name></component></components></bom>',
    );
    expect(problems).toEqual([{ at: "2:27", reason: "It has no version." }]);
  });
});

test("a reference used twice and dependencies that lead nowhere are named", () => {
  const { components, dependencies, problems } = read(
    JSON.stringify({
      bomFormat: "CycloneDX",
      specVersion: "1.5",
      components: [
        { type: "library", "bom-ref": "a", name: "a", version: "1" },
        { type: "library", "bom-ref": "a", name: "b", version: "1" },
      ],
      dependencies: [{ ref: "a", dependsOn: ["gone", "a"] }, { ref: "lost" }, { dependsOn: ["a"] }],
    }),
  );
  expect(components.map(({ ref }) => ref)).toEqual(["a", "#1"]);
  expect(dependencies).toEqual([{ ref: "a", dependsOn: [] }]);
  expect(problems.map(({ at }) => at)).toEqual([
    "/components/1",
    "/dependencies/0",
    "/dependencies/1",
    "/dependencies/2",
  ]);
});

test.each([
  ["required", "required", 0],
  ["optional", "optional", 0],
  ["excluded", "excluded", 0],
  ["Excluded", undefined, 1],
  ["", undefined, 0],
  [null, undefined, 0],
])("the scope %j is read as %j, in JSON and in XML", (written, scope, problems) => {
  const component = {
    type: "library",
    name: "gtest",
    version: "1.14",
    ...(written === null ? {} : { scope: written }),
  };
  const json = JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.6", components: [component] });
  const element = written === null ? "" : `<scope>${written}</scope>`;
  const xml = `<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components><component type="library"><name>gtest</name><version>1.14</version>${element}</component></components></bom>`;
  for (const text of [json, xml]) {
    const sbom = read(text);
    expect(sbom.components[0]?.scope).toBe(scope);
    expect(sbom.problems.filter(({ reason }) => /scope/.test(reason)).length).toBe(problems);
  }
});

test("the source package that Trivy states in properties is read, in JSON and in XML, unless the package URL names it", () => {
  const pieces = { SrcName: "openssl", SrcEpoch: "1", SrcVersion: "1.1.1n", SrcRelease: "0+deb11u3", LayerDigest: "x" };
  const deb = "pkg:deb/debian/libssl1.1@1.1.1n-0+deb11u3?distro=debian-11.5";
  const properties = Object.entries(pieces).map(([name, value]) => ({ name: `aquasecurity:trivy:${name}`, value }));
  const components = [deb, `${deb}&upstream=other`, "pkg:npm/openssl@1.0.0"].map((purl) => ({
    type: "library",
    name: "part",
    version: "1",
    purl,
    properties,
  }));
  const json = JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.5", components });
  const xml = `<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><components>${components
    .map(
      ({ purl }) =>
        `<component type="library"><name>part</name><version>1</version><purl>${purl.replaceAll("&", "&amp;")}</purl><properties>${properties
          .map(({ name, value }) => `<property name="${name}">${value}</property>`)
          .join("")}</properties></component>`,
    )
    .join("")}</components></bom>`;
  for (const text of [json, xml]) {
    const sbom = read(text);
    expect(sbom.components.map(({ source }) => source)).toEqual(["openssl@1:1.1.1n-0+deb11u3", undefined, undefined]);
    expect(sbom.problems).toEqual([]);
  }
});

test.each([
  ["a name alone", [{ name: "aquasecurity:trivy:SrcName", value: "musl" }], "musl"],
  ["a version without a name", [{ name: "aquasecurity:trivy:SrcVersion", value: "1.2" }], undefined],
  ["a name with blanks", [{ name: "aquasecurity:trivy:SrcName", value: "a b" }], undefined],
  ["no list", { name: "aquasecurity:trivy:SrcName", value: "musl" }, undefined],
  ["no properties in it", [null, "aquasecurity:trivy:SrcName", { name: "aquasecurity:trivy:SrcName" }], undefined],
])("properties that are %s", (_, properties, source) => {
  const part = { type: "library", name: "libc", version: "1", purl: "pkg:apk/alpine/libc@1", properties };
  const sbom = read(JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.5", components: [part] }));
  expect(sbom.components[0]?.source).toBe(source);
});
