import fc from "fast-check";
import { expect, test } from "vitest";
import { Fault } from "../../../lib/fault.ts";
import { readSbom } from "./read-sbom.ts";
import { Sbom } from "./schema.ts";

const CYCLONEDX = JSON.stringify({
  bomFormat: "CycloneDX",
  specVersion: "1.5",
  metadata: {
    timestamp: "2026-01-01T00:00:00Z",
    tools: [{ name: "t" }],
    component: { type: "device", name: "pump", "bom-ref": "p" },
  },
  components: [
    {
      type: "library",
      "bom-ref": "a",
      name: "a",
      version: "1",
      purl: "pkg:npm/a@1",
      cpe: "cpe:/a:a:a:1",
      hashes: [{ alg: "MD5", content: "00" }],
      licenses: [{ license: { id: "MIT" } }, { expression: "MIT" }],
      components: [{ type: "file", name: "f" }],
    },
  ],
  services: [{ "bom-ref": "s", name: "s" }],
  dependencies: [{ ref: "p", dependsOn: ["a", "s"] }],
});
const XML = `<?xml version="1.0" encoding="UTF-8"?><bom xmlns="http://cyclonedx.org/schema/bom/1.4" serialNumber="urn:x"><metadata><tools><tool><name>t</name></tool></tools><component type="device" bom-ref="p"><name>pump</name></component></metadata><components><component type="library" bom-ref="a"><supplier><name>s</name></supplier><name>a&amp;b</name><version>1</version><hashes><hash alg="MD5">00</hash></hashes><licenses><license><id>MIT</id></license><expression>MIT</expression></licenses><components><component type="file"><name><![CDATA[f]]></name></component></components></component></components><dependencies><dependency ref="p"><dependency ref="a"/></dependency></dependencies></bom>`;
const SPDX = JSON.stringify({
  spdxVersion: "SPDX-2.3",
  SPDXID: "SPDXRef-DOCUMENT",
  name: "n",
  creationInfo: { created: "2026-01-01T00:00:00Z", creators: ["Tool: t"] },
  documentDescribes: ["a"],
  packages: [
    {
      SPDXID: "a",
      name: "a",
      versionInfo: "1",
      hasFiles: ["f"],
      externalRefs: [{ referenceType: "purl", referenceLocator: "pkg:npm/a@1" }],
    },
  ],
  files: [{ SPDXID: "f", fileName: "f", checksums: [{ algorithm: "SHA1", checksumValue: "00" }] }],
  relationships: [{ spdxElementId: "a", relationshipType: "CONTAINS", relatedSpdxElement: "f" }],
});
const TAG_VALUE = `SPDXVersion: SPDX-2.2\nDocumentName: n\nCreator: Tool: t\nCreated: 2026-01-01T00:00:00Z\nPackageName: a\nSPDXID: SPDXRef-a\nPackageVersion: 1\nPackageChecksum: SHA1: 00\nPackageCopyrightText: <text>x\ny</text>\nExternalRef: SECURITY cpe23Type cpe:2.3:a:a:a:1:*:*:*:*:*:*:*\nFileName: f\nSPDXID: SPDXRef-f\nRelationship: SPDXRef-a CONTAINS SPDXRef-f\n`;
const SPDX3 = JSON.stringify({
  "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
  "@graph": [
    { type: "CreationInfo", "@id": "_:c", created: "2026-01-01T00:00:00Z", createdBy: ["u:o"] },
    { type: "Organization", spdxId: "u:o", name: "o" },
    { type: "SpdxDocument", spdxId: "u:d", creationInfo: "_:c", rootElement: ["u:a"] },
    {
      type: "software_Package",
      spdxId: "u:a",
      name: "a",
      suppliedBy: "u:o",
      verifiedUsing: [{ type: "Hash", algorithm: "md5", hashValue: "00" }],
    },
    { type: "Relationship", spdxId: "u:r", relationshipType: "dependsOn", from: "u:a", to: ["u:d"] },
  ],
});
const DOCUMENTS = [CYCLONEDX, XML, SPDX, TAG_VALUE, SPDX3];

/** Reads or is refused with a Fault; what is read has the agreed shape and a nesting that ends. */
function readsOrRefuses(bytes: Uint8Array): void {
  let sbom: Sbom;
  try {
    sbom = readSbom(bytes, { name: "f" });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    expect(error.at).toMatch(/^f/);
    return;
  }
  Sbom.parse(sbom);
  const parents = new Map(sbom.components.map(({ ref, parent }) => [ref, parent]));
  expect(parents.size).toBe(sbom.components.length);
  for (const start of parents.keys()) {
    let steps = 0;
    for (let ref = parents.get(start); ref !== null && ref !== undefined; ref = parents.get(ref)) steps++;
    expect(steps).toBeLessThanOrEqual(sbom.components.length);
  }
}

test("the documents mutated below are read as they are", () => {
  for (const document of DOCUMENTS)
    expect(readSbom(new TextEncoder().encode(document), { name: "f" }).components.length).toBeGreaterThan(0);
});

test("any bytes are refused with a Fault", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), readsOrRefuses), { numRuns: 2_000 });
});

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat({ max: 40 }),
  insert: fc.oneof(
    fc.constantFrom(
      "",
      "{",
      "}",
      "[",
      "]",
      '"',
      ",",
      ":",
      "null",
      "1e999",
      "<",
      ">",
      "&",
      "</",
      "<!--",
      "\n",
      "\u0000",
      "<text>",
    ),
    fc.constantFrom(
      '"__proto__":{"a":1},',
      '"constructor":[],',
      '"components":[[]],',
      "<components>",
      "<component/>",
      "SPDXRef-a ",
    ),
    fc.string({ maxLength: 8 }),
  ),
});

test("documents with anything cut out and put in are read or refused with a Fault", () => {
  fc.assert(
    fc.property(fc.constantFrom(...DOCUMENTS), fc.array(edit, { minLength: 1, maxLength: 4 }), (document, edits) => {
      const text = edits.reduce((t, { at, remove, insert }) => {
        const start = Math.floor(at * t.length);
        return t.slice(0, start) + insert + t.slice(start + remove);
      }, document);
      readsOrRefuses(new TextEncoder().encode(text));
    }),
    { numRuns: 4_000 },
  );
});

const anyValue = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>;

test("JSON documents with any value in any place are read or refused with a Fault", () => {
  fc.assert(
    fc.property(fc.constantFrom(CYCLONEDX, SPDX, SPDX3), fc.nat(), anyValue, (document, pick, value) => {
      let places = 0;
      const count = (_: string, item: unknown) => {
        places++;
        return item;
      };
      JSON.parse(document, count);
      let seen = 0;
      const mutated = JSON.parse(document, (_, item: unknown) => (seen++ === pick % places ? value : item));
      readsOrRefuses(new TextEncoder().encode(JSON.stringify(mutated)));
    }),
    { numRuns: 4_000 },
  );
});
