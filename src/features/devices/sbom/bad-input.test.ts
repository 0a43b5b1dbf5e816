import { describe, expect, test } from "vitest";
import { Fault } from "../../../lib/fault.ts";
import type { SbomLimits } from "./limits.ts";
import { readSbom } from "./read-sbom.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

function refusal(input: Uint8Array | string, limits: Partial<SbomLimits> = {}): Fault {
  try {
    readSbom(typeof input === "string" ? bytes(input) : input, { name: "f", limits });
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error("it was read");
}

const cdx = (rest: string) => `{"bomFormat":"CycloneDX","specVersion":"1.5",${rest}}`;
const xml = (inside: string, before = "") =>
  `<?xml version="1.0"?>${before}<bom xmlns="http://cyclonedx.org/schema/bom/1.4">${inside}</bom>`;
const utf16 = (text: string) => Uint8Array.from([...text].flatMap((char) => [char.charCodeAt(0), 0]));

describe("a document that cannot be read is refused with place, reason and a fix", () => {
  test.each<[string, Uint8Array | string, string, RegExp]>([
    ["empty", "", "f", /empty/],
    ["white space only", " \n\t ", "f", /white space/],
    [
      "truncated JSON",
      cdx('"components":[{"type":"library","name":"a"').slice(0, -1),
      "f:1:88 /components/0/name",
      /ends where a comma/,
    ],
    ["JSON with a tail", `${cdx('"components":[]')}\nterms of use`, "f:2:1", /more after its end/],
    ["truncated XML", xml("<components>").slice(0, -6), "f:1:82", /not well-formed XML: unclosed tag: components/],
    ["XML closed wrongly", xml("<components></component>"), "f:1:94", /not well-formed XML/],
    ["Latin-1", Uint8Array.of(...bytes('{"bomFormat":"CycloneDX","x":"'), 0xe9, 0x22, 0x7d), "f, byte 30", /not UTF-8/],
    [
      "XML that declares Latin-1",
      `<?xml version="1.0" encoding="ISO-8859-1"?><bom xmlns="http://cyclonedx.org/schema/bom/1.4">é</bom>`,
      "f:1:1",
      /declares the encoding ISO-8859-1/,
    ],
    ["UTF-16 without a mark", utf16(cdx('"x":1')), "f, byte 0", /without a byte order mark/],
    ["a DOCTYPE with entities", xml("&a;", '<!DOCTYPE bom [<!ENTITY a "b">]>'), "f:1:53", /DOCTYPE/],
    ["an external DTD", xml("", '<!DOCTYPE bom SYSTEM "http://example.com/x.dtd">'), "f:1:69", /DOCTYPE/],
    ["an undefined entity", xml("<components>&secret;</components>"), "f:1:90", /undefined entity/],
    ["gzip", Uint8Array.of(0x1f, 0x8b, 8, 0), "f", /gzip/],
    ["zip", bytes("PK\u0003\u0004rest"), "f", /zip archive/],
    ["Protocol Buffers", bytes("\n\u00031.5\u0018\u0001"), "f", /Protocol Buffers/],
    ["Protocol Buffers text", '# a Bom\nspec_version: "1.5"\n', "f", /Protocol Buffers text/],
    [
      "CycloneDX JSON of tomorrow",
      '{"bomFormat":"CycloneDX","specVersion":"2.0"}',
      "f /specVersion",
      /version it states is not known/,
    ],
    ["CycloneDX JSON of no version", '{"bomFormat":"CycloneDX"}', "f /specVersion", /does not say which version/],
    [
      "CycloneDX JSON of 1.1, which never was",
      '{"bomFormat":"CycloneDX","specVersion":"1.1"}',
      "f /specVersion",
      /not known/,
    ],
    ["CycloneDX XML of tomorrow", '<bom xmlns="http://cyclonedx.org/schema/bom/2.0"/>', "f:1:50", /not known/],
    ["SPDX JSON of yesterday", '{"spdxVersion":"SPDX-1.2"}', "f /spdxVersion", /not known/],
    ["SPDX tag-value of no version", "SPDXVersion:\nPackageName: a\n", "f:1:1", /does not say which version/],
    ["SPDX tag-value of tomorrow", "# hello\nSPDXVersion: SPDX-4.0\n", "f:2:1", /not known/],
    ["SPDX 3.1", '{"@context":"https://spdx.org/rdf/3.1/x.jsonld","@graph":[]}', "f /@context", /not known/],
    ["SPDX YAML", 'SPDXID: "SPDXRef-DOCUMENT"\nspdxVersion: "SPDX-2.3"\n', "f", /SPDX YAML/],
    ["SPDX XML", "<Document><spdxVersion>SPDX-2.2</spdxVersion></Document>", "f:1:10", /SPDX XML/],
    ["RDF", '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', "f:1:66", /RDF\/XML/],
    ["SWID", '<SoftwareIdentity xmlns="http://standards.iso.org/iso/19770/-2/2015/schema.xsd"/>', "f:1:81", /SWID/],
    ["other XML", "<project/>", "f:1:10", /no CycloneDX/],
    ["other JSON", '{"name":"left-pad"}', "f", /none of bomFormat, spdxVersion/],
    ["a JSON list", "[]", "f", /no SBOM in a format known here/],
    ["a signed envelope", '{"payloadType":"x","payload":"y"}', "f", /signed envelope/],
    ["an OpenVEX document", '{"@context":"https://openvex.dev/ns/v0.2.0"}', "f", /OpenVEX/],
    [
      "a context that is an object of strange members",
      '{"@context":{"toString":1,"__proto__":null}}',
      "f",
      /none of bomFormat/,
    ],
    ["a CSAF advisory", '{"document":{"csaf_version":"2.0"}}', "f", /CSAF/],
    ["a table", "name,version\nopenssl,3.0\n", "f", /no SBOM in a format known here/],
  ])("%s", (_, input, at, reason) => {
    const fault = refusal(input);
    expect(fault).toMatchObject({ code: "bad_input", at });
    expect(fault.message).toMatch(reason);
  });
});

test("a billion laughs expand to nothing: the DOCTYPE alone ends the reading", () => {
  const entities = Array.from({ length: 10 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join("");
  const fault = refusal(xml("<components>&l10;</components>", `<!DOCTYPE bom [<!ENTITY l0 "ha">${entities}]>`));
  expect(fault.message).toMatch(/DOCTYPE/);
});

test("the five predefined entities and character references are read", () => {
  const sbom = readSbom(
    bytes(
      xml(
        '<components><component type="library"><name>&lt;&gt;&amp;&quot;&apos;&#233;&#x2603;</name><version>1</version></component></components>',
      ),
    ),
    { name: "f" },
  );
  expect(sbom.components[0]?.name).toBe("<>&\"'é☃");
});

describe("what is too large is refused before it costs memory", () => {
  const deepJson = cdx(`"components":${"[".repeat(100_000)}${"]".repeat(100_000)}`);
  const deepXml = xml("<components>".repeat(100_000));
  const many = cdx(`"components":[${'{"type":"library","name":"a","version":"1"},'.repeat(10)}{}]`);
  const manyTags = `SPDXVersion: SPDX-2.3\n${"PackageName: a\n".repeat(11)}`;
  test.each<[string, string, Partial<SbomLimits>, RegExp]>([
    ["JSON 100,000 deep", deepJson, {}, /nested deeper than 2000 levels/],
    ["XML 100,000 deep", deepXml, {}, /nested deeper than 2000 levels/],
    ["more bytes than allowed", many, { maxBytes: 100 }, /\d+ bytes; the limit is 100/],
    ["more components than allowed", many, { maxComponents: 10 }, /more than 10 components/],
    ["more packages than allowed", manyTags, { maxComponents: 10 }, /more than 10 components/],
    ["more tags than allowed", manyTags, { maxValues: 10 }, /more than 10 values/],
    [
      "more XML elements than allowed",
      xml("<components><component/></components>"),
      { maxValues: 2 },
      /more than 2 values/,
    ],
    ["30 million empty objects", cdx(`"components":[${"{},".repeat(30_000_000)}{}]`), {}, /more than 5000000 values/],
  ])("%s", (_, text, limits, reason) => {
    const fault = refusal(text, limits);
    expect(fault.code).toBe("too_large");
    expect(fault.message).toMatch(reason);
  });

  test("1 GB, by its length alone", () => {
    const gigabyte = Object.defineProperty(new Uint8Array(0), "length", { value: 1_000_000_000 });
    expect(refusal(gigabyte).message).toBe("The SBOM has 1000000000 bytes; the limit is 268435456.");
  });
});

test("a repeated key is named and its last value counts", () => {
  const sbom = readSbom(bytes(cdx('"components":[{"type":"library","name":"a","name":"b","version":"1"}]')), {
    name: "f",
  });
  expect(sbom.components[0]?.name).toBe("b");
  expect(sbom.problems).toEqual([
    { at: "1:89 /components/0/name", reason: expect.stringContaining("the last one counts") },
  ]);
});

test("__proto__ and constructor in a document reach no prototype and lend no members", () => {
  const sbom = readSbom(
    bytes(
      cdx(
        '"__proto__":{"components":[{"name":"ghost"}]},"constructor":1,"components":[{"__proto__":{"name":"ghost","version":"6"},"type":"library"}]',
      ),
    ),
    { name: "f" },
  );
  expect(sbom.components).toMatchObject([{ name: "", version: null }]);
  expect(({} as { components?: unknown }).components).toBeUndefined();
});

test("problems beyond the limit are counted, and long quotes are cut", () => {
  const input = cdx(`"components":[${'{"type":"library","name":"a"},'.repeat(20)}{"type":"library","name":"b"}]`);
  const { problems } = readSbom(bytes(input), { name: "f", limits: { maxProblems: 5 } });
  expect(problems).toHaveLength(6);
  expect(problems[5]).toEqual({ at: "f", reason: "16 more problems are not listed." });
  const long = readSbom(bytes(cdx(`"dependencies":[{"ref":"${"x".repeat(1e6)}"}]`)), { name: "f" });
  expect(long.problems[0]?.reason.length).toBeLessThan(400);
});

describe("patterns take no long time over hostile identifiers", () => {
  const hostile = [
    "pkg:npm/".padEnd(1_000_000, "/"),
    `pkg:npm/${"%25".repeat(300_000)}@`,
    "cpe:2.3:a:".padEnd(1_000_000, "\\?"),
    `${"(".repeat(500_000)}${")".repeat(500_000)}`,
  ];
  test.each(hostile.map((text) => [text.slice(0, 12), text]))("%s …", (_, text) => {
    const startedAt = performance.now();
    const component = { type: "library", name: text, version: "1", purl: text, cpe: text, supplier: { name: text } };
    readSbom(bytes(cdx(`"components":[${JSON.stringify(component)}]`)), { name: "f" });
    readSbom(bytes(`SPDXVersion: SPDX-2.3\nPackageName: a\nPackageSupplier: ${text}\nExternalRef: P purl ${text}`), {
      name: "f",
    });
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});
