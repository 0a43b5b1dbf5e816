import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { feeds, readFeedText } from "../../../tests/support/read-feed-text.ts";
import { Fault } from "../../lib/fault.ts";
import { loadPlugIns } from "../../platform/files/load-plug-ins.ts";
import { checkFeed, feedFolder } from "./feed.ts";
import { readFeeds } from "./read-feeds.ts";

const reasonOf = async (content: unknown) => {
  const items = await readFeedText(content);
  expect(items).toHaveLength(1);
  const [item] = items;
  return item?.type === "record" ? "record" : `${item?.type}: ${item?.reason}`;
};

describe("what is no feed is named, with the reason", () => {
  test.each<[string, unknown, string]>([
    ["nothing", "", "skipped: The file is empty"],
    [
      "a licence",
      "MIT License\n\nPermission is",
      'skipped: Text that is no feed Cordon reads; it begins with "MIT License Permission is"',
    ],
    ["an SBOM", { bomFormat: "CycloneDX", components: [] }, "skipped: An SBOM, no feed: give it to `cordon assess`"],
    ["prose with a colon", "Read: this, it is no feed.\n\n- [a]: b: c\n", "skipped: Text that is no feed"],
    ["a retired format", { CVE_data_type: "CVE", CVE_Items: [] }, "skipped: NVD JSON 1.1"],
    ["a list of CSAF documents", { feed: { entry: [] } }, "skipped: A ROLIE list"],
    ["other data", { a: 1, "b\u001b": 2 }, 'skipped: Data that is no feed Cordon reads; its keys are "a, b "'],
    ["a list", ["a", "b"], "skipped: A list whose elements are no feed Cordon reads"],
    ["bytes", new Uint8Array([137, 80, 78, 71, 0, 1, 2]), "skipped: Binary data, no feed"],
    ["cut JSON", '{"id": "GO-1"', "problem: This is not JSON"],
    ["broken YAML", "id: GO-1\nmodified: [1\n", "problem: This is not YAML"],
    [
      "words in another encoding",
      new Uint8Array([0x69, 0x64, 0x3a, 0x20, 0xe9]),
      "problem: The bytes here are not UTF-8",
    ],
    [
      "YAML that grows on its own",
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n`,
      "problem: This YAML cannot be read",
    ],
    [
      "JSON 100,000 deep",
      `{"id":"GO-1","modified":"x","affected":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
      "problem: ",
    ],
    [
      "YAML whose keys nest without end",
      `id: GO-1\nmodified: x\n${"? ".repeat(300)}x\n`,
      "problem: A key of this YAML is a list or a map",
    ],
    [
      "11 million empty objects",
      `{"vulnerabilities":[${"{},".repeat(11_000_000)}{}]}`,
      "problem: More than 10000000 values",
    ],
    ["YAML 100,000 deep", `id: GO-1\nmodified: ${"[".repeat(100_000)}`, "problem: "],
  ])("%s", async (_, content, expected) => {
    expect(await reasonOf(content)).toContain(expected);
  });

  test("no control character of the input reaches a message", async () => {
    expect(await reasonOf("\u001b[2Jwords")).not.toContain("\u001b");
  });
});

describe("memory stays bounded", () => {
  async function* endless(line: string, times: number) {
    for (let i = 0; i < times; i++) yield Buffer.from(line);
  }
  const read = async (bytes: () => AsyncIterable<Uint8Array>, limits: object) => {
    const counts: Record<string, number> = {};
    async function* inputs() {
      yield { path: "x", bytes };
    }
    for await (const item of readFeeds(inputs(), { feeds, ...limits })) {
      const key = item.type === "problem" ? item.reason : item.type;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    return counts;
  };

  test("one record a line streams, however long the document", async () => {
    const line = `${JSON.stringify({ id: "GO-1-1", modified: "2024-01-01T00:00:00Z", details: "x".repeat(10_000) })}\n`;
    expect(await read(() => endless(line, 5000), { maxDocumentBytes: 100_000 })).toEqual({ record: 5000 });
  });

  test("a document over the limit is refused while it arrives", async () => {
    let chunks = 0;
    async function* bytes() {
      for await (const chunk of endless(" ".repeat(1000), 1_000_000)) {
        chunks += 1;
        yield chunk;
      }
    }
    const counts = await read(bytes, { maxDocumentBytes: 50_000 });
    expect(counts).toEqual({ "One document of more than 50000 bytes is not held in memory": 1 });
    expect(chunks).toBeLessThan(100);
  });

  test("a line over the limit is dropped and told, and the next read", async () => {
    const good = `${JSON.stringify({ id: "GO-1-1", modified: "2024-01-01T00:00:00Z" })}\n`;
    async function* bytes() {
      yield Buffer.from(good);
      yield* endless("x".repeat(1000), 100);
      yield Buffer.from(`\n${good}`);
    }
    expect(await read(bytes, { maxLineBytes: 10_000 })).toEqual({ record: 2, "The line is longer than the limit": 1 });
  });
});

/** One good document per format; what is done to it must never crash a reader. */
const SAMPLES: object[] = [
  {
    id: "GHSA-1",
    modified: "2024-01-01T00:00:00Z",
    severity: [{ type: "CVSS_V3", score: "CVSS:3.1/AV:N" }],
    affected: [
      {
        package: { ecosystem: "PyPI", name: "a" },
        ranges: [{ type: "ECOSYSTEM", events: [{ introduced: "0" }, { fixed: "1" }] }],
        versions: ["1"],
      },
    ],
    references: [{ type: "WEB", url: "https://example.org" }],
    database_specific: { severity: "HIGH", cwe_ids: ["CWE-1"] },
  },
  {
    cveMetadata: { cveId: "CVE-2024-1", state: "PUBLISHED" },
    containers: {
      cna: {
        affected: [
          {
            vendor: "a",
            product: "b",
            cpes: ["cpe:2.3:a:b:c:*:*:*:*:*:*:*:*"],
            versions: [
              { version: "1", lessThan: "2.*", status: "affected", changes: [{ at: "1.5", status: "unaffected" }] },
            ],
          },
        ],
        metrics: [
          { cvssV3_1: { vectorString: "CVSS:3.1/AV:N" } },
          { other: { type: "ssvc", content: { options: [{ Exploitation: "none" }] } } },
        ],
        problemTypes: [{ descriptions: [{ cweId: "CWE-1" }] }],
        cpeApplicability: [
          {
            operator: "AND",
            nodes: [
              {
                operator: "OR",
                negate: false,
                cpeMatch: [{ vulnerable: true, criteria: "cpe:2.3:a:b:c:1:*:*:*:*:*:*:*" }],
              },
            ],
          },
        ],
      },
      adp: [{ title: "x" }],
    },
  },
  {
    document: {
      csaf_version: "2.0",
      category: "x",
      title: "t",
      publisher: { name: "p" },
      tracking: { id: "A-1", current_release_date: "2024-01-01" },
    },
    product_tree: {
      branches: [
        {
          category: "vendor",
          name: "v",
          branches: [
            {
              category: "product_version_range",
              name: "<1 | 2",
              product: {
                product_id: "P",
                name: "n",
                product_identification_helper: { cpe: "cpe:2.3:a:b:c:*:*:*:*:*:*:*:*", purl: "pkg:npm/a@1" },
              },
            },
          ],
        },
      ],
    },
    vulnerabilities: [
      {
        cve: "CVE-2024-1",
        product_status: { known_affected: ["P"], fixed: ["P"] },
        remediations: [{ category: "vendor_fix", details: "Update to 1.2 or later", product_ids: ["P"] }],
        scores: [{ products: ["P"], cvss_v3: { vectorString: "x" } }],
      },
    ],
  },
  {
    catalogVersion: "1",
    dateReleased: "2024-01-01",
    vulnerabilities: [{ cveID: "CVE-2024-1", dateAdded: "2024-01-01" }],
  },
  {
    _annotation: { cve_id: "CVE-2024-1" },
    cve: {
      configurations: [
        { nodes: [{ operator: "OR", cpeMatch: [{ vulnerable: true, criteria: "cpe:2.3:a:b:c:1.x:*:*:*:*:*:*:*" }] }] },
      ],
    },
  },
  {
    format: "NVD_CVE",
    vulnerabilities: [{ cve: { id: "CVE-2024-1", metrics: { cvssMetricV31: [{ cvssData: { vectorString: "x" } }] } } }],
  },
  { gem: "a", cve: "2024-1", title: "t", patched_versions: ["~> 1.2", ">= 2"] },
  { title: "t", reference: "composer://a/b", branches: { "1.x": { time: null, versions: [">=1", "<2"] } } },
  { id: 1, title: "t", module_name: "a", vulnerable_versions: "<1 || ^2" },
  { cve: ["CVE-2017-1"], vulnerable: "8.x", patched: "^8.1" },
  { "retire-example": {}, jquery: { vulnerabilities: [{ below: "1", identifiers: { CVE: ["CVE-2020-1"] } }] } },
  { distroversion: "v3.5", reponame: "main", packages: [{ pkg: { name: "a", secfixes: { "1-r0": ["CVE-2018-1"] } } }] },
  {
    "schema-version": "2",
    package: { name: "a" },
    advisories: [
      { id: "CGA-1", aliases: [], events: [{ timestamp: "2024", type: "fixed", data: { "fixed-version": "1-r0" } }] },
    ],
  },
  { "CVE-2020-1": { "5.10": { fixed_version: "5.10.1" } } },
];

/** The sample with one value somewhere inside replaced. */
function withOneChanged(sample: object, step: number, value: unknown): object {
  const copy = structuredClone(sample);
  const places: [Record<string, unknown>, string][] = [];
  const visit = (inside: unknown) => {
    if (typeof inside !== "object" || inside === null) return;
    for (const key of Object.keys(inside)) {
      places.push([inside as Record<string, unknown>, key]);
      visit((inside as Record<string, unknown>)[key]);
    }
  };
  visit(copy);
  const [place, key] = places[step % places.length] ?? [{}, ""];
  place[key] = value;
  return copy;
}

const placesIn = (value: unknown): number =>
  typeof value === "object" && value !== null
    ? Object.values(value).reduce((sum: number, inside) => sum + 1 + placesIn(inside), 0)
    : 0;

/** Every item is a record, a skip or a problem; a reader that failed on its own is a bug. */
async function neverFails(content: unknown) {
  for (const item of await readFeedText(content))
    if (item.type !== "record") expect(item.reason).not.toContain("The reader failed");
}

describe("whatever comes, no reader crashes", () => {
  test("every sample is read by a feed", async () => {
    for (const sample of SAMPLES) expect((await readFeedText(sample)).map((item) => item.type)).toContain("record");
  });

  test("random bytes", () =>
    fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), neverFails), { numRuns: 300 }));

  test("random text behind the heads feeds are known by", () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          "cve,epss,percentile\n",
          "cpe_vendor\tcpe_product\tpurl\n",
          "```toml\n[advisory]\n",
          "[29 Mar 2023] DSA-1-1 a\n",
          "---\n",
          "{",
          "id: ",
        ),
        fc.string({ maxLength: 200 }),
        (head, text) => neverFails(head + text),
      ),
      { numRuns: 500 },
    ));

  test("random values as JSON and as YAML", () =>
    fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        await neverFails(value ?? "null");
        await neverFails(stringify({ id: "GO-1", modified: value }));
      }),
      { numRuns: 300 },
    ));

  test("an object that cannot be made a text, at every place of every format", async () => {
    for (const sample of SAMPLES)
      for (let step = 0; step < placesIn(sample); step++)
        await neverFails(withOneChanged(sample, step, { toString: 0, valueOf: 0 }));
  });

  test("good documents of every format with one value replaced", () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...SAMPLES),
        fc.nat(),
        fc.oneof(fc.jsonValue(), fc.string()),
        (sample, step, value) => neverFails(withOneChanged(sample, step, value)),
      ),
      { numRuns: 3000 },
    ));
});

describe("feeds are plug-ins", () => {
  test("every file of the folder is a feed with a name of its own", () => {
    expect(feeds.length).toBeGreaterThanOrEqual(15);
    expect(new Set(feeds.map((feed) => feed.name)).size).toBe(feeds.length);
  });

  test("no format is claimed by two feeds, so that their order does not matter", () => {
    for (const sample of SAMPLES) {
      const document = { path: "x", text: () => JSON.stringify(sample), data: () => sample };
      expect(feeds.filter((feed) => feed.recognise(document))).toHaveLength(1);
    }
  });

  test.each([[{}], [{ default: {} }], [{ default: { name: "x", title: "X", recognise: () => true } }], [null]])(
    "a file that exports %j stops the start with its name",
    (module) => {
      expect(() => checkFeed(module, "bad.ts")).toThrow(Fault);
    },
  );

  test("a folder that is not there is told", async () => {
    await expect(loadPlugIns(new URL("./no-such/", feedFolder), checkFeed)).rejects.toThrow();
  });
});
