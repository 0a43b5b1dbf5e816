import { describe, expect, test } from "vitest";
import { advisoriesIn, affectedIn, holdsFor, readFeedText } from "../../../../tests/support/read-feed-text.ts";

const record = (said: object) => ({ id: "GHSA-aaaa-bbbb-cccc", modified: "2024-05-01T10:00:00Z", ...said });

const ranged = (events: object[], { ecosystem = "PyPI", type = "ECOSYSTEM" } = {}) =>
  record({ affected: [{ package: { ecosystem, name: "thing" }, ranges: [{ type, events }] }] });

describe("OSV evaluation, by the schema's algorithm", () => {
  const two = [{ introduced: "1.0" }, { fixed: "1.4" }, { introduced: "2.0" }, { fixed: "2.1" }];
  test.each<[object[], string, boolean]>([
    [[{ introduced: "0" }, { fixed: "1.4" }], "0.1", true],
    [[{ introduced: "0" }, { fixed: "1.4" }], "1.4", false],
    [[{ introduced: "0" }, { fixed: "1.4" }], "1.4rc1", true],
    [two, "1.3", true],
    [two, "1.9", false],
    [two, "2.0", true],
    [two, "2.1", false],
    [[...two].reverse(), "1.9", false],
    [[{ introduced: "1.0" }, { last_affected: "1.4" }], "1.4", true],
    [[{ introduced: "1.0" }, { last_affected: "1.4" }], "1.4.1", false],
    [[{ introduced: "1.0" }], "99", true],
    [[{ introduced: "1.0" }, { limit: "2.0" }], "1.9", true],
    [[{ introduced: "1.0" }, { limit: "2.0" }], "2.0", false],
    [[{ introduced: "1.0" }, { limit: "2.0" }, { limit: "3.0" }], "2.5", true],
    [[{ introduced: "1.0" }, { limit: "*" }], "9", true],
    [[{ introduced: "1.0" }, { introduced: "2.0" }, { fixed: "3.0" }], "1.5", true],
    [[{ fixed: "3.0" }], "1.5", false],
    [[{ introduced: "3.0" }, { fixed: "3.0" }], "3.0", false],
  ])("%j holds for %s: %s", async (events, version, affected) => {
    expect(holdsFor(await affectedIn(ranged(events)), version)).toBe(affected);
  });

  test("the first good version is kept for the person who must update", async () => {
    const { intervals } = await affectedIn(ranged(two));
    expect(intervals.map((one) => one.fixed)).toEqual(["1.4", "2.1"]);
  });

  test("listed versions count besides the ranges", async () => {
    const affected = { package: { ecosystem: "npm", name: "a" }, versions: ["9.9.9"] };
    expect(holdsFor(await affectedIn(record({ affected: [affected] })), "9.9.9")).toBe(true);
  });

  test("a record with git ranges only is said to be undecidable, quoting them", async () => {
    const item = await affectedIn(ranged([{ introduced: "abc" }, { fixed: "def" }], { type: "GIT" }));
    expect(item.intervals).toEqual([]);
    expect(item.undecidable).toEqual(["GIT introduced abc, fixed def"]);
  });

  test("a record without versions affects none we can name", async () => {
    const item = await affectedIn(record({ affected: [{ package: { ecosystem: "npm", name: "a" } }] }));
    expect([item.everyVersion, item.undecidable]).toEqual([false, ["The record names no versions"]]);
  });
});

describe("what an OSV record says of itself", () => {
  test.each([
    ["GO-2024-1", "osv:GO"],
    ["PYSEC-2021-1", "osv:PYSEC"],
    ["UBUNTU-CVE-2020-1", "osv:UBUNTU"],
    ["odd", "osv:other"],
  ])("%s is of %s", async (id, source) => {
    const [advisory] = await advisoriesIn(record({ id }));
    expect(advisory?.source).toBe(source);
  });

  test("aliases and upstream name the same vulnerability, related does not", async () => {
    const said = { aliases: ["CVE-2024-1111"], upstream: ["CVE-2024-2222"], related: ["CVE-2024-3333"] };
    expect((await advisoriesIn(record(said)))[0]?.aliases).toEqual(["CVE-2024-1111", "CVE-2024-2222"]);
  });

  test("a distribution's older record names its CVEs as related", async () => {
    const affected = [{ package: { ecosystem: "Debian:11", name: "curl" }, versions: ["1"] }];
    const [advisory] = await advisoriesIn(record({ id: "DSA-1-1", related: ["CVE-2024-3333", "DLA-1"], affected }));
    expect(advisory?.aliases).toEqual(["CVE-2024-3333"]);
  });

  test("vectors, words of severity, weaknesses, withdrawal and zero dates", async () => {
    const [advisory] = await advisoriesIn(
      record({
        modified: "0001-01-01T00:00:00Z",
        withdrawn: "2024-06-01T00:00:00Z",
        severity: [
          { type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" },
          { type: "Ubuntu", score: "low" },
        ],
        database_specific: { severity: "HIGH", cwe_ids: ["CWE-79"] },
      }),
    );
    expect(advisory?.modifiedAt).toBeNull();
    expect(advisory?.withdrawnAt).toBe("2024-06-01T00:00:00.000Z");
    expect(advisory?.cwes).toEqual(["CWE-79"]);
    expect(advisory?.severities.map(({ kind, value }) => [kind, value])).toEqual([
      ["CVSS_V3", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"],
      ["rating", "low"],
      ["rating", "HIGH"],
    ]);
  });

  test("long texts and lists are bounded", async () => {
    const references = Array.from({ length: 50 }, (_, i) => ({ type: "WEB", url: `https://example.org/${i}` }));
    const [advisory] = await advisoriesIn(
      record({ details: "x".repeat(100_000), summary: "y".repeat(999), references }),
    );
    expect(advisory?.details.length).toBeLessThanOrEqual(4096);
    expect(advisory?.title.length).toBeLessThanOrEqual(256);
    expect(advisory?.references).toHaveLength(20);
  });
});

describe("OSV arrives in several dresses", () => {
  const yaml =
    "# a comment\nid: PYSEC-2024-1\nmodified: 2024-05-01T10:00:00Z\naffected:\n- package: {ecosystem: PyPI, name: thing}\n  versions: ['1.0', '2.0']\n";

  test("YAML", async () => {
    expect((await affectedIn(yaml)).versions).toEqual(["1.0", "2.0"]);
  });

  test("YAML versions without quotes stay what they are", async () => {
    expect((await affectedIn(yaml.replace("'1.0', '2.0'", "1.10, 2, 0x1f, 1e3"))).versions).toEqual([
      "1.10",
      "2",
      "0x1f",
      "1e3",
    ]);
  });

  test("one a line, with a bad line told and the next read", async () => {
    const line = (id: string) => JSON.stringify(record({ id }));
    const items = await readFeedText(`${line("GO-1-1")}\n{"id": \n\n${line("GO-1-2")}\n[]`, "x.ndjson");
    expect(items.map((item) => [item.type, item.path])).toEqual([
      ["record", "x.ndjson:1"],
      ["problem", "x.ndjson:2"],
      ["record", "x.ndjson:4"],
      ["skipped", "x.ndjson:5"],
    ]);
  });

  test("a list of records, and a document of one line keeps its name", async () => {
    const items = await readFeedText([record({ id: "GO-1-1" }), record({ id: 5 }), record({ id: "GO-1-2" })], "list");
    expect(items.map((item) => [item.type, item.path])).toEqual([
      ["record", "list#/0"],
      ["skipped", "list#/1"],
      ["record", "list#/2"],
    ]);
    expect((await readFeedText(`${JSON.stringify(record({}))}\n`, "one.json"))[0]?.path).toBe("one.json");
  });

  test("a record of the wrong shape is a problem with its place", async () => {
    const [item] = await readFeedText(record({ affected: [{ package: { ecosystem: "npm" } }] }), "bad.json");
    expect(item).toMatchObject({ type: "problem", path: "bad.json", at: "/affected/0/package/name" });
  });
});
