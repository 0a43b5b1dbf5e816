import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { KEV } from "../../../../tests/cli/sample-feeds.ts";
import { tarOf, zipOf } from "../../../../tests/support/archives.ts";
import { sourceNamed, sources } from "../../../../tests/support/load-from.ts";
import { feeds } from "../../../../tests/support/read-feed-text.ts";
import { json, sourceWorld } from "../../../../tests/support/source-world.ts";
import { checkSource } from "../source.ts";

const world = sourceWorld();
const { load, put, paths } = world;

const osv = (id: string, modified = "2026-11-01T00:00:00Z") => ({
  id,
  modified,
  affected: [{ package: { ecosystem: "npm", name: "a" }, versions: ["1"] }],
});
describe("the catalogue", () => {
  test("has every source, each with a feed format that exists and an https address", () => {
    expect(sources.length).toBeGreaterThan(20);
    const formats = new Set(feeds.map(({ name }) => name));
    for (const source of sources) {
      expect(
        source.formats.filter((name) => !formats.has(name)),
        source.name,
      ).toEqual([]);
      expect(
        Object.values(source.bases).every((base) => base.startsWith("https://")),
        source.name,
      ).toBe(true);
      expect(source.gives.length, source.name).toBeGreaterThan(20);
    }
  });

  test.each<[string, unknown, RegExp]>([
    ["no default export", {}, /exports no source/],
    ["a source without an address", { default: { ...sourceNamed("epss"), bases: {} } }, /lacks bases/],
    [
      "a source without read and terms",
      { default: { ...sourceNamed("epss"), read: 1, terms: null } },
      /lacks terms, read/,
    ],
    ["a source of another name than its file", { default: sourceNamed("nvd") }, /named nvd/],
  ])("refuses %s by name", (_, module, reason) => {
    expect(() => checkSource(module, "epss.ts")).toThrow(reason);
  });
});

test("OSV: an archive per ecosystem, then single records, then the archive when they are many", async () => {
  const osvLoader = load("osv", { choice: ["npm"] });
  put("osv", "bucket/npm/modified_id.csv", "2026-11-20T00:00:00Z,GHSA-1\n");
  put(
    "osv",
    "bucket/npm/all.zip",
    await zipOf({ "GHSA-1.json": json(osv("GHSA-1")), "GHSA-2.json": json(osv("GHSA-2")) }),
  );
  await osvLoader.visit();
  expect(await osvLoader.ids()).toEqual(["GHSA-1", "GHSA-2"]);
  await osvLoader.visit();
  expect(paths()).toEqual(["npm/modified_id.csv", "npm/all.zip", "npm/modified_id.csv"]);

  put(
    "osv",
    "bucket/npm/modified_id.csv",
    "2026-11-22T00:00:00.5Z,GHSA-3\n2026-11-21T00:00:00Z,GHSA-1\n2026-11-20T00:00:00Z,GHSA-1\n",
  );
  put("osv", "bucket/npm/GHSA-3.json", osv("GHSA-3"));
  put("osv", "bucket/npm/GHSA-1.json", { ...osv("GHSA-1", "2026-11-21T00:00:00Z"), summary: "changed" });
  await osvLoader.visit();
  expect(osvLoader.state.failure).toBeNull();
  expect(paths().slice(3)).toEqual(["npm/modified_id.csv", "npm/GHSA-3.json", "npm/GHSA-1.json"]);
  expect(await osvLoader.ids()).toEqual(["GHSA-1", "GHSA-1", "GHSA-2", "GHSA-3"]);

  const lines = Array.from({ length: 301 }, (_, i) => `2026-11-23T00:00:00Z,GHSA-${i}`).join("\n");
  put("osv", "bucket/npm/modified_id.csv", `${lines}\n`);
  put(
    "osv",
    "bucket/npm/all.zip",
    await zipOf({ "GHSA-9.json": json(osv("GHSA-9")), "GHSA-2.json": json(osv("GHSA-2")) }),
  );
  await osvLoader.visit();
  expect(await osvLoader.ids()).toEqual(["GHSA-2", "GHSA-9"]);

  put("osv", "bucket/npm/modified_id.csv", "modified\tid\n");
  await osvLoader.visit();
  expect(osvLoader.state.failure?.reason).toMatch(/changed its shape/);
  expect(await osvLoader.ids()).toHaveLength(2);
});
test("OSV: what the archive did not hold yet when its list was written is taken at the next visit", async () => {
  const loader = load("osv", { choice: ["npm"] });
  put("osv", "bucket/npm/modified_id.csv", "2026-11-20T05:00:00Z,GHSA-2\n2026-11-01T00:00:00Z,GHSA-1\n");
  put("osv", "bucket/npm/all.zip", await zipOf({ "GHSA-1.json": json(osv("GHSA-1")) }));
  put("osv", "bucket/npm/GHSA-2.json", osv("GHSA-2"));
  await loader.visit();
  put(
    "osv",
    "bucket/npm/modified_id.csv",
    "2026-11-20T06:00:00Z,GHSA-3\n2026-11-20T05:00:00Z,GHSA-2\n2026-11-01T00:00:00Z,GHSA-1\n",
  );
  put("osv", "bucket/npm/GHSA-3.json", osv("GHSA-3"));
  await loader.visit();
  expect(await loader.ids()).toEqual(["GHSA-1", "GHSA-2", "GHSA-3"]);
});

test("Go: the index says what changed", async () => {
  const go = load("go-vulndb");
  const record = (id: string) => ({
    ...osv(id),
    affected: [{ package: { ecosystem: "Go", name: "a" }, versions: ["1"] }],
  });
  put("go-vulndb", "database/index/db.json", { modified: "2026-11-01T00:00:00Z" });
  put("go-vulndb", "database/index/vulns.json", [{ id: "GO-2026-0001", modified: "2026-11-01T00:00:00Z" }]);
  put(
    "go-vulndb",
    "database/vulndb.zip",
    await zipOf({ "ID/GO-2026-0001.json": json(record("GO-2026-0001")), "index/db.json": "{}" }),
  );
  await go.visit();
  put("go-vulndb", "database/index/db.json", { modified: "2026-11-02T00:00:00Z" });
  put("go-vulndb", "database/index/vulns.json", [
    { id: "GO-2026-0001", modified: "2026-11-01T00:00:00Z" },
    { id: "GO-2026-0002", modified: "2026-11-02T00:00:00Z" },
  ]);
  put("go-vulndb", "database/ID/GO-2026-0002.json", record("GO-2026-0002"));
  await go.visit();
  expect(await go.ids()).toEqual(["GO-2026-0001", "GO-2026-0002"]);
  expect(paths().filter((path) => path === "vulndb.zip")).toHaveLength(1);
});

test("Alpine: the page lists the releases, each file is asked for only if it changed", async () => {
  const alpine = load("alpine-secdb");
  const secdb = (fix: string) => ({
    distroversion: "v3.22",
    reponame: "main",
    packages: [{ pkg: { name: "curl", secfixes: { "8.0-r0": [fix] } } }],
  });
  put("alpine-secdb", "secdb/", '<a href="../">..</a> <a href="edge/">edge/</a> <a href="v3.22/">v3.22/</a>');
  put("alpine-secdb", "secdb/v3.22/main.json", secdb("CVE-2026-1000"));
  await alpine.visit();
  expect(await alpine.ids()).toEqual(["ALPINE-v3.22-main-CVE-2026-1000"]);
  await alpine.visit();
  expect(world.server.asked.filter(({ path, status }) => path.endsWith("main.json") && status === 304)).toHaveLength(1);
  put("alpine-secdb", "secdb/", "<html>moved</html>");
  await alpine.visit();
  expect(alpine.state.failure?.reason).toMatch(/links to no release/);
  expect(await alpine.ids()).toHaveLength(1);
});

const RUST =
  '```toml\n[advisory]\nid = "RUSTSEC-2024-0001"\npackage = "thing"\ndate = "2024-01-02"\n[versions]\npatched = []\n```\n# A flaw\n';
const RUBY = '---\ngem: rack\ncve: 2024-0001\ntitle: A flaw\ndate: 2024-01-02\npatched_versions:\n  - ">= 1.0"\n';
const PHP =
  "title: A flaw\nlink: https://example.org\ncve: CVE-2024-0001\nbranches:\n  1.x:\n    time: 2024-01-01 00:00:00\n    versions: ['<1.2']\nreference: composer://a/b\n";
const WOLFI =
  "schema-version: 2.0.2\npackage:\n  name: curl\nadvisories:\n  - id: CGA-1\n    aliases: [CVE-2024-0001]\n    events:\n      - timestamp: 2024-01-01T00:00:00Z\n        type: fixed\n        data: {fixed-version: 1.0-r0}\n";
const EOL =
  "---\ntitle: Thing\npermalink: /thing\nreleases:\n  - releaseCycle: '1'\n    releaseDate: 2024-01-01\n    eol: 2026-01-01\n---\nText\n";

describe("repositories: each is known by its own files", () => {
  test.each<[string, string, string, string, string]>([
    [
      "github-advisories",
      "main",
      "advisories/github-reviewed/2026/11/GHSA-1/GHSA-1.json",
      json(osv("GHSA-1")),
      "GHSA-1",
    ],
    ["rustsec", "main", "crates/thing/RUSTSEC-2024-0001.md", RUST, "RUSTSEC-2024-0001"],
    ["rubysec", "master", "gems/rack/CVE-2024-0001.yml", RUBY, "RUBYSEC-rack-CVE-2024-0001"],
    ["friends-of-php", "master", "a/b/CVE-2024-0001.yaml", PHP, "PHP-a/b-CVE-2024-0001"],
    ["wolfi-advisories", "main", "curl.advisories.yaml", WOLFI, "CGA-1"],
    ["endoflife-repository", "master", "products/thing.md", EOL, "support"],
  ])("%s", async (name, branch, path, text, id) => {
    const source = load(name);
    const repository = source.source.home.replace("https://github.com/", "");
    const head = "a".repeat(40);
    put(name, `api/repos/${repository}/commits/${branch}`, `${head}\n`);
    put(
      name,
      `archive/${repository}/tar.gz/${head}`,
      gzipSync(await tarOf({ [`repo-${head}/${path}`]: text, [`repo-${head}/LICENSE`]: "x y" })),
    );
    await source.visit();
    expect(source.state.failure).toBeNull();
    expect(await source.ids()).toEqual([id]);
    expect(path).toMatch(/./);
  });
});

describe("a few documents at fixed addresses", () => {
  const tracker = {
    curl: {
      "CVE-2024-0001": {
        description: "A flaw",
        scope: "local",
        releases: {
          bookworm: { status: "resolved", fixed_version: "7.88-1", urgency: "low" },
          trixie: { status: "open", urgency: "low" },
        },
      },
    },
  };
  const eolApi = {
    schema_version: "1.2.0",
    generated_at: "2026-11-24T00:00:00+00:00",
    total: 1,
    result: [
      {
        name: "thing",
        label: "Thing",
        identifiers: [{ id: "pkg:npm/thing", type: "purl" }],
        labels: { eoes: null },
        releases: [
          {
            name: "1",
            releaseDate: "2024-01-01",
            isEol: false,
            eolFrom: "2027-01-01",
            latest: { name: "1.2", date: "2026-01-01" },
          },
        ],
      },
    ],
  };
  const retire = {
    "retire-example": {},
    jquery: {
      vulnerabilities: [
        { below: "1.9", severity: "medium", identifiers: { CVE: ["CVE-2012-0001"], summary: "x" }, info: [] },
      ],
      extractors: {},
    },
  };
  const secdb = {
    apkurl: "x",
    reponame: "os",
    urlprefix: "https://packages.wolfi.dev",
    packages: [{ pkg: { name: "curl", secfixes: { "8.0-r0": ["CVE-2026-1000", "GHSA-1"] } } }],
  };
  const dsa =
    "[29 Mar 2023] DSA-5381-1 tomcat9 - security update\n\t{CVE-2022-42252}\n\t[bullseye] - tomcat9 9.0.43-2~deb11u6\n";

  test.each<[string, Record<string, string | object>, string[]]>([
    ["cisa-kev", { catalog: KEV }, ["CVE-2025-2000"]],
    [
      "epss",
      {
        daily: gzipSync(
          "#model_version:v4,score_date:2026-11-24T00:00:00Z\ncve,epss,percentile\nCVE-2024-0001,0.5,0.9\n",
        ),
      },
      ["CVE-2024-0001"],
    ],
    ["debian-tracker", { json: tracker }, ["DEBIAN-CVE-2024-0001"]],
    [
      "debian-lists",
      { "lists/DSA/list": dsa, "lists/DLA/list": dsa.replace("DSA", "DLA") },
      ["DLA-5381-1", "DSA-5381-1"],
    ],
    ["wolfi", { security: secdb }, ["WOLFI-SECDB-os-CVE-2026-1000", "WOLFI-SECDB-os-GHSA-1"]],
    [
      "retire-js",
      { "repository/jsrepository-v4.json": retire, "repository/npmrepository.json": retire },
      ["RETIREJS-jquery-CVE-2012-0001-1.9", "RETIREJS-jquery-CVE-2012-0001-1.9"],
    ],
    ["endoflife", { "api/products/full": eolApi }, ["support"]],
  ])("%s: taken, then not again", async (name, documents, ids) => {
    const source = load(name);
    for (const [path, content] of Object.entries(documents)) put(name, path, content);
    await source.visit();
    expect(source.state.failure).toBeNull();
    expect(await source.ids()).toEqual(ids);
    await source.visit();
    const count = Object.keys(documents).length;
    expect(world.server.asked.map(({ status }) => status)).toEqual([
      ...Array(count).fill(200),
      ...Array(count).fill(304),
    ]);
    for (const path of Object.keys(documents)) put(name, path, "<html>We moved</html>");
    await source.visit();
    expect(source.state.failure?.reason).toMatch(/changed its shape/);
    expect(await source.ids()).toEqual(ids);
  });
});
