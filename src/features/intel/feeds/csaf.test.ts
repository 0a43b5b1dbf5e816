import { describe, expect, test } from "vitest";
import { advisoriesIn, affectedIn, holdsFor, readFeedText } from "../../../../tests/support/read-feed-text.ts";

const document = {
  category: "csaf_security_advisory",
  csaf_version: "2.0",
  title: "Acme Pump",
  publisher: { name: "CISA", category: "coordinator", namespace: "https://example.org" },
  tracking: {
    id: "ICSMA-24-001-01",
    current_release_date: "2024-02-01T00:00:00Z",
    initial_release_date: "2024-01-01T00:00:00Z",
  },
};

interface Version {
  id: string;
  name: string;
  category?: string;
  helper?: object;
}

const tree = (versions: Version[]) => ({
  branches: [
    {
      category: "vendor",
      name: "Acme",
      branches: [
        {
          category: "product_name",
          name: "Pump 3000",
          branches: versions.map(({ id, name, category = "product_version_range", helper }) => ({
            category,
            name,
            product: {
              product_id: id,
              name: `Acme Pump ${name}`,
              ...(helper ? { product_identification_helper: helper } : {}),
            },
          })),
        },
      ],
    },
  ],
});

const csaf = (
  versions: Version[],
  vulnerability: object = { product_status: { known_affected: versions.map((one) => one.id) } },
) => ({
  document,
  product_tree: tree(versions),
  vulnerabilities: [{ cve: "CVE-2024-0001", ...vulnerability }],
});

describe("version words of a product tree", () => {
  test.each<[string, string, boolean]>([
    ["vers:all/*", "7", true],
    ["All versions", "7", true],
    ["<= 9.33", "9.33", true],
    ["<= 9.33", "9.34", false],
    ["vers:all/<V7.0.3", "7.0.2", true],
    ["vers:all/<V7.0.3", "7.0.3", false],
    [">= V7.80 < V9.30", "9.29", true],
    [">= V7.80 < V9.30", "7.70", false],
    [">= 1.46 | <= 1.50.598", "1.50", true],
    [">= 1.46 | <= 1.50.598", "1.60", false],
    ["All versions >= V6.1 < V6.1 HF2", "6.1 HF1", true],
    ["All versions < V 4.22", "4.21", true],
    ["Version 1.4 and prior", "1.3", true],
    ["1.0 through 1.4", "1.5", false],
    ["9.13 | 9.19 | 9.33", "9.19", true],
    ["<= 1.12 | 1.14", "1.14", true],
    ["<= 1.12 | 1.14", "1.13", false],
    ["6.x", "6.9", true],
    ["6.x", "7.0", false],
  ])("%s holds for %s: %s", async (name, version, affected) => {
    expect(holdsFor(await affectedIn(csaf([{ id: "A", name }])), version)).toBe(affected);
  });

  test.each([
    "distributed < april 1, 2018",
    "<=the_first_5_digits_of_serial_number_23121",
    "9.x (with batteries >= 22D19)",
    "with wireless option",
  ])("%s is left to a person", async (name) => {
    const item = await affectedIn(csaf([{ id: "A", name }]));
    expect(item.undecidable).toEqual([name]);
    expect(item.intervals.length + item.versions.length).toBe(0);
  });

  test("a product without a version branch is affected in every version", async () => {
    const product_tree = {
      branches: [
        {
          category: "vendor",
          name: "Acme",
          branches: [{ category: "product_name", name: "Pump", product: { product_id: "A", name: "Acme Pump" } }],
        },
      ],
    };
    const item = await affectedIn({
      ...csaf([]),
      product_tree,
      vulnerabilities: [{ cve: "CVE-2024-1", product_status: { known_affected: ["A"] } }],
    });
    expect([item.product, item.everyVersion]).toEqual([{ vendor: "Acme", name: "Pump" }, true]);
  });
});

describe("product status", () => {
  const versions = [
    { id: "OLD", name: "<2.0" },
    { id: "FIX", name: "2.0.1", category: "product_version" },
    { id: "SPECIAL", name: "1.5", category: "product_version" },
  ];

  test("fixed and not affected products of the same name are exceptions; the fix is named", async () => {
    const status = { known_affected: ["OLD"], fixed: ["FIX"], known_not_affected: ["SPECIAL"] };
    const item = await affectedIn(csaf(versions, { product_status: status }));
    expect(["1.4", "1.5", "2.0.1"].map((version) => holdsFor(item, version))).toEqual([true, false, false]);
  });

  test("a fix is taken from a remediation only when plainly worded and for that product", async () => {
    const fix = (details: string) => [{ category: "vendor_fix", details, product_ids: ["A"] }];
    const said = { product_status: { known_affected: ["A"] } };
    const fixed = async (details: string) =>
      (await affectedIn(csaf([{ id: "A", name: "<= 1.9" }], { ...said, remediations: fix(details) }))).intervals[0]
        ?.fixed;
    expect(await fixed("Update to V2.0.3 or later version")).toBe("2.0.3");
    expect(await fixed("See the 2.0.3 release notes")).toBeNull();
  });

  test("first and last affected bound a range", async () => {
    const bounds = [
      { id: "F", name: "1.2", category: "product_version" },
      { id: "L", name: "1.6", category: "product_version" },
    ];
    const item = await affectedIn(csaf(bounds, { product_status: { first_affected: ["F"], last_affected: ["L"] } }));
    expect(["1.1", "1.2", "1.6", "1.7"].map((version) => holdsFor(item, version))).toEqual([false, true, true, false]);
  });

  test("under investigation is told as undecidable", async () => {
    const item = await affectedIn(csaf(versions, { product_status: { under_investigation: ["SPECIAL"] } }));
    expect(item.undecidable).toEqual(["under investigation: 1.5"]);
  });

  test("a vulnerability that affects nothing affects nothing", async () => {
    const [advisory] = await advisoriesIn(csaf(versions, { product_status: { known_not_affected: ["OLD"] } }));
    expect(advisory?.affected).toEqual([]);
  });
});

describe("identification", () => {
  test("a CPE and a package URL go before words", async () => {
    const helper = { cpe: "cpe:2.3:h:acme:pump_3000:*:*:*:*:*:*:*:*", purl: "pkg:pypi/pump-tool@1.0" };
    const [advisory] = await advisoriesIn(csaf([{ id: "A", name: "<2.0", helper }]));
    expect(advisory?.affected.map((item) => [item.package, item.cpe, item.product])).toEqual([
      [{ ecosystem: "PyPI", name: "pump-tool" }, null, null],
      [null, "cpe:2.3:h:acme:pump_3000:*:*:*:*:*:*:*:*", null],
    ]);
  });

  test("a component of a product keeps its own name and the product as platform", async () => {
    const helper = { cpe: "cpe:2.3:o:acme:os:9:*:*:*:*:*:*:*" };
    const base = csaf([
      { id: "LIB", name: "<2.0" },
      { id: "OS", name: "9", category: "product_version", helper },
    ]);
    const relationships = [
      {
        category: "default_component_of",
        product_reference: "LIB",
        relates_to_product_reference: "OS",
        full_product_name: { product_id: "LIB-ON-OS", name: "x" },
      },
    ];
    const item = await affectedIn({
      ...base,
      product_tree: { ...base.product_tree, relationships },
      vulnerabilities: [{ cve: "CVE-2024-1", product_status: { known_affected: ["LIB-ON-OS"] } }],
    });
    expect([item.product?.name, item.platforms]).toEqual(["Pump 3000", ["cpe:2.3:o:acme:os:9:*:*:*:*:*:*:*"]]);
  });

  test("each vulnerability is a record of its own, so that two CVEs of one document never become one", async () => {
    const two = {
      ...csaf([{ id: "A", name: "<2" }]),
      vulnerabilities: [{ cve: "CVE-2024-1" }, { cve: "CVE-2024-2" }, {}],
    };
    const advisories = await advisoriesIn(two);
    expect(advisories.map(({ id, aliases, source }) => [id, aliases, source])).toEqual([
      ["ICSMA-24-001-01/CVE-2024-1", ["CVE-2024-1"], "csaf:CISA"],
      ["ICSMA-24-001-01/CVE-2024-2", ["CVE-2024-2"], "csaf:CISA"],
      ["ICSMA-24-001-01/3", [], "csaf:CISA"],
    ]);
  });

  test("scores of several products stay with their products", async () => {
    const versions = [{ id: "A", name: "<2" }];
    const scores = [
      { products: ["A"], cvss_v3: { vectorString: "CVSS:3.1/AV:N" } },
      { products: ["B"], cvss_v3: { vectorString: "CVSS:3.1/AV:P" } },
    ];
    const [advisory] = await advisoriesIn(csaf(versions, { product_status: { known_affected: ["A"] }, scores }));
    expect(advisory?.severities).toHaveLength(2);
    expect(advisory?.affected[0]?.severities.map((one) => one.value)).toEqual(["CVSS:3.1/AV:N"]);
  });
});

test("a product tree nested 10,000 deep is cut with a problem, not a crash", async () => {
  let branch: object = { category: "product_name", name: "x", product: { product_id: "DEEP", name: "x" } };
  for (let i = 0; i < 10_000; i++) branch = { category: "vendor", name: "v", branches: [branch] };
  const deep = JSON.stringify({ document, product_tree: { branches: "HERE" }, vulnerabilities: [] }).replace(
    '"HERE"',
    `[${nest(branch)}]`,
  );
  const [item] = await readFeedText(deep);
  expect(item).toMatchObject({ type: "problem", reason: "The product tree is nested too deep" });
});

/** JSON.stringify would itself run out of stack. */
function nest(branch: object): string {
  const heads: string[] = [];
  let at: { branches?: object[] } = branch;
  for (; at.branches?.[0] !== undefined; at = at.branches[0])
    heads.push('{"category":"vendor","name":"v","branches":[');
  return heads.join("") + JSON.stringify(at) + "]}".repeat(heads.length);
}

test("a bad vulnerability is reported by place and the next is read", async () => {
  const items = await readFeedText({ ...csaf([]), vulnerabilities: [{ cve: 5 }, { cve: "CVE-2024-2" }] });
  expect(items.map((item) => [item.type, item.type === "problem" ? item.at : ""])).toEqual([
    ["record", ""],
    ["problem", "/vulnerabilities/0/cve"],
  ]);
});
