import { describe, expect, test } from "vitest";
import { advisoriesIn, holdsFor, readFeedText } from "../../../../tests/support/read-feed-text.ts";

interface Match {
  criteria: string;
  vulnerable?: boolean;
}

const cpe = (part: string, product: string, version = "*", rest = "*:*:*:*:*:*:*") =>
  `cpe:2.3:${part}:acme:${product}:${version}:${rest}`;
const node = (matches: Match[], said = {}) => ({
  operator: "OR",
  negate: false,
  cpeMatch: matches.map((match) => ({ vulnerable: true, matchCriteriaId: "0", ...match })),
  ...said,
});
const override = (configurations: object[] | null) => ({
  _annotation: {
    cve_id: "CVE-2024-0001",
    description: "A flaw.",
    published: "2024-01-01T00:00:00",
    modified: "2024-02-01T00:00:00",
  },
  cve: configurations === null ? {} : { configurations },
});

const affectedBy = async (configurations: object[]) =>
  (await advisoriesIn(override(configurations)))[0]?.affected ?? [];

describe("CPE configurations", () => {
  test.each<[object, string, boolean]>([
    [{ versionEndExcluding: "2.0" }, "1.9", true],
    [{ versionEndExcluding: "2.0" }, "2.0", false],
    [{ versionEndIncluding: "2.0" }, "2.0", true],
    [{ versionStartIncluding: "1.0", versionEndExcluding: "2.0" }, "1.0", true],
    [{ versionStartExcluding: "1.0", versionEndExcluding: "2.0" }, "1.0", false],
    [{ versionStartIncluding: "1.0" }, "9", true],
    [{}, "9", true],
  ])("%j holds for %s: %s", async (bounds, version, affected) => {
    const [item] = await affectedBy([{ nodes: [node([{ criteria: cpe("a", "pump"), ...bounds }])] }]);
    expect(item && holdsFor(item, version)).toBe(affected);
  });

  test("exact names of one product are one item with a list of versions", async () => {
    const matches = ["1.0", "1.1", "1.2\\+3"].map((version) => ({ criteria: cpe("a", "pump", version) }));
    const items = await affectedBy([{ nodes: [node(matches)] }]);
    expect(items.map((item) => [item.cpe, item.versions])).toEqual([[cpe("a", "pump"), ["1.0", "1.1", "1.2+3"]]]);
  });

  test("the parts and other attributes of a name are kept", async () => {
    const criteria = cpe("o", "pump_firmware", "1.0", "*:*:*:*:*:arm:*");
    expect((await affectedBy([{ nodes: [node([{ criteria }])] }]))[0]?.cpe).toBe(
      cpe("o", "pump_firmware", "*", "*:*:*:*:*:arm:*"),
    );
  });

  test("under AND the vulnerable name holds only on its platform", async () => {
    const nodes = [
      node([{ criteria: cpe("o", "pump_firmware"), vulnerable: true }]),
      node([
        { criteria: cpe("h", "pump", "-"), vulnerable: false },
        { criteria: cpe("h", "pump_mini", "-"), vulnerable: false },
      ]),
    ];
    const items = await affectedBy([{ operator: "AND", nodes }]);
    expect(items.map((item) => [item.cpe, item.platforms])).toEqual([
      [cpe("o", "pump_firmware"), [cpe("h", "pump", "-"), cpe("h", "pump_mini", "-")]],
    ]);
  });

  test("under OR the nodes stand alone, and names that are not vulnerable say nothing", async () => {
    const nodes = [node([{ criteria: cpe("a", "one") }]), node([{ criteria: cpe("a", "two"), vulnerable: false }])];
    const items = await affectedBy([{ nodes }]);
    expect(items.map((item) => [item.cpe, item.platforms])).toEqual([[cpe("a", "one"), []]]);
  });

  test("two vulnerable nodes under AND are each other's platform", async () => {
    const nodes = [node([{ criteria: cpe("a", "one") }]), node([{ criteria: cpe("a", "two") }])];
    const items = await affectedBy([{ operator: "AND", nodes }]);
    expect(items.map((item) => item.platforms)).toEqual([[cpe("a", "two")], [cpe("a", "one")]]);
  });

  test("a negated node and an application without a version are not decided", async () => {
    const negated = await affectedBy([{ nodes: [node([{ criteria: cpe("a", "pump") }], { negate: true })] }]);
    const dash = await affectedBy([{ nodes: [node([{ criteria: cpe("a", "pump", "-") }])] }]);
    expect([negated[0]?.everyVersion, dash[0]?.everyVersion]).toEqual([false, false]);
    expect(negated[0]?.undecidable).toHaveLength(1);
    expect(dash[0]?.undecidable).toHaveLength(1);
  });

  test.each([
    ["an empty name null:null", [{ nodes: [node([{ criteria: "cpe:2.3:a:null:null:*:*:*:*:*:*:*:*" }])] }]],
    ["a broken name", [{ nodes: [node([{ criteria: "not a name" }])] }]],
    ["no configurations", null],
  ])("%s gives no record", async (_, configurations) => {
    expect(await advisoriesIn(override(configurations))).toEqual([]);
  });
});

test("a page of the API: vectors, weaknesses, rejection, its date, and a bad entry reported", async () => {
  const cve = {
    id: "CVE-2024-0001",
    vulnStatus: "Rejected",
    lastModified: "2024-02-01T00:00:00.000",
    descriptions: [{ lang: "en", value: "A flaw." }],
    weaknesses: [{ description: [{ lang: "en", value: "CWE-79" }] }],
    metrics: { cvssMetricV31: [{ source: "nvd@nist.gov", cvssData: { vectorString: "CVSS:3.1/AV:N" } }] },
    configurations: [{ nodes: [node([{ criteria: cpe("a", "pump") }])] }],
  };
  const page = {
    format: "NVD_CVE",
    version: "2.0",
    timestamp: "2024-03-01T00:00:00.000",
    vulnerabilities: [{ cve }, { cve: { id: 7 } }],
  };
  const [asOf, record, problem] = await readFeedText(page);
  expect(asOf).toMatchObject({ record: { kind: "as-of", source: "nvd", at: "2024-03-01T00:00:00.000Z" } });
  expect(record).toMatchObject({
    record: {
      advisory: {
        withdrawnAt: "2024-02-01T00:00:00.000Z",
        cwes: ["CWE-79"],
        severities: [{ kind: "CVSS_V3", source: "nvd@nist.gov" }],
      },
    },
  });
  expect(problem).toMatchObject({ type: "problem", at: "/vulnerabilities/1/cve/id" });
});
