import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault } from "../../../lib/fault.ts";
import { sampleComponent } from "../../devices/sbom/sample-component.ts";
import type { Component } from "../../devices/sbom/schema.ts";
import { findingsOf } from "../assess/findings.ts";
import { matchComponents } from "../match/match.ts";
import { advisory, affectedItem, indexOf, interval } from "../rank-index/sample-intel.ts";
import type { Affected, FeedRecord } from "../schema.ts";
import { explain } from "./explain.ts";
import { findVulnerabilities } from "./find-advisory.ts";
import { findComponent } from "./find-component.ts";
import { Explanation } from "./schema.ts";

const NOW = new Date("2026-01-31T00:00:00Z");

const part = sampleComponent;

const openssl = (said: Partial<Affected>) =>
  affectedItem({ cpe: "cpe:2.3:a:openssl:openssl:*:*:*:*:*:*:*:*", scheme: "openssl", ...said });
const npm = (said: Partial<Affected>) =>
  affectedItem({ package: { ecosystem: "npm", name: "axios" }, scheme: "npm", ...said });
const kernel = (said: Partial<Affected>) =>
  affectedItem({ package: { ecosystem: "Linux", name: "Kernel" }, scheme: "linux", ...said });
const withCpe = (version: string) =>
  part({ name: "openssl", version, cpes: [`cpe:2.3:a:openssl:openssl:${version}:*:*:*:*:*:*:*`] });
const linux = (version: string) =>
  part({
    name: "linux",
    type: "operating-system",
    version,
    cpes: [`cpe:2.3:o:linux:linux_kernel:${version}:*:*:*:*:*:*:*`],
  });

const explained = (records: readonly FeedRecord[], component: Component, id = "CVE-2025-1") => {
  const index = indexOf(records);
  const [number = -1] = findVulnerabilities(index, index.about.counts, id, NOW);
  return explain(index, [component], component, number, NOW);
};

test.each<[Component["scope"], string, RegExp | null]>([
  ["excluded", "1.1.1k", /shipped without it/],
  ["optional", "1.1.1k", /runs without it/],
  ["required", "1.1.1k", null],
  ["excluded", "1.1.1n", null],
])(
  "that the SBOM calls a part %s in version %s is said where it is affected, and changes no verdict",
  (scope, version, said) => {
    const records = [advisory("CVE-2025-1", [openssl({ intervals: [interval("1.1.1", "1.1.1n")] })])];
    const plain = explained(records, withCpe(version));
    const scoped = explained(records, { ...withCpe(version), ...(scope === undefined ? {} : { scope }) });
    const added = scoped.because.slice(plain.because.length);
    expect(scoped.verdict).toBe(plain.verdict);
    expect(added.length).toBe(said === null ? 0 : 1);
    if (said !== null) expect(added[0]).toMatch(said);
  },
);

describe("what decided is said first", () => {
  const range = openssl({ intervals: [interval("1.1.1", "1.1.1n")] });
  test.each<[string, FeedRecord[], Component, Explanation["verdict"], RegExp]>([
    [
      "inside a range",
      [advisory("CVE-2025-1", [range])],
      withCpe("1.1.1k"),
      "affected",
      /1\.1\.1k lies in >= 1\.1\.1, < 1\.1\.1n/,
    ],
    [
      "the fix itself",
      [advisory("CVE-2025-1", [range])],
      withCpe("1.1.1n"),
      "not-affected",
      /1\.1\.1n is later than >= 1\.1\.1, < 1\.1\.1n/,
    ],
    [
      "before the fault",
      [advisory("CVE-2025-1", [range])],
      withCpe("1.0.2"),
      "not-affected",
      /1\.0\.2 is earlier than/,
    ],
    [
      "between two ranges",
      [advisory("CVE-2025-1", [openssl({ intervals: [interval("3.0", "3.0.2"), interval("1.0", "1.0.2")] })])],
      withCpe("1.1.1"),
      "not-affected",
      /between >= 1\.0, < 1\.0\.2 .* and >= 3\.0/,
    ],
    [
      "an exception",
      [advisory("CVE-2025-1", [openssl({ everyVersion: true, exceptions: [interval("1.1.1", null)] })])],
      withCpe("1.1.1n"),
      "not-affected",
      /says that >= 1\.1\.1 is not affected/,
    ],
    [
      "a list it is not on",
      [advisory("CVE-2025-1", [openssl({ versions: ["1.0.1", "1.0.2"] })])],
      withCpe("1.1.1"),
      "not-affected",
      /not among the 2 versions/,
    ],
    [
      "words only",
      [advisory("CVE-2025-1", [openssl({ undecidable: ["commit abc to def"] })])],
      withCpe("1.1.1"),
      "not-decided",
      /"commit abc to def"/,
    ],
    [
      "a platform that is not there",
      [
        advisory("CVE-2025-1", [
          openssl({ intervals: [interval(null, "9")], platforms: ["cpe:2.3:o:microsoft:windows:*:*:*:*:*:*:*:*"] }),
        ]),
      ],
      withCpe("1.1.1"),
      "not-affected",
      /only on cpe:2\.3:o:microsoft:windows/,
    ],
    [
      "another product",
      [advisory("CVE-2025-1", [npm({ everyVersion: true })])],
      withCpe("1.1.1"),
      "not-named",
      /looked up as openssl:openssl/,
    ],
    [
      "another system",
      [
        advisory("CVE-2025-1", [
          openssl({ cpe: "cpe:2.3:a:openssl:openssl:*:*:*:*:*:android:*:*", everyVersion: true }),
        ]),
      ],
      withCpe("1.1.1"),
      "not-named",
      /target software android/,
    ],
    [
      "no version",
      [advisory("CVE-2025-1", [npm({ intervals: [interval("1.0.0", "2.0.0")] })])],
      part({ name: "axios", purl: "pkg:npm/axios" }),
      "not-decided",
      /no version to compare with >= 1\.0\.0/,
    ],
    [
      "withdrawn",
      [advisory("CVE-2025-1", [range], { withdrawnAt: "2025-07-01T00:00:00Z" })],
      withCpe("1.1.1k"),
      "not-named",
      /still stands names openssl 1\.1\.1k\. Record CVE-2025-1 .*withdrew it on 2025-07-01/,
    ],
    [
      "rejected by the CVE list",
      [
        advisory("CVE-2025-1", [], { source: "cve", withdrawnAt: "2025-07-01T00:00:00Z" }),
        advisory("GHSA-1", [range], { aliases: ["CVE-2025-1"] }),
      ],
      withCpe("1.1.1k"),
      "not-affected",
      /The CVE list rejected/,
    ],
    [
      "the stream's own fix",
      [
        advisory("CVE-2025-1", [kernel({ intervals: [interval("4.0", "6.0")] })], { source: "cve" }),
        advisory("KERNEL-CVE-2025-1", [kernel({ intervals: [interval("5.10", "5.10.97")] })], {
          aliases: ["CVE-2025-1"],
          source: "streams",
        }),
      ],
      linux("5.10.101"),
      "not-affected",
      /stable stream 5\.10: streams \(KERNEL-CVE-2025-1\) names 5\.10\.97/,
    ],
    [
      "streams that leave this one out",
      [advisory("CVE-2025-1", [kernel({ intervals: [interval("6.1", "6.1.9")] })])],
      linux("5.10.101"),
      "not-decided",
      /none for the stream 5\.10/,
    ],
    [
      "the distribution's own word",
      [
        advisory("CVE-2025-1", [range], { source: "nvd" }),
        advisory(
          "DSA-1",
          [
            affectedItem({
              package: { ecosystem: "Debian:11", name: "openssl" },
              scheme: "deb",
              intervals: [interval(null, "1.1.1k-1+deb11u2")],
            }),
          ],
          { aliases: ["CVE-2025-1"], source: "dsa" },
        ),
      ],
      part({
        name: "openssl",
        version: "1.1.1k-1+deb11u2",
        purl: "pkg:deb/debian/openssl@1.1.1k-1+deb11u2?distro=debian-11",
        cpes: ["cpe:2.3:a:openssl:openssl:1.1.1k:*:*:*:*:*:*:*"],
      }),
      "not-affected",
      /its word goes before the upstream's.*DSA-1/,
    ],
  ])("%s", (_, records, component, verdict, reason) => {
    const found = explained(records, component);
    expect(found.because.join(" ")).toMatch(reason);
    expect(found.verdict).toBe(verdict);
    expect(Explanation.safeParse(found).error).toBeUndefined();
  });

  test("the source and its age stand beside what it says", () => {
    const [record] = explained([advisory("CVE-2025-1", [range])], withCpe("1.1.1k")).records;
    expect(record).toMatchObject({
      source: "test",
      newestAt: "2025-06-01T00:00:00.000Z",
      ageDays: 244,
      says: "affected",
    });
  });
});

describe("sources that disagree", () => {
  const nvd = advisory("CVE-2025-1", [openssl({ intervals: [interval(null, "1.1.1n")] })], { source: "nvd" });
  const cve = (item: Partial<Affected>) =>
    advisory("GHSA-1", [openssl(item)], { source: "cve", aliases: ["CVE-2025-1"] });
  test.each([
    ["one says affected, another not", cve({ intervals: [interval(null, "1.0.2")] }), ["affected", "not-affected"]],
    ["different fixes", cve({ intervals: [interval(null, "1.1.1p")] }), ["affected", "affected"]],
    ["the same in two spellings of one fix", cve({ intervals: [interval("1.1.0", "1.1.1n")] }), null],
    ["one cannot be decided", cve({ undecidable: ["some"] }), null],
  ])("%s", (_, other, words) => {
    const component = withCpe("1.1.1k");
    expect(explained([nvd, other], component).disagreement?.map(({ says }) => says) ?? null).toEqual(words);
    const index = indexOf([nvd, other]);
    const [finding] = findingsOf(index, [component], matchComponents(index, [component]).matches, null);
    expect(finding?.disagreement?.map(({ says }) => says) ?? null).toEqual(words);
  });
});

describe("asking", () => {
  const two = [
    part({ ref: "a", group: "org.x", name: "core", version: "1", purl: "pkg:maven/org.x/core@1" }),
    part({ ref: "b", group: "org.y", name: "core", version: "2", purl: "pkg:maven/org.y/core@2?type=jar" }),
  ];
  test.each([
    ["b", "b"],
    ["org.x/core", "a"],
    ["org.y:core", "b"],
    ["core@2", "b"],
    ["pkg:maven/org.x/core@1", "a"],
    ["pkg:maven/org.y/core", "b"],
    ["ORG.X/CORE", "a"],
  ])("%s", (wanted, ref) => expect(findComponent(two, wanted).ref).toBe(ref));

  test.each([
    ["core", /2 components are meant by "core": pkg:maven\/org\.x\/core@1, pkg:maven/],
    ["cor", /No component is called/],
  ])("%s is refused with what could be meant", (wanted, message) => {
    expect(() => findComponent(two, wanted)).toThrow(message);
  });

  test("an id nobody has: the sources with their ages, and the near ids", () => {
    const index = indexOf([
      advisory("CVE-2025-1234", []),
      advisory("DSA-1-1", [], { aliases: ["CVE-2025-1001", "CVE-2025-1002"] }),
    ]);
    const refused = (id: string) => {
      try {
        findVulnerabilities(index, index.about.counts, id, NOW);
      } catch (error) {
        return error instanceof Fault ? `${error.message} ${error.fix}` : "";
      }
      return "found";
    };
    expect(refused("CVE-2025-1235")).toMatch(/test \(newest 2025-06-01, 244 days old\) Near: CVE-2025-1234/);
    expect(refused("cve-2025-1234")).toBe("found");
    expect(findVulnerabilities(index, index.about.counts, "DSA-1-1", NOW)).toHaveLength(2);
  });
});

describe("explain and matching never differ", () => {
  const version = fc.constantFrom(
    "0",
    "1.0",
    "1.0.1",
    "1.1.1k",
    "1.1.1n",
    "2.0.0",
    "5.10.101",
    "deadbeef1",
    "2:1.0-3",
    "x",
  );
  const bound = fc.option(version);
  const span = fc
    .record({ from: bound, to: bound, fromInclusive: fc.boolean(), toInclusive: fc.boolean() })
    .map((one) => ({ ...one, fixed: one.to }));
  const item = fc
    .record({
      make: fc.constantFrom(openssl, npm, kernel),
      intervals: fc.array(span, { maxLength: 3 }),
      exceptions: fc.array(span, { maxLength: 1 }),
      versions: fc.array(version, { maxLength: 2 }),
      everyVersion: fc.boolean(),
      undecidable: fc.constantFrom<string[]>([], ["some words"]),
      platforms: fc.constantFrom<string[]>([], ["cpe:2.3:o:linux:linux_kernel:*:*:*:*:*:*:*:*"]),
    })
    .map(({ make, ...said }) => make(said));
  const record = fc
    .tuple(
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom("cve", "nvd", "osv"),
      fc.array(item, { maxLength: 3 }),
      fc.boolean(),
    )
    .map(([id, source, items, withdrawn]) =>
      advisory(`CVE-2025-${id}`, items, { source, withdrawnAt: withdrawn ? "2025-07-01T00:00:00Z" : null }),
    );
  const component = fc
    .tuple(fc.constantFrom("openssl", "axios", "linux", "nothing"), fc.option(version))
    .map(([kind, number]) => {
      if (kind === "axios") return part({ name: kind, version: number, purl: "pkg:npm/axios" });
      if (kind === "nothing") return part({ name: kind, version: number });
      return kind === "linux" ? linux(number ?? "*") : withCpe(number ?? "*");
    });

  test("an exception that holds nothing excepts nothing, also for a version without an order", () => {
    const empty = interval("x", "x", { toInclusive: false });
    const index = indexOf([
      advisory("CVE-2025-1", [
        affectedItem({
          package: { ecosystem: "npm", name: "axios" },
          scheme: "npm",
          intervals: [interval(null, null)],
          exceptions: [empty],
        }),
      ]),
    ]);
    const axios = part({ name: "axios", version: "x", purl: "pkg:npm/axios" });
    expect(matchComponents(index, [axios]).matches).toHaveLength(1);
    const { verdict, records } = explain(index, [axios], axios, 0, NOW);
    expect(verdict).toBe("affected");
    const exceptions = records.flatMap(({ items }) => items.flatMap((item) => item.exceptions));
    expect(exceptions).toEqual([expect.objectContaining({ place: "after" })]);
  });

  test("for every component and vulnerability of any intelligence", () => {
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1, maxLength: 6 }),
        fc.array(component, { minLength: 1, maxLength: 3 }),
        (records, parts) => {
          const index = indexOf(records);
          const { matches, withheld } = matchComponents(index, parts);
          const findings = parts.map((_, i) =>
            findingsOf(
              index,
              parts,
              matches.filter((match) => match.component === i),
              null,
            ),
          );
          for (let number = 0; number < index.about.counts.vulnerabilities; number++)
            parts.forEach((one, i) => {
              const said = explain(index, parts, one, number, NOW);
              const listed = findings[i]?.some(({ advisory: id }) => id === said.advisory) === true;
              expect(said.verdict === "affected").toBe(listed);
              const own = new Set(index.recordsOf(number));
              const hits = matches.filter((match) => match.component === i && own.has(match.record));
              const held = said.records.flatMap(({ items }) => items.filter(({ says }) => says === "affected"));
              expect(held.length > 0).toBe(hits.length > 0);
              for (const { ranges, listed: list, everyVersion, exceptions } of held) {
                expect(everyVersion || list.here || ranges.some(({ place }) => place === "inside")).toBe(true);
                expect(exceptions.some(({ place }) => place === "inside")).toBe(false);
              }
              const absent = said.records.flatMap(({ items }) =>
                items.filter(({ says }) => says === "platform-absent"),
              );
              const kept = withheld.filter((one) => one.component === i && own.has(index.entry(one.entry).record));
              if (said.records.every(({ withdrawnAt }) => withdrawnAt === null))
                expect(absent.length > 0).toBe(kept.length > 0);
            });
        },
      ),
      { numRuns: 300 },
    );
  });
});
