import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault } from "../../../lib/fault.ts";
import { notToCome } from "./not-to-come.ts";
import { readVex } from "./read-vex.ts";
import { VexReading } from "./schema.ts";

const bytes = (value: unknown) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
const read = (value: unknown) => VexReading.parse(readVex(bytes(value), { name: "vex" }));

const openvex = (statement: object) => ({
  "@context": "https://openvex.dev/ns/v0.2.0",
  "@id": "https://example.com/vex/1",
  author: "Example Devices",
  timestamp: "2024-01-02T03:04:05+01:00",
  version: 3,
  statements: [
    {
      vulnerability: { name: "CVE-2024-1", aliases: ["GHSA-1"] },
      products: [{ "@id": "pkg:generic/pump@2", subcomponents: [{ "@id": "pkg:deb/debian/openssl@3" }] }],
      status: "not_affected",
      justification: "component_not_present",
      ...statement,
    },
  ],
});

const cyclonedx = (analysis: object, affects: unknown = [{ ref: "lib" }]) => ({
  bomFormat: "CycloneDX",
  specVersion: "1.5",
  serialNumber: "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
  version: 2,
  metadata: {
    timestamp: "2024-01-02T00:00:00Z",
    component: { "bom-ref": "pump", name: "Pump", version: "2", type: "device" },
  },
  components: [
    { "bom-ref": "lib", type: "library", group: "org", name: "lib", version: "1", purl: "pkg:maven/org/lib@1" },
  ],
  vulnerabilities: [{ id: "CVE-2024-1", analysis, affects }],
});

const csaf = (status: object, more: object = {}) => ({
  document: {
    category: "csaf_vex",
    csaf_version: "2.0",
    publisher: { category: "vendor", name: "Example Devices", namespace: "https://example.com" },
    title: "VEX",
    tracking: {
      current_release_date: "2024-01-02T00:00:00Z",
      id: "1",
      initial_release_date: "2024-01-02T00:00:00Z",
      version: "4",
    },
  },
  product_tree: {
    branches: [
      {
        category: "product_name",
        name: "Pump",
        branches: [{ category: "product_version", name: "2", product: { product_id: "P", name: "Pump 2" } }],
      },
      {
        category: "product_version_range",
        name: "vers:generic/<2",
        product: { product_id: "R", name: "Pump before 2" },
      },
    ],
    full_product_names: [
      { product_id: "C", name: "lib", product_identification_helper: { purl: "pkg:maven/org/lib@1" } },
    ],
    relationships: [
      {
        category: "default_component_of",
        product_reference: "C",
        relates_to_product_reference: "P",
        full_product_name: { product_id: "C:P", name: "lib in Pump" },
      },
    ],
  },
  vulnerabilities: [{ cve: "CVE-2024-1", product_status: status, ...more }],
});

describe("VEX documents become statements of one shape", () => {
  test("OpenVEX: aliases, subcomponents, the document's instant in UTC", () => {
    const [statement] = read(openvex({})).statements;
    expect(statement).toMatchObject({
      vulnerabilities: ["CVE-2024-1", "GHSA-1"],
      status: "not_affected",
      justification: "component_not_present",
      author: "Example Devices",
      issuedAt: "2024-01-02T02:04:05.000Z",
      version: "3",
    });
    expect(statement?.products[0]?.purls).toEqual(["pkg:generic/pump@2"]);
    expect(statement?.subcomponents[0]?.purls).toEqual(["pkg:deb/debian/openssl@3"]);
  });

  test("OpenVEX 0.0.1: texts instead of objects, subcomponents beside the products", () => {
    const old = {
      "@context": "https://openvex.dev/ns",
      author: "A",
      statements: [
        {
          vulnerability: "CVE-2023-1",
          products: ["pkg:oci/app@1"],
          subcomponents: ["pkg:apk/wolfi/git@2"],
          status: "fixed",
          timestamp: "2023-01-16T19:07:16Z",
        },
      ],
    };
    const reading = read(old);
    expect(reading.formatVersion).toBe("0.0.1");
    expect(reading.statements[0]).toMatchObject({ status: "fixed", issuedAt: "2023-01-16T19:07:16.000Z" });
    expect(reading.statements[0]?.subcomponents[0]?.purls).toEqual(["pkg:apk/wolfi/git@2"]);
  });

  test.each([
    [
      { state: "not_affected", justification: "requires_environment" },
      "not_affected",
      "vulnerable_code_cannot_be_controlled_by_adversary",
    ],
    [{ state: "false_positive" }, "not_affected", null],
    [{ state: "resolved" }, "fixed", null],
    [{ state: "resolved_with_pedigree" }, "fixed", null],
    [{ state: "exploitable", detail: "Update." }, "affected", null],
    [{ state: "in_triage" }, "under_investigation", null],
  ])("CycloneDX %j is %s because of %s", (analysis, status, justification) => {
    const [statement] = read(cyclonedx(analysis)).statements;
    expect(statement).toMatchObject({ status, justification });
    expect(statement?.products).toMatchObject([{ name: "Pump", version: "2" }]);
    expect(statement?.subcomponents).toMatchObject([{ name: "org/lib", purls: ["pkg:maven/org/lib@1"] }]);
  });

  test("CycloneDX: what affects the subject is about the whole product; a BOM-Link keeps its address", () => {
    const link = "urn:cdx:11111111-395b-41f5-a30f-a58921a69b79/1#other";
    const { statements } = read(cyclonedx({ state: "resolved" }, [{ ref: "pump" }, { ref: link }]));
    expect(statements).toHaveLength(1);
    expect(statements[0]?.subcomponents).toEqual([]);
    expect(statements[0]?.products.map(({ ref }) => ref)).toEqual(["pump", link]);
  });

  test("CycloneDX XML says the same as JSON", () => {
    const xml = `<?xml version="1.0"?><bom xmlns="http://cyclonedx.org/schema/bom/1.5" serialNumber="urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79" version="2">
      <metadata><timestamp>2024-01-02T00:00:00Z</timestamp><component type="device" bom-ref="pump"><name>Pump</name><version>2</version></component></metadata>
      <components><component type="library" bom-ref="lib"><group>org</group><name>lib</name><version>1</version><purl>pkg:maven/org/lib@1</purl></component></components>
      <vulnerabilities><vulnerability><id>CVE-2024-1</id><analysis><state>exploitable</state><responses><response>update</response></responses></analysis>
      <affects><target><ref>lib</ref></target></affects></vulnerability></vulnerabilities></bom>`;
    expect(read(xml).statements).toEqual(read(cyclonedx({ state: "exploitable", response: ["update"] })).statements);
  });

  test("CSAF: flags, impact, remedies, versions and components of products", () => {
    const { statements, refused } = read(
      csaf(
        { known_not_affected: ["C:P"], known_affected: ["R"], fixed: ["P"] },
        {
          flags: [{ label: "vulnerable_code_not_present", product_ids: ["C:P"] }],
          remediations: [
            { category: "mitigation", details: "Unplug.", product_ids: ["R"] },
            { category: "vendor_fix", details: "Update to 2.", product_ids: ["R"] },
          ],
        },
      ),
    );
    expect(refused).toEqual([]);
    expect(statements).toMatchObject([
      {
        status: "not_affected",
        justification: "vulnerable_code_not_present",
        products: [{ name: "Pump", version: "2" }],
        subcomponents: [{ purls: ["pkg:maven/org/lib@1"] }],
      },
      { status: "affected", action: "Update to 2.", products: [{ version: null, range: "vers:generic/<2" }] },
      { status: "fixed", products: [{ name: "Pump" }], version: "4" },
    ]);
  });

  test("Buildroot's ignored CVEs: a patch fixed it, another comment says why it does not apply", () => {
    const rows = [
      "buildroot_tag\tpackage\tcve\treason_comment_in_recipe",
      "2022.02\tbind\tCVE-2019-6470\tLibrary CVE used by ISC DHCP",
      "2022.02\tgrub2\tCVE-2020-14308\t0005-calloc.patch",
      "2022.02\tx\tCVE-2020-1\t",
      "2022.02\tx\tCVE-2020-10000\t",
    ];
    const { statements, refused } = read(rows.join("\n"));
    expect(statements).toMatchObject([
      {
        status: "not_affected",
        impact: "Library CVE used by ISC DHCP",
        products: [{ name: "buildroot", version: "2022.02" }],
        subcomponents: [{ name: "bind" }],
      },
      { status: "fixed", note: "Patched in the recipe: 0005-calloc.patch" },
    ]);
    expect(refused.map(({ at }) => at)).toEqual(["vex line 4", "vex line 5"]);
  });
});

describe("what must not be believed is refused with its place", () => {
  test.each([
    ["no reason", openvex({ justification: undefined }), "/statements/0", "neither a justification"],
    ["an unknown status", openvex({ status: "probably_fine" }), "/statements/0/status", "probably_fine"],
    ["an unknown justification", openvex({ justification: "trust_us" }), "/statements/0", "trust_us"],
    ["no product", openvex({ products: [] }), "/statements/0", "names no product"],
    ["a nameless product", openvex({ products: [{}] }), "/statements/0/products", "no identity"],
    ["no vulnerability", openvex({ vulnerability: {} }), "/statements/0", "names no vulnerability"],
    ["an impossible day", openvex({ timestamp: "2024-13-45T00:00:00Z" }), "/statements/0", "no instant"],
    ["no reason", cyclonedx({ state: "not_affected" }), "/vulnerabilities/0", "neither a justification"],
    ["an unknown state", cyclonedx({ state: "fine" }), "/vulnerabilities/0/analysis/state", "fine"],
    ["nothing it affects", cyclonedx({ state: "resolved" }, []), "/vulnerabilities/0", "names no product"],
    [
      "a dangling reference",
      cyclonedx({ state: "resolved" }, [{ ref: "?" }]),
      "/vulnerabilities/0/affects/0/ref",
      "no component",
    ],
    [
      "a version against the analysis",
      cyclonedx({ state: "resolved" }, [{ ref: "pump", versions: [{ version: "1", status: "affected" }] }]),
      "/vulnerabilities/0/affects/0/versions/0",
      "contradicts",
    ],
    [
      "no reason",
      csaf({ known_not_affected: ["P"] }),
      "/vulnerabilities/0/product_status/known_not_affected/0",
      "neither a justification",
    ],
    ["an unknown product", csaf({ fixed: ["Q"] }), "/vulnerabilities/0/product_status/fixed/0", "no product"],
    ["an unknown status", csaf({ known_fine: ["P"] }), "/vulnerabilities/0/product_status/known_fine", "not known"],
  ])("%s", (_, document, at, reason) => {
    const { statements, refused } = read(document);
    expect(statements).toEqual([]);
    expect(refused[0]?.at).toBe(`vex ${at}`);
    expect(refused[0]?.reason).toContain(reason);
  });

  test.each([
    ["{}"],
    ["[]"],
    ["<a/>"],
    [""],
    ['{"bomFormat":"CycloneDX","specVersion":"1.3"}'],
    ['{"@context":"https://openvex.dev/ns/v9.0.0"}'],
  ])("%s is no VEX document", (text) => expect(() => read(text)).toThrow(Fault));
});

test("a statement dated ahead of time is refused: it would stand above all that is said until then", () => {
  const statement = (timestamp: string) => ({
    vulnerability: "CVE-2024-1",
    products: ["pkg:npm/a@1"],
    status: "fixed",
    timestamp,
  });
  const reading = read({
    "@context": "https://openvex.dev/ns/v0.2.0",
    "@id": "x",
    author: "a",
    version: 1,
    statements: [statement("2026-11-24T23:00:00-05:00"), statement("2099-01-01T00:00:00Z")],
  });
  const { statements, refused } = notToCome(reading, new Date("2026-11-24T12:00:00Z"));
  expect(statements.map(({ source }) => source.at)).toEqual(["/statements/0"]);
  expect(refused).toEqual([{ at: "vex /statements/1", reason: "It is dated 2099-01-01, which is to come" }]);
});

test("a document that says more than can be kept is refused where it goes too far", () => {
  const many = { length: 320 };
  const branches = Array.from(many, (_, i) => ({
    category: "product_version",
    name: `${i}`,
    product: { name: `part ${i}`, product_id: `P${i}` },
  }));
  const vulnerabilities = Array.from(many, (_, i) => ({
    cve: `CVE-2024-${1000 + i}`,
    product_status: { fixed: Array.from(many, (_, k) => `P${k}`) },
  }));
  const document = { ...csaf({}), product_tree: { branches: [{ category: "vendor", name: "v", branches }] } };
  expect(() => read({ ...document, vulnerabilities })).toThrow(
    expect.objectContaining({
      code: "too_large",
      at: expect.stringContaining("/vulnerabilities/312/product_status/fixed/160"),
    }),
  );
  expect(read({ ...document, vulnerabilities: vulnerabilities.slice(0, 300) }).statements).toHaveLength(96_000);
});

test("no document, however broken, throws anything but a Fault", () => {
  const seeds: object[] = [
    openvex({}),
    cyclonedx({ state: "exploitable" }, [{ ref: "pump", versions: [{ range: "vers:semver/<1" }] }]),
    csaf(
      { known_not_affected: ["C:P"], fixed: ["R"] },
      { flags: [{ label: "component_not_present", group_ids: ["G"] }] },
    ),
  ];
  const junk = fc.oneof(
    fc.constant(null),
    fc.integer(),
    fc.string(),
    fc.constant([]),
    fc.constant({}),
    fc.constant([null]),
    fc.constant({ a: [1] }),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...seeds),
      fc.array(fc.tuple(fc.nat(), junk), { minLength: 1, maxLength: 4 }),
      (seed, changes) => {
        const document = structuredClone(seed);
        for (const [nth, value] of changes) mutate(document, nth, value);
        try {
          read(document);
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      },
    ),
    { numRuns: 600 },
  );
});

test("no text, cut or changed, throws anything but a Fault", () => {
  const xml =
    '<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><vulnerabilities><vulnerability><id>CVE-1</id><analysis><state>resolved</state></analysis><affects><target><ref>pkg:a/b@1</ref></target></affects></vulnerability></vulnerabilities></bom>';
  const text = fc.oneof(
    fc.constantFrom(xml, JSON.stringify(openvex({})), "buildroot_tag\tpackage\tcve\tx\n1\ta\tCVE-2020-1234\tb"),
    fc.string(),
  );
  fc.assert(
    fc.property(text, fc.nat(300), fc.string({ maxLength: 5 }), (whole, at, put) => {
      try {
        read(whole.slice(0, at) + put + whole.slice(at + put.length));
      } catch (error) {
        expect(error).toBeInstanceOf(Fault);
      }
    }),
    { numRuns: 600 },
  );
});

/** Replaces the nth member of a document by another value. */
function mutate(document: object, nth: number, value: unknown): void {
  const places: [Record<string, unknown>, string][] = [];
  const open: unknown[] = [document];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== "object" || next === null) continue;
    for (const key of Object.keys(next)) {
      places.push([next as Record<string, unknown>, key]);
      open.push((next as Record<string, unknown>)[key]);
    }
  }
  const place = places[nth % Math.max(1, places.length)];
  if (place !== undefined) place[0][place[1]] = structuredClone(value);
}
