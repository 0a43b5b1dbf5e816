import { describe, expect, test } from "vitest";
import { advisoriesIn, affectedIn, holdsFor, readFeedText } from "../../../../tests/support/read-feed-text.ts";

const rust = (versions: string, more = "") =>
  `\`\`\`toml\n[advisory]\nid = "RUSTSEC-2024-0001"\npackage = "thing"\ndate = "2024-01-02"\naliases = ["CVE-2024-0001"]\n${more}\n[versions]\n${versions}\n\`\`\`\n\n# A flaw\n\nIt is bad.\n`;

describe("RustSec: everything but what is patched and unaffected", () => {
  test.each<[string, string, boolean]>([
    ['patched = [">= 1.2.3"]', "1.2.2", true],
    ['patched = [">= 1.2.3"]', "1.2.3", false],
    ['patched = [">= 1.2.3"]\nunaffected = ["< 0.3.0"]', "0.2.9", false],
    ['patched = [">= 1.2.3"]\nunaffected = ["< 0.3.0"]', "0.3.0", true],
    ['patched = ["^0.9.5", ">= 1.2.3"]', "0.9.6", false],
    ['patched = ["^0.9.5", ">= 1.2.3"]', "1.0.0", true],
    ['patched = [">= 0.9.5, < 1.0.0", ">= 1.2.3"]', "0.9.9", false],
    ['unaffected = ["> 2.0.0"]\npatched = []', "2.0.0", true],
    ["patched = []", "9.9.9", true],
  ])("%s: %s affected is %s", async (versions, version, affected) => {
    expect(holdsFor(await affectedIn(rust(versions)), version)).toBe(affected);
  });

  test("title, text, aliases and an informational mark", async () => {
    const [advisory] = await advisoriesIn(rust("patched = []", 'informational = "unsound"'));
    expect(advisory).toMatchObject({
      title: "A flaw",
      details: "It is bad.",
      aliases: ["CVE-2024-0001"],
      publishedAt: "2024-01-02T00:00:00.000Z",
      severities: [{ kind: "rating", value: "informational" }],
    });
  });

  test("broken TOML is a problem", async () => {
    expect(await readFeedText(rust("patched = [")).then((items) => items.map((item) => item.type))).toEqual([
      "problem",
    ]);
  });
});

const ruby = (versions: string, name = "gem: rack") =>
  `---\n${name}\ncve: 2024-0001\ntitle: A flaw\ndate: 2024-01-02\n${versions}`;

describe("Ruby advisories: everything but what is patched", () => {
  const patched = 'patched_versions:\n  - "~> 1.2.5"\n  - ">= 1.4.0"\nunaffected_versions:\n  - "< 1.0.0"\n';
  test.each([
    ["0.9", false],
    ["1.2.4", true],
    ["1.2.5", false],
    ["1.2.9", false],
    ["1.3.0", true],
    ["1.4.0", false],
  ])("%s affected is %s", async (version, affected) => {
    expect(holdsFor(await affectedIn(ruby(patched)), version)).toBe(affected);
  });

  /** Each as Gem::Requirement answers it. */
  test.each([
    ["~> 4.1.14, >= 4.1.14.1", "4.2.0.rc1", true],
    ["~> 4.1.14, >= 4.1.14.1", "4.1.14", true],
    ["~> 4.1.14, >= 4.1.14.1", "4.1.14.1", false],
    [">= 4.1.14.1, ~> 4.1.14", "4.1.14", true],
    ["~> 1.2", "2.0.0.beta1", true],
    ["~> 1.2", "1.9", false],
    ["~> 1.0.0.rc1.1", "1.0.1", false],
    ["~> 1.8.5-p2", "1.8.6", false],
    ["~> 1.8.5-p2", "1.9.0.a", true],
  ])("patched %s: %s affected is %s", async (requirement, version, affected) => {
    expect(holdsFor(await affectedIn(ruby(`patched_versions: ["${requirement}"]`)), version)).toBe(affected);
  });

  test("an engine is known by its CPE name", async () => {
    const item = await affectedIn(ruby('patched_versions: [">= 3.0"]', "engine: ruby"));
    expect(item.cpe).toBe("cpe:2.3:a:ruby-lang:ruby:*:*:*:*:*:*:*:*");
  });
});

test.each([
  ["2.1.0", true],
  ["2.9", false],
  ["3.1", true],
  ["3.2", false],
])("PHP branches: %s affected is %s", async (version, affected) => {
  const yaml =
    "title: A flaw\nlink: https://example.org\ncve: CVE-2024-0001\nreference: composer://acme/thing\nbranches:\n" +
    "  2.x: {time: 2024-01-02 10:00:00, versions: ['>=2.0', '<2.2']}\n  3.x: {time: ~, versions: ['>=3.0', '<3.2']}\n";
  const [advisory] = await advisoriesIn(yaml);
  expect(advisory).toMatchObject({ aliases: ["CVE-2024-0001"], publishedAt: "2024-01-02T10:00:00.000Z" });
  expect(advisory?.affected[0] && holdsFor(advisory.affected[0], version)).toBe(affected);
});

describe("Node.js security working group", () => {
  test.each<[string, string, boolean]>([
    ["<=2.1.1", "2.1.1", true],
    ["<=2.1.1", "2.1.2", false],
    ["^1.2.0 || >=3.0.0 <3.1.0", "1.9.9", true],
    ["^1.2.0 || >=3.0.0 <3.1.0", "2.0.0", false],
    ["^1.2.0 || >=3.0.0 <3.1.0", "3.0.5", true],
    ["*", "7.0.0", true],
  ])("npm module %s: %s affected is %s", async (range, version, affected) => {
    const file = {
      id: 1,
      title: "A flaw",
      module_name: "thing",
      vulnerable_versions: range,
      cves: [],
      publish_date: "2017-01-02",
    };
    expect(holdsFor(await affectedIn(file), version)).toBe(affected);
  });

  test("Node.js itself: vulnerable lines without the patched versions, one record per CVE", async () => {
    const file = {
      cve: ["CVE-2017-1", "CVE-2017-2"],
      vulnerable: "8.x || 7.x",
      patched: "^8.1.4 || ^7.10.1",
      overview: "x",
    };
    const advisories = await advisoriesIn(file);
    expect(advisories.map((one) => one.aliases)).toEqual([["CVE-2017-1"], ["CVE-2017-2"]]);
    const [item] = advisories[0]?.affected ?? [];
    expect(["8.1.3", "8.1.4", "7.9.0", "9.0.0"].map((version) => item && holdsFor(item, version))).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});

test("Retire.js: libraries by their npm name", async () => {
  const vulnerability = {
    atOrAbove: "1.2.0",
    below: "1.9.0",
    severity: "medium",
    identifiers: { CVE: ["CVE-2020-1"], githubID: "GHSA-a" },
  };
  const advisories = await advisoriesIn({
    "retire-example": {},
    "jquery.old": { npmname: "jquery", vulnerabilities: [vulnerability] },
  });
  expect(advisories).toMatchObject([
    { aliases: ["CVE-2020-1", "GHSA-a"], affected: [{ package: { ecosystem: "npm", name: "jquery" } }] },
  ]);
  const [item] = advisories[0]?.affected ?? [];
  expect(["1.1.9", "1.2.0", "1.9.0"].map((version) => item && holdsFor(item, version))).toEqual([false, true, false]);
});

test("Alpine: one record per vulnerability and release; version 0 was never affected", async () => {
  const yaml =
    "distroversion: v3.5\nreponame: main\npackages:\n  - pkg:\n      name: apache2\n      secfixes:\n        2.4.35-r0:\n          - CVE-2018-1 XSA-1\n        0:\n          - CVE-2018-2\n";
  const advisories = await advisoriesIn(yaml);
  expect(advisories.map(({ id, aliases }) => [id, aliases])).toEqual([
    ["ALPINE-v3.5-main-CVE-2018-2", ["CVE-2018-2"]],
    ["ALPINE-v3.5-main-CVE-2018-1", ["CVE-2018-1", "XSA-1"]],
  ]);
  const [never, once] = advisories.flatMap(({ affected }) => affected);
  expect(once?.package).toEqual({ ecosystem: "Alpine:v3.5", name: "apache2" });
  expect(never?.package).toEqual(once?.package);
  expect([never, once].map((item) => item && holdsFor(item, "2.4.1-r0"))).toEqual([false, true]);
});

describe("Wolfi: the newest event decides", () => {
  const file = (events: object[]) => ({
    "schema-version": "2.0.2",
    package: { name: "thing" },
    advisories: [{ id: "CGA-1", aliases: ["CVE-2024-1"], events }],
  });
  const found = { timestamp: "2024-01-01T00:00:00Z", type: "detection", data: {} };
  const fixed = { timestamp: "2024-01-02T00:00:00Z", type: "fixed", data: { "fixed-version": "1.2-r1" } };
  const judged = { timestamp: "2024-01-03T00:00:00Z", type: "false-positive-determination" };
  test.each<[string, object[], boolean, boolean]>([
    ["found", [found], true, true],
    ["fixed later", [fixed, found], false, true],
    ["judged a false positive", [judged, found, fixed], false, false],
  ])("%s", async (_, events, everyVersion, affected) => {
    const [advisory] = await advisoriesIn(file(events));
    const [item] = advisory?.affected ?? [];
    expect(item?.package).toEqual({ ecosystem: "Wolfi", name: "thing" });
    expect(item?.everyVersion).toBe(everyVersion);
    expect(item && holdsFor(item, "1.1-r0")).toBe(affected);
  });
});

test("Debian's lists: fixed versions per release, CVEs as names", async () => {
  const list =
    "[29 Mar 2023] DSA-5380-1 xorg-server - security update\n\t{CVE-2023-1393 CVE-2023-1394}\n\t[bullseye] - xorg-server 2:1.20.11-1+deb11u6\n\t[buster] - xorg-server <not-affected>\n" +
    "[01 Jan 2023] DSA-5000-1 old - security update\n\t[bullseye] - old <unfixed>\n\tNOTE: words\n";
  const advisories = await advisoriesIn(list);
  expect(advisories).toMatchObject([
    {
      id: "DSA-5380-1",
      source: "debian:DSA",
      aliases: ["CVE-2023-1393", "CVE-2023-1394"],
      publishedAt: "2023-03-29T00:00:00.000Z",
      affected: [
        { package: { ecosystem: "Debian:11", name: "xorg-server" }, intervals: [{ fixed: "2:1.20.11-1+deb11u6" }] },
        {
          package: { ecosystem: "Debian:10", name: "xorg-server" },
          intervals: [],
          exceptions: [{ from: null, to: null }],
        },
      ],
    },
    { id: "DSA-5000-1", affected: [{ everyVersion: true }] },
  ]);
});

test("kernel streams: a version is judged against the fix of its own stream", async () => {
  const [advisory] = await advisoriesIn({
    "CVE-2020-1": { "5.10": { cmt_id: "x", fixed_version: "5.10.110" }, "6.1": { fixed_version: "6.1" } },
  });
  const [item] = advisory?.affected ?? [];
  expect(["5.9.5", "5.10.101", "5.10.110", "5.15.1"].map((version) => item && holdsFor(item, version))).toEqual([
    false,
    true,
    false,
    false,
  ]);
});
