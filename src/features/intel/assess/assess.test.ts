import { describe, expect, test } from "vitest";
import { sampleComponent } from "../../devices/sbom/sample-component.ts";
import type { Component, Sbom } from "../../devices/sbom/schema.ts";
import { neverAffected } from "../normalise/affected.ts";
import { advisory, affectedItem, indexOf, interval } from "../rank-index/sample-intel.ts";
import type { FeedRecord, StatedSeverity } from "../schema.ts";
import { assess } from "./assess.ts";
import { Assessment } from "./schema.ts";
import { chooseSeverity } from "./severity.ts";

const NOW = new Date("2026-01-02T00:00:00Z");
const V31_HIGH = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H";
const V31_CRITICAL = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
const V2_HIGH = "AV:N/AC:L/Au:N/C:C/I:C/A:C";

const part = (said: Partial<Component>): Component =>
  sampleComponent({ ref: said.purl ?? "#", name: "left", version: "1.0.0", ...said });
const LEFT = part({ purl: "pkg:npm/left@1.0.0" });

const sbomOf = (components: Component[], said: Partial<Sbom> = {}): Sbom => ({
  format: { standard: "CycloneDX", version: "1.6", encoding: "json" },
  serial: null,
  name: null,
  createdAt: null,
  authors: [],
  tools: [],
  subject: null,
  components,
  dependencies: [],
  problems: [],
  ...said,
});

const npm = (to: string, name = "left", severities: StatedSeverity[] = []) =>
  affectedItem({ package: { ecosystem: "npm", name }, scheme: "npm", intervals: [interval("0", to)], severities });

function run(records: FeedRecord[], components: Component[] = [LEFT], asOf: Date | null = null) {
  const subject = { name: "pump", version: "1", path: "sbom.json" };
  const result = assess({ subject, sboms: [{ path: "sbom.json", sbom: sbomOf(components) }] }, indexOf(records, NOW), {
    now: NOW,
    asOf,
  });
  return Assessment.parse(result);
}

test.each<[string, Component["scope"][], string | undefined]>([
  ["nothing", [undefined], undefined],
  ["that it is needed", ["required"], undefined],
  ["that it is optional", ["optional"], "optional"],
  ["that it is not shipped", ["excluded"], "excluded"],
  ["in one place that it is not shipped, in another nothing", ["excluded", undefined], undefined],
  ["in one place that it is not shipped, in another that it is optional", ["optional", "excluded"], "optional"],
])("a part of which the SBOM says %s is a finding all the same, which tells so", (_, scopes, scope) => {
  const parts = scopes.map((said) => (said === undefined ? LEFT : { ...LEFT, scope: said }));
  const { findings } = run([advisory("GHSA-1", [npm("1.2.0")])], parts);
  expect(findings.map((finding) => finding.scope)).toEqual([scope]);
});

describe("one finding for each vulnerability and component", () => {
  test("a GHSA, a PYSEC-like record and a CVE of one thing are one, with every fix", () => {
    const { findings } = run([
      advisory("GHSA-1", [npm("1.2.0")], {
        aliases: ["CVE-2024-1000"],
        severities: [{ kind: "CVSS_V3", source: "ghsa", value: V31_HIGH }],
      }),
      advisory("OTHER-1", [npm("1.3.0")], { aliases: ["GHSA-1"] }),
      advisory("CVE-2024-1000", [], {
        source: "cve",
        severities: [{ kind: "CVSS_V3", source: "cve:cna", value: V31_CRITICAL }],
      }),
    ]);
    expect(findings).toMatchObject([
      {
        component: { name: "left", version: "1.0.0", purl: "pkg:npm/left@1.0.0", cpe: null },
        advisory: "CVE-2024-1000",
        aliases: ["GHSA-1", "OTHER-1"],
        severity: { source: "cve:cna", vector: V31_CRITICAL, score: 9.8, rating: "critical" },
        fixedIn: ["1.2.0", "1.3.0"],
        because: { rule: "package", range: "npm left < 1.2.0 (fixed in 1.2.0)", source: "test", record: "GHSA-1" },
      },
    ]);
  });

  test("a record of several CVEs is a finding for each, its severity used only where no other is stated", () => {
    const { findings } = run([
      advisory("DSA-1", [npm("1.2.0")], {
        aliases: ["CVE-2024-1", "CVE-2024-1001", "CVE-2024-1002"],
        severities: [{ kind: "rating", source: "dsa", value: "low" }],
      }),
      advisory("CVE-2024-1001", [], { severities: [{ kind: "rating", source: "cve", value: "high" }] }),
    ]);
    expect(findings.map(({ advisory: id, severity }) => [id, severity.rating])).toEqual([
      ["CVE-2024-1001", "high"],
      ["CVE-2024-1002", "low"],
    ]);
  });

  test("one part listed twice is one part", () => {
    const result = run([advisory("GHSA-1", [npm("1.2.0")])], [LEFT, { ...LEFT, ref: "again" }]);
    expect([result.components, result.findings.length]).toEqual([1, 1]);
  });

  test("files of a source tree are no parts", () => {
    const result = run([advisory("GHSA-1", [npm("0.1.0")])], [LEFT, part({ type: "file", name: "README" })]);
    expect([result.components, result.unmatched]).toEqual([1, []]);
  });
});

describe("what is left out", () => {
  test("a vulnerability the CVE list rejected, whatever other sources still say", () => {
    const rejected = advisory("CVE-2024-1000", [], { source: "cve", withdrawnAt: "2025-01-01T00:00:00Z" });
    expect(run([advisory("CVE-2024-1000", [npm("1.2.0")], { source: "nvd" }), rejected]).findings).toEqual([]);
  });

  test("what became known after the day asked about: records, severities, exploitation, EPSS", () => {
    const records: FeedRecord[] = [
      advisory("GHSA-1", [npm("1.2.0")], { aliases: ["CVE-2024-1000"], publishedAt: "2024-05-01T00:00:00Z" }),
      advisory("CVE-2024-1000", [], {
        source: "cve",
        publishedAt: "2024-07-01T00:00:00Z",
        severities: [{ kind: "rating", source: "cve", value: "critical" }],
      }),
      advisory("GHSA-2", [npm("1.2.0")], { publishedAt: "2024-07-01T00:00:00Z" }),
      {
        kind: "exploited",
        exploited: { cve: "CVE-2024-1000", since: "2024-08-01", dueOn: null, ransomware: false, source: "kev" },
      },
      { kind: "epss", epss: { cve: "CVE-2024-1000", score: 0.5, percentile: 0.9, source: "epss" } },
    ];
    const then = run(records, [LEFT], new Date("2024-06-01T23:59:59.999Z"));
    expect(then.findings).toMatchObject([
      { advisory: "CVE-2024-1000", severity: { rating: "unknown" }, exploited: null, epss: null },
    ]);
    expect(run(records).findings).toMatchObject([
      { severity: { rating: "critical" }, exploited: { since: "2024-08-01" }, epss: { score: 0.5 } },
      { advisory: "GHSA-2" },
    ]);
  });

  test("a kernel that has its stream's fix, although a mainline range holds it", () => {
    const kernel = (version: string) => part({ type: "operating-system", name: "linux", version });
    const records = [
      advisory("CVE-2024-1000", [
        affectedItem({
          cpe: "cpe:2.3:o:linux:linux_kernel:*:*:*:*:*:*:*:*",
          scheme: "linux",
          intervals: [interval(null, "5.17")],
        }),
      ]),
      advisory(
        "KERNEL-CVE-2024-1000",
        [
          affectedItem({
            package: { ecosystem: "Linux", name: "Kernel" },
            scheme: "linux",
            intervals: [interval("5.10", "5.10.97")],
          }),
        ],
        { aliases: ["CVE-2024-1000"] },
      ),
    ];
    expect(run(records, [kernel("5.10.101")]).findings).toEqual([]);
    expect(run(records, [kernel("5.10.96")]).findings).toMatchObject([{ fixedIn: ["5.10.97", "5.17"] }]);
  });
});

describe("a distribution's package that also carries its upstream's CPE name", () => {
  const curl = (version: string) =>
    part({
      purl: `pkg:deb/debian/curl@${version}?distro=debian-11`,
      version,
      cpes: ["cpe:2.3:a:haxx:curl:7.74.0:*:*:*:*:*:*:*"],
    });
  const upstream = advisory("CVE-2024-1000", [
    affectedItem({ cpe: "cpe:2.3:a:haxx:curl:*:*:*:*:*:*:*:*", intervals: [interval(null, "8.0.0")] }),
  ]);
  const debian = (release: string) =>
    advisory(
      "DSA-1",
      [
        affectedItem({
          package: { ecosystem: release, name: "curl" },
          scheme: "deb",
          intervals: [interval(null, "7.74.0-1.3+deb11u7")],
        }),
      ],
      {
        aliases: ["CVE-2024-1000", "CVE-2024-1001"],
      },
    );
  const rules = (version: string, records: FeedRecord[]) =>
    run(records, [curl(version)]).findings.map((finding) => `${finding.advisory} ${finding.because.rule}`);

  test("where the distribution speaks, its own versions decide", () => {
    expect(rules("7.74.0-1.3+deb11u7", [upstream, debian("Debian:11")])).toEqual([]);
    expect(rules("7.74.0-1.3+deb11u6", [upstream, debian("Debian:11")])).toEqual([
      "CVE-2024-1000 package",
      "CVE-2024-1001 package",
    ]);
  });

  test("where it says that no version of its package is affected, none is", () => {
    const never = advisory("ALPINE-1", [neverAffected({ ecosystem: "Debian:11", name: "curl" }, "deb")], {
      aliases: ["CVE-2024-1000"],
    });
    expect(rules("7.74.0-1.3+deb11u7", [upstream, never])).toEqual([]);
  });

  test("where it has not made up its mind, the upstream's word stands", () => {
    const unknown = advisory(
      "DEBIAN-1",
      [
        affectedItem({
          package: { ecosystem: "Debian:11", name: "curl" },
          scheme: "deb",
          undecidable: ["undetermined"],
        }),
      ],
      { aliases: ["CVE-2024-1000"] },
    );
    expect(rules("7.74.0-1.3+deb11u7", [upstream, unknown])).toEqual(["CVE-2024-1000 cpe"]);
  });

  test("where it is silent, or speaks of another release, the upstream's do", () => {
    expect(rules("7.74.0-1.3+deb11u7", [upstream])).toEqual(["CVE-2024-1000 cpe"]);
    expect(rules("7.74.0-1.3+deb11u7", [upstream, debian("Debian:12")])).toEqual(["CVE-2024-1000 cpe"]);
  });
});

test("worst first: exploited, then severity, then EPSS, then name", () => {
  const rated = (value: string): StatedSeverity[] => [{ kind: "rating", source: "test", value }];
  const { findings } = run([
    advisory("CVE-2024-1001", [npm("2.0.0")], { severities: rated("critical") }),
    advisory("CVE-2024-1002", [npm("2.0.0")], { severities: rated("low") }),
    advisory("CVE-2024-1003", [npm("2.0.0")], { severities: rated("high") }),
    advisory("CVE-2024-1004", [npm("2.0.0")], { severities: rated("high") }),
    advisory("CVE-2024-1005", [npm("2.0.0")]),
    {
      kind: "exploited",
      exploited: { cve: "CVE-2024-1002", since: "2024-01-01", dueOn: null, ransomware: false, source: "kev" },
    },
    { kind: "epss", epss: { cve: "CVE-2024-1004", score: 0.5, percentile: 0.9, source: "epss" } },
  ]);
  expect(findings.map((finding) => finding.advisory.slice(-1))).toEqual(["2", "1", "4", "3", "5"]);
});

test.each([
  ["Disputed: it is no bug", true],
  ["** DISPUTED ** it is no bug", true],
  ["A disputed border", false],
])("%s → disputed %s", (title, disputed) => {
  expect(run([advisory("CVE-2024-1000", [npm("2.0.0")], { title })]).findings).toMatchObject([{ disputed }]);
});

test("the age of every source stands beside the result", () => {
  expect(run([advisory("GHSA-1", [], { publishedAt: "2025-12-23T00:00:00Z" })]).feeds).toEqual([
    { name: "test", newestAt: "2025-12-23T00:00:00.000Z", ageDays: 10 },
  ]);
});

describe("one severity of many stated", () => {
  test.each<[string, StatedSeverity[], string, number | null]>([
    [
      "v3 before v2, also when lower",
      [
        { kind: "CVSS_V2", source: "a", value: V2_HIGH },
        { kind: "CVSS_V3", source: "b", value: V31_HIGH },
      ],
      "b",
      7.5,
    ],
    [
      "a vector before a word",
      [
        { kind: "rating", source: "a", value: "critical" },
        { kind: "CVSS_V2", source: "b", value: V2_HIGH },
      ],
      "b",
      10,
    ],
    [
      "the higher of two vectors",
      [
        { kind: "CVSS_V3", source: "a", value: V31_HIGH },
        { kind: "CVSS_V3", source: "b", value: V31_CRITICAL },
      ],
      "b",
      9.8,
    ],
    [
      "a word when nothing else reads",
      [
        { kind: "CVSS_V3", source: "a", value: "CVSS:3.1/AV:?" },
        { kind: "rating", source: "b", value: "Important" },
      ],
      "b",
      null,
    ],
    ["nothing", [{ kind: "rating", source: "a", value: "spooky" }], "", null],
  ])("%s", (_, stated, source, score) => {
    expect(chooseSeverity(stated)).toMatchObject({ source, score });
  });
});
