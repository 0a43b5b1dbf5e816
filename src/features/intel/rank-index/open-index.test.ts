import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MemoryFile } from "../../../lib/random-access.ts";
import type { Affected, FeedRecord, Interval, Scheme } from "../schema.ts";
import { compareVersions, isOrdered } from "../versions/order.ts";
import { covers } from "../versions/range.ts";
import { IndexBuilder } from "./build-index.ts";
import { packageKey } from "./key.ts";
import { advisory, affectedItem, indexOf, interval } from "./sample-intel.ts";

const SCHEMES: Scheme[] = ["semver", "pypi", "maven", "deb", "rpm", "apk", "linux", "generic", "none"];
const version = fc
  .tuple(
    fc.array(fc.integer({ min: 0, max: 6 }).map(String), { minLength: 1, maxLength: 3 }),
    fc.constantFrom("", "", "", "-rc1", "a", "~1", "+deb11u1", "-r4"),
  )
  .map(([numbers, tail]) => numbers.join(".") + tail);
const asked = fc.oneof(
  { weight: 9, arbitrary: version },
  { weight: 1, arbitrary: fc.constantFrom("d64b08d5ba7f", "main") },
);
const bound = fc.option(version, { nil: null, freq: 4 });
const anyInterval: fc.Arbitrary<Interval> = fc.record({
  from: bound,
  fromInclusive: fc.boolean(),
  to: bound,
  toInclusive: fc.boolean(),
  fixed: fc.constant(null),
});
const affected = fc
  .record({
    scheme: fc.constantFrom(...SCHEMES),
    intervals: fc.array(anyInterval, { maxLength: 4 }),
    exceptions: fc.array(anyInterval, { maxLength: 2 }),
    versions: fc.array(version, { maxLength: 4 }),
    everyVersion: fc.boolean(),
  })
  .map((said) => affectedItem({ ...said, package: { ecosystem: "Test", name: "thing" } }));

/** The meaning of an affected item, said without an index. */
function holds(item: Affected, text: string): boolean {
  const { scheme } = item;
  const same = (other: string) =>
    isOrdered(scheme, text) ? compareVersions(scheme, other, text) === 0 : other === text;
  if (item.exceptions.some((one) => covers(scheme, one, text))) return false;
  return item.everyVersion || item.versions.some(same) || item.intervals.some((one) => covers(scheme, one, text));
}

const hits = (records: FeedRecord[], text: string | null) => {
  const index = indexOf(records);
  const entries: number[] = [];
  const key = index.find(packageKey("Test", "thing"));
  const decided = key === -1 || index.collect(key, text, entries);
  return { decided, ids: entries.map((entry) => index.head(index.entry(entry).record).id).sort() };
};

describe("the index answers as the ranges themselves", () => {
  test("for a version its order can read: the same records as every range tried one by one", () => {
    fc.assert(
      fc.property(fc.array(affected, { minLength: 1, maxLength: 12 }), version, (items, text) => {
        const readable = items.filter((item) => isOrdered(item.scheme, text));
        const expected = readable.flatMap((item, i) => (holds(item, text) ? [`ID-${i}`] : []));
        const records = readable.map((item, i) => advisory(`ID-${i}`, [item]));
        expect(hits(records, text).ids).toEqual(expected.sort());
      }),
      { numRuns: 300 },
    );
  });

  test("for any text: no record that its ranges do not hold, and what is left open is said", () => {
    fc.assert(
      fc.property(affected, asked, (item, text) => {
        const open = item.intervals.some(({ from, to }) => (from === null || from === "0") && to === null);
        const { ids, decided } = hits([advisory("ID-1", [item])], text);
        if (ids.length > 0) expect(open || holds(item, text)).toBe(true);
        else if (decided && isOrdered(item.scheme, text)) expect(holds(item, text)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

describe("versions no order reads", () => {
  const range = affectedItem({
    package: { ecosystem: "Test", name: "thing" },
    scheme: "semver",
    intervals: [interval("1.0.0", "2.0.0")],
  });
  test.each([
    [null, range, [], false],
    ["d64b08d5ba7f", range, [], false],
    [null, { ...range, intervals: [], everyVersion: true }, ["ID-1"], true],
    ["d64b08d5ba7f", { ...range, intervals: [], everyVersion: true }, ["ID-1"], true],
    [null, { ...range, intervals: [interval("0", null)] }, ["ID-1"], true],
    [null, { ...range, everyVersion: true, intervals: [], exceptions: [interval("3.0.0", null)] }, [], false],
    ["d64b08d5ba7f", { ...range, versions: ["d64b08d5ba7f"] }, ["ID-1"], true],
  ] as [string | null, Affected, string[], boolean][])("%s", (text, item, ids, decided) => {
    expect(hits([advisory("ID-1", [item])], text)).toEqual({ ids, decided });
  });
});

describe("keys", () => {
  const item = (ecosystem: string, name: string) =>
    affectedItem({ package: { ecosystem, name }, scheme: "deb", everyVersion: true });
  const index = indexOf([
    advisory("D-12", [item("Debian:12", "openssl")]),
    advisory("D-11", [item("Debian:11", "openssl")]),
    advisory("P", [item("PyPI", "Zope.Interface")]),
    advisory("W", [affectedItem({ product: { vendor: "Linux", name: "Linux Kernel" }, everyVersion: true })]),
    advisory("N", [affectedItem({ product: { vendor: "n/a", name: "n/a" }, everyVersion: true })]),
  ]);
  const idsOf = (key: string) => {
    const entries: number[] = [];
    const number = index.find(key);
    if (number !== -1) index.collect(number, "1", entries);
    return entries.map((entry) => index.head(index.entry(entry).record).id);
  };

  test("a release of a distribution finds its own records only", () => {
    expect(idsOf(packageKey("Debian:12", "openssl"))).toEqual(["D-12"]);
    expect(idsOf(packageKey("Debian", "openssl"))).toEqual([]);
  });

  test("names meet in their ecosystem's normal spelling", () => {
    expect(idsOf(packageKey("PyPI", "zope_interface"))).toEqual(["P"]);
  });

  test("a bare name leads to the keys that end in it", () => {
    expect(index.named("openssl")).toEqual([packageKey("Debian:12", "openssl"), packageKey("Debian:11", "openssl")]);
    expect(index.named("n/a")).toEqual([]);
  });
});

describe("records", () => {
  const item = affectedItem({ package: { ecosystem: "Test", name: "thing" }, everyVersion: true });

  test("withdrawn ones hit nothing", () => {
    expect(hits([advisory("ID-1", [item], { withdrawnAt: "2025-07-01T00:00:00Z" })], "1").ids).toEqual([]);
  });

  test("of one id from one source the newest counts, in any order of arrival", () => {
    const older = advisory("ID-1", [item], { modifiedAt: "2025-01-01T00:00:00Z" });
    const newer = advisory("ID-1", [], { modifiedAt: "2025-02-01T00:00:00Z" });
    expect(hits([older, newer], "1").ids).toEqual([]);
    expect(hits([newer, older], "1").ids).toEqual([]);
  });

  test("texts, exploitation, EPSS and ages come back", () => {
    const index = indexOf([
      advisory("GHSA-1", [item], { aliases: ["CVE-2024-1000"], details: "long", references: ["https://example.org"] }),
      {
        kind: "exploited",
        exploited: { cve: "CVE-2024-1000", since: "2025-01-01", dueOn: null, ransomware: true, source: "kev" },
      },
      { kind: "epss", epss: { cve: "CVE-2024-1000", score: 0.25, percentile: 0.9, source: "epss" } },
      { kind: "as-of", source: "epss", at: "2026-01-01T00:00:00Z" },
    ]);
    expect(index.text(0)).toEqual({ details: "long", references: ["https://example.org"], cwes: [] });
    expect(index.vulnerability(index.vulnerabilitiesOf(0)[0] ?? -1)).toEqual({
      ids: ["CVE-2024-1000", "GHSA-1"],
      exploited: { since: "2025-01-01", dueOn: null, ransomware: true },
      epss: { score: 0.25, percentile: 0.9 },
    });
    expect(index.feeds).toEqual([
      { name: "epss", newestAt: "2026-01-01T00:00:00.000Z", records: 1 },
      { name: "kev", newestAt: "2025-01-01T00:00:00.000Z", records: 1 },
      { name: "test", newestAt: "2025-06-01T00:00:00.000Z", records: 1 },
    ]);
  });
});

test("the same records in the same order give the same bytes", () => {
  const item = affectedItem({ package: { ecosystem: "Test", name: "thing" }, intervals: [interval("1", "2")] });
  const written = () => {
    const file = new MemoryFile("same.db");
    const builder = new IndexBuilder(file, new Date("2026-01-02T00:00:00Z"));
    for (const id of ["A-1", "B-1"]) builder.add(advisory(id, [item]));
    builder.finish();
    return file.readAt(0, file.size);
  };
  expect(written()).toEqual(written());
});
