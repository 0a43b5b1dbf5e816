import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sampleComponent } from "../../devices/sbom/sample-component.ts";
import type { Component, Sbom } from "../../devices/sbom/schema.ts";
import { Assessment, type Finding } from "../assess/schema.ts";
import { standing } from "./newest.ts";
import type { VexPart, VexStatement, VexStatus } from "./schema.ts";
import { settle } from "./settle.ts";
import { NO_PART } from "./take-statement.ts";

const component = (said: Partial<Component>): Component => sampleComponent({ version: "1", ...said });
const openssl = component({
  ref: "openssl",
  name: "openssl",
  version: "1.1.1",
  purl: "pkg:deb/debian/openssl@1.1.1?arch=armhf&distro=debian-11",
  cpes: ["cpe:2.3:a:openssl:openssl:1.1.1:*:*:*:*:*:*:*"],
});
const busybox = component({
  ref: "busybox",
  name: "busybox",
  version: "1.35",
  cpes: ["cpe:2.3:a:busybox:busybox:1.35:*:*:*:*:*:*:*"],
});
const plain = component({ ref: "zlib", name: "zlib", version: "1.2" });
const app = component({
  ref: "app",
  name: "app",
  version: "5",
  purl: "pkg:golang/example.com/app@v5.0.0",
  type: "application",
});
const net = component({
  ref: "net",
  name: "golang.org/x/net",
  version: "v0.10.0",
  purl: "pkg:golang/golang.org/x/net@v0.10.0",
  parent: "app",
});
const sbom: Sbom = {
  format: { standard: "CycloneDX", version: "1.5", encoding: "json" },
  serial: "urn:uuid:3E671687-395b-41f5-a30f-a58921a69b79",
  name: null,
  createdAt: null,
  authors: [],
  tools: [],
  subject: component({ ref: "pump", type: "device", name: "Pump OS", version: "2" }),
  components: [openssl, busybox, plain, app, net],
  dependencies: [],
  problems: [],
};
const finding = ({ name, version, purl, cpes }: Component): Finding => ({
  component: { name, version, purl, cpe: cpes[0] ?? null },
  advisory: "CVE-2024-1",
  aliases: ["GHSA-1"],
  title: "",
  severity: { source: "", vector: null, score: null, rating: "critical" },
  exploited: null,
  epss: null,
  fixedIn: [],
  disputed: false,
  because: { rule: "package", range: "", source: "osv", record: "CVE-2024-1" },
});
const assessed: Assessment = {
  assessedAt: "",
  asOf: "",
  subject: { name: "Pump", version: "2.4.0", path: "" },
  feeds: [],
  components: 5,
  findings: [openssl, busybox, plain, app, net].map(finding),
  unmatched: [],
  problems: [],
};
const part = (said: Partial<VexPart>): VexPart => ({ ...NO_PART, ...said });
const purl = (text: string) => part({ purls: [text] });
const statement = (said: Partial<VexStatement>): VexStatement => ({
  vulnerabilities: ["CVE-2024-1"],
  products: [part({ name: "Pump", version: "2.4.0" })],
  subcomponents: [],
  status: "not_affected",
  justification: "component_not_present",
  originalJustification: null,
  impact: null,
  action: null,
  note: null,
  author: null,
  source: { format: "openvex", document: "x", at: "/" },
  issuedAt: "2024-01-01T00:00:00.000Z",
  version: "1",
  ...said,
});
const settledBy = (...statements: VexStatement[]) =>
  Assessment.parse(settle(assessed, [{ sbom }], statements)).settled?.map((one) => one.component.name) ?? [];
const ALL = ["openssl", "busybox", "zlib", "app", "golang.org/x/net"];

describe("a statement holds for what it names and nothing else", () => {
  test.each<[string, Partial<VexStatement>, string[]]>([
    ["the whole device", {}, ALL],
    ["the device by a generic package URL", { products: [purl("pkg:generic/Pump@2.4.0")] }, ALL],
    ["any version of the device", { products: [part({ name: "pump" })] }, ALL],
    ["every version of the device", { products: [part({ name: "Pump", range: "vers:all/*" })] }, ALL],
    ["a range of the device", { products: [part({ name: "Pump", range: "vers:generic/>=2.0|<3.0" })] }, ALL],
    ["what the SBOM describes", { products: [part({ name: "Pump OS", version: "2" })] }, ALL],
    ["another release", { products: [part({ name: "Pump", version: "2.3.1" })] }, []],
    ["a range without this release", { products: [part({ name: "Pump", range: "vers:generic/<2.0" })] }, []],
    ["a range nobody can read", { products: [part({ name: "Pump", range: "up to 3" })] }, []],
    ["another product", { products: [part({ name: "Monitor" })] }, []],
    ["another vulnerability", { vulnerabilities: ["CVE-2024-2"] }, []],
    ["the vulnerability by an alias", { vulnerabilities: ["ghsa-1"] }, ALL],
    ["one component of the device", { subcomponents: [purl("pkg:deb/debian/openssl@1.1.1")] }, ["openssl"]],
    ["any version of one component", { subcomponents: [purl("pkg:deb/debian/openssl")] }, ["openssl"]],
    ["another version of it", { subcomponents: [purl("pkg:deb/debian/openssl@3")] }, []],
    ["another architecture of it", { subcomponents: [purl("pkg:deb/debian/openssl@1.1.1?arch=amd64")] }, []],
    ["the package of another ecosystem", { subcomponents: [purl("pkg:npm/openssl@1.1.1")] }, []],
    [
      "one component of another product",
      { products: [part({ name: "Monitor" })], subcomponents: [part({ name: "openssl" })] },
      [],
    ],
    ["a component that could not be read", { subcomponents: [NO_PART] }, []],
    [
      "a component by CPE name",
      { subcomponents: [part({ cpes: ["cpe:2.3:a:busybox:busybox:*:*:*:*:*:*:*:*"] })] },
      ["busybox"],
    ],
    [
      "a package that shares its CPE name with another",
      {
        subcomponents: [
          part({ purls: ["pkg:deb/debian/libssl1.1@1.1.1"], cpes: ["cpe:2.3:a:openssl:openssl:1.1.1:*:*:*:*:*:*:*"] }),
        ],
      },
      [],
    ],
    ["another version by CPE name", { subcomponents: [part({ cpes: ["cpe:/a:busybox:busybox:1.36"] })] }, []],
    ["a CPE name of everything", { subcomponents: [part({ cpes: ["cpe:2.3:*:*:*:*:*:*:*:*:*:*:*"] })] }, []],
    ["a component by name and version", { subcomponents: [part({ name: "zlib", version: "1.2" })] }, ["zlib"]],
    ["a component in no product", { products: [part({ name: "zlib", version: "1.2" })] }, ["zlib"]],
    [
      "a component by BOM-Link",
      { products: [part({ ref: "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/7#zlib" })] },
      ["zlib"],
    ],
    ["the BOM by BOM-Link", { products: [part({ ref: "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/7" })] }, ALL],
    ["another BOM", { products: [part({ ref: "urn:cdx:00000000-395b-41f5-a30f-a58921a69b79/7#zlib" })] }, []],
    ["a component and all in it", { products: [purl("pkg:golang/example.com/app")] }, ["app", "golang.org/x/net"]],
    [
      "a component in a component",
      { products: [purl("pkg:golang/example.com/app")], subcomponents: [purl("pkg:golang/golang.org/x/net@0.10.0")] },
      ["golang.org/x/net"],
    ],
    [
      "a component in one it is not in",
      { products: [purl("pkg:deb/debian/openssl")], subcomponents: [purl("pkg:golang/golang.org/x/net")] },
      [],
    ],
    ["affected", { status: "affected" }, []],
    ["still looking", { status: "under_investigation" }, []],
    ["fixed", { status: "fixed" }, ALL],
  ])("%s", (_, said, settled) => expect(settledBy(statement(said))).toEqual(settled));

  test("a part that stands at two places is settled only when both are spoken of", () => {
    const twice: Sbom = { ...sbom, components: [...sbom.components, { ...net, ref: "net-2", parent: null }] };
    const inApp = statement({
      products: [purl("pkg:golang/example.com/app")],
      subcomponents: [purl("pkg:golang/golang.org/x/net")],
    });
    expect(settle(assessed, [{ sbom: twice }], [inApp]).settled).toEqual([]);
  });

  test("what met nothing is said, and every finding is in exactly one list", () => {
    const stray = statement({ products: [part({ name: "Monitor" })] });
    const result = settle(assessed, [{ sbom }], [statement({ subcomponents: [part({ name: "zlib" })] }), stray]);
    expect(result.vex).toMatchObject({ statements: 2, used: 1, unused: [stray] });
    expect(result.findings).toHaveLength(4);
    expect(result.settled).toHaveLength(1);
  });
});

const OTHER = { vulnerabilities: ["CVE-2024-2"] };
describe("the newest statement stands", () => {
  const later = "2024-06-01T00:00:00.000Z";
  test.each<[string, Partial<VexStatement>, VexStatus]>([
    ["a later one", { status: "affected", issuedAt: later }, "affected"],
    ["not an earlier one", { status: "affected", issuedAt: "2023-01-01T00:00:00.000Z" }, "not_affected"],
    ["not one without a date", { status: "affected", issuedAt: null }, "not_affected"],
    ["a higher version of one day", { status: "fixed", version: "10" }, "fixed"],
    ["of CSAF too: 1.10.0 is higher than 1.9.0", { status: "fixed", version: "1.10.0" }, "fixed"],
    ["the careful one of one day", { status: "affected", version: "1.9.0" }, "affected"],
  ])("%s", (_, said, status) => {
    const first = statement({ version: "1.9.0" });
    expect(standing([first, statement(said)])?.status).toBe(status);
    expect(settledBy(first, statement(said)).length).toBe(status === "affected" ? 0 : 5);
  });

  const edition = (series: string, number: string, said: Partial<VexStatement> = {}) =>
    statement({
      author: "ACME",
      ...said,
      source: { format: "csaf", document: number, at: "/", series, edition: number },
    });
  test.each<[string, VexStatement[], number]>([
    ["one edition", [edition("a", "1.9.0")], 5],
    ["what a later edition says no more is withdrawn", [edition("a", "1.9.0"), edition("a", "1.10.0", OTHER)], 0],
    ["whatever their order", [edition("a", "2", OTHER), edition("a", "1")], 0],
    ["an earlier one withdraws nothing", [edition("a", "2"), edition("a", "1", OTHER)], 5],
    ["nor does a draft of the same", [edition("a", "1.0.0"), edition("a", "1.0.0-rc.1", OTHER)], 5],
    ["nor another document", [edition("a", "1"), edition("b", "2", OTHER)], 5],
    [
      "nor somebody else's of the same name",
      [edition("a", "1"), edition("a", "2", { ...OTHER, author: "Mallory" })],
      5,
    ],
    [
      "nor one about another product under the same id",
      [edition("a", "1"), edition("a", "2", { ...OTHER, products: [part({ name: "Monitor" })] })],
      5,
    ],
  ])("editions of a document: %s", (_, statements, settled) => {
    expect(settledBy(...statements)).toHaveLength(settled);
  });

  test("whatever the order they are read in", () => {
    const any = fc.record({
      status: fc.constantFrom<VexStatus>("not_affected", "affected", "fixed", "under_investigation"),
      issuedAt: fc.constantFrom(null, "2024-01-01T00:00:00.000Z", later),
      version: fc.constantFrom(null, "1", "2", "x"),
      impact: fc.constantFrom(null, "a", "b"),
    });
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 8 }), fc.infiniteStream(fc.nat()), (all, random) => {
        const statements = all.map((said) => statement(said));
        const shuffled = statements.map((one) => ({ one, at: random.next().value })).sort((a, b) => a.at - b.at);
        expect(standing(shuffled.map(({ one }) => one))).toEqual(standing(statements));
      }),
    );
  });
});
