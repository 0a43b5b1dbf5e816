import { describe, expect, test } from "vitest";
import { advisoriesIn, affectedIn, holdsFor } from "../../../../tests/support/read-feed-text.ts";

const record = (cna: object, { adp = [] as object[], meta = {} } = {}) => ({
  dataType: "CVE_RECORD",
  cveMetadata: { cveId: "CVE-2024-0001", state: "PUBLISHED", dateUpdated: "2024-05-01T00:00:00Z", ...meta },
  containers: { cna: { descriptions: [{ lang: "en", value: "A flaw." }], ...cna }, adp },
});

const product = (said: object) => record({ affected: [{ vendor: "Acme", product: "Pump", ...said }] });

describe("versions and defaultStatus of a CVE Record", () => {
  const range = [{ version: "1.0", lessThan: "1.4", status: "affected", versionType: "semver" }];
  const changes = [
    {
      version: "1.0",
      lessThan: "*",
      status: "affected",
      changes: [
        { at: "1.4", status: "unaffected" },
        { at: "2.0", status: "affected" },
        { at: "2.1", status: "unaffected" },
      ],
    },
  ];
  const good = [
    { version: "0", lessThan: "1.0", status: "unaffected" },
    { version: "1.2.5", lessThanOrEqual: "1.2.*", status: "unaffected" },
    { version: "2.0", lessThan: "*", status: "unaffected" },
  ];
  test.each<[string, object, string, boolean]>([
    ["a range", { versions: range }, "1.3", true],
    ["a range's end", { versions: range }, "1.4", false],
    ["before a range", { versions: range }, "0.9", false],
    ["an inclusive end", { versions: [{ version: "0", lessThanOrEqual: "1.4", status: "affected" }] }, "1.4", true],
    [
      "the first good version as start and end",
      { versions: [{ version: "110.0.5", lessThan: "110.0.5", status: "affected" }] },
      "109.0",
      true,
    ],
    [
      "the good version itself",
      { versions: [{ version: "110.0.5", lessThan: "110.0.5", status: "affected" }] },
      "110.0.5",
      false,
    ],
    ["a stream as start", { versions: [{ version: "8.2.*", lessThan: "8.2.24", status: "affected" }] }, "8.2.1", true],
    [
      "before a stream as start",
      { versions: [{ version: "8.2.*", lessThan: "8.2.24", status: "affected" }] },
      "8.1.30",
      false,
    ],
    ["the version itself", { versions: [{ version: "1.4", status: "affected" }] }, "1.4", true],
    ["another version", { versions: [{ version: "1.4", status: "affected" }] }, "1.5", false],
    ["n/a as a lower bound", { versions: [{ version: "n/a", lessThan: "2", status: "affected" }] }, "0.1", true],
    ["no upper bound", { versions: [{ version: "2", lessThan: "*", status: "affected" }] }, "9", true],
    ["before a change", { versions: changes }, "1.3", true],
    ["after a change", { versions: changes }, "1.5", false],
    ["after two changes", { versions: changes }, "2.0.5", true],
    ["after three changes", { versions: changes }, "3", false],
    ["default affected, named good", { defaultStatus: "affected", versions: good }, "0.9", false],
    ["default affected, not named", { defaultStatus: "affected", versions: good }, "1.2.4", true],
    ["default affected, fixed stream", { defaultStatus: "affected", versions: good }, "1.2.9", false],
    ["default affected, next stream", { defaultStatus: "affected", versions: good }, "1.3", true],
    ["default affected, after the last fix", { defaultStatus: "affected", versions: good }, "2.0", false],
    ["default affected, nothing else", { defaultStatus: "affected" }, "7", true],
    ["worded: and prior", { versions: [{ version: "5.7 and prior", status: "affected" }] }, "5.6", true],
    ["worded: comparators", { versions: [{ version: ">= 2.6, < 6.2.16", status: "affected" }] }, "6.2.15", true],
    ["worded: below comparators", { versions: [{ version: ">= 2.6, < 6.2.16", status: "affected" }] }, "2.5", false],
    [
      "a range in two halves",
      {
        versions: [
          { version: "8.6.0", lessThan: "unspecified", status: "affected" },
          { version: "unspecified", lessThan: "8.13.6", status: "affected" },
        ],
      },
      "9.0",
      false,
    ],
  ])("%s", async (_, said, version, affected) => {
    expect(holdsFor(await affectedIn(product(said)), version)).toBe(affected);
  });

  test("affected ranges under a default of affected: the ranges hold, the rest is told as undecided", async () => {
    const item = await affectedIn(product({ defaultStatus: "affected", versions: range }));
    expect(["1.3", "1.4"].map((version) => holdsFor(item, version))).toEqual([true, false]);
    expect(item.undecidable).toEqual(["The record's default calls all other versions affected too"]);
  });

  test("a change at the end of a range leaves nothing behind", async () => {
    const ending = [{ ...range[0], changes: [{ at: "1.4", status: "unaffected" }] }];
    const item = await affectedIn(product({ versions: ending }));
    expect([item.intervals.length, item.exceptions]).toEqual([1, []]);
  });

  test.each([
    [{ version: "before the March release", status: "affected" }],
    [{ version: "1da177e4c3f4", lessThan: "2a97388a807b", status: "affected", versionType: "git" }],
    [{ version: "10.0.0", lessThan: "publication", status: "affected" }],
    [{ version: "17.7.0", lessThan: "17.6.9", status: "affected" }],
  ])("%j cannot be decided and is quoted", async (version) => {
    const item = await affectedIn(product({ versions: [version] }));
    expect(item.intervals).toEqual([]);
    expect(item.undecidable).toHaveLength(1);
  });

  test("an entry that says unaffected and nothing more is no finding", async () => {
    expect((await advisoriesIn(product({ defaultStatus: "unaffected" })))[0]?.affected).toEqual([]);
  });
});

describe("what a CVE Record's product is", () => {
  const one = [{ version: "1", status: "affected" }];
  test.each<[string, object, object]>([
    ["words", {}, { product: { vendor: "Acme", name: "Pump" } }],
    ["a CPE name", { cpes: ["cpe:2.3:a:acme:pump:1.0:*:*:*:*:*:*:*"] }, { cpe: "cpe:2.3:a:acme:pump:*:*:*:*:*:*:*:*" }],
    [
      "a Maven package",
      { collectionURL: "https://repo.maven.apache.org/maven2", packageName: "org.acme/pump" },
      { package: { ecosystem: "Maven", name: "org.acme:pump" } },
    ],
    [
      "a PyPI package",
      { collectionURL: "https://pypi.python.org", packageName: "pump" },
      { package: { ecosystem: "PyPI", name: "pump" } },
    ],
    [
      "a Go module",
      { collectionURL: "https://pkg.go.dev", packageName: "acme.org/pump" },
      { package: { ecosystem: "Go", name: "acme.org/pump" } },
    ],
    [
      "a Red Hat package",
      {
        collectionURL: "https://access.redhat.com/downloads/content/package-browser/",
        packageName: "curl",
        cpes: ["cpe:/o:redhat:enterprise_linux:8::baseos"],
      },
      { package: { ecosystem: "Red Hat:enterprise_linux:8::baseos", name: "curl" } },
    ],
    [
      "unknown words and a CPE",
      { vendor: "n/a", product: "n/a", cpes: ["cpe:/a:acme:pump"] },
      { cpe: "cpe:2.3:a:acme:pump:*:*:*:*:*:*:*:*" },
    ],
  ])("%s", async (_, said, identity) => {
    const item = await affectedIn(product({ versions: one, ...said }));
    expect({ package: item.package, cpe: item.cpe, product: item.product }).toEqual({
      package: null,
      cpe: null,
      product: null,
      ...identity,
    });
  });

  test.each([
    ["affected", true],
    ["unaffected", false],
    ["unknown", false],
  ])("Red Hat calls a package %s in a release and names no version", async (defaultStatus, affected) => {
    const said = {
      vendor: "Red Hat",
      product: "Red Hat Enterprise Linux 8",
      collectionURL: "https://access.redhat.com/downloads/content/package-browser/",
      packageName: "gnutls",
      cpes: ["cpe:/o:redhat:enterprise_linux:8"],
      defaultStatus,
    };
    const item = await affectedIn(record({ affected: [said] }));
    expect(item.package).toEqual({ ecosystem: "Red Hat:enterprise_linux:8", name: "gnutls" });
    expect(holdsFor(item, "3.6.16-4.el8")).toBe(affected);
    expect(item.exceptions).toHaveLength(defaultStatus === "unaffected" ? 1 : 0);
  });

  test("n/a names nothing", async () => {
    expect((await advisoriesIn(product({ vendor: "n/a", product: "n/a", versions: one })))[0]?.affected).toEqual([]);
  });

  test("CPE applicability stands for the container's CPE names, with its platforms", async () => {
    const nodes = [
      {
        operator: "OR",
        negate: false,
        cpeMatch: [
          { vulnerable: true, criteria: "cpe:2.3:o:acme:pump_firmware:*:*:*:*:*:*:*:*", versionEndExcluding: "3.1" },
        ],
      },
      {
        operator: "OR",
        negate: false,
        cpeMatch: [{ vulnerable: false, criteria: "cpe:2.3:h:acme:pump:-:*:*:*:*:*:*:*" }],
      },
    ];
    const cpeApplicability = [{ operator: "AND", nodes }];
    const affected = [
      { vendor: "Acme", product: "Pump", cpes: ["cpe:2.3:o:acme:pump_firmware:*:*:*:*:*:*:*:*"], versions: one },
    ];
    const item = await affectedIn(record({ affected, cpeApplicability }));
    expect(item.platforms).toEqual(["cpe:2.3:h:acme:pump:-:*:*:*:*:*:*:*"]);
    expect(holdsFor(item, "3.0")).toBe(true);
    expect(holdsFor(item, "3.1")).toBe(false);
  });
});

describe("the kernel's own records, judged per stable stream", () => {
  const kernel = record({
    affected: [
      {
        vendor: "Linux",
        product: "Linux",
        defaultStatus: "unaffected",
        versions: [{ version: "446fda4f2682", lessThan: "97bc3683c249", status: "affected", versionType: "git" }],
      },
      {
        vendor: "Linux",
        product: "Linux",
        defaultStatus: "affected",
        versions: [
          { version: "4.9", status: "affected" },
          { version: "0", lessThan: "4.9", status: "unaffected" },
          { version: "5.10.110", lessThanOrEqual: "5.10.*", status: "unaffected" },
          { version: "5.15.33", lessThanOrEqual: "5.15.*", status: "unaffected" },
          { version: "5.18", lessThanOrEqual: "*", status: "unaffected", versionType: "original_commit_for_fix" },
        ],
      },
    ],
  });
  test.each([
    ["4.8.17", false],
    ["4.9", true],
    ["5.10.101", true],
    ["5.10.110", false],
    ["5.10.200", false],
    ["5.11-rc1", true],
    ["5.11", true],
    ["5.15.32", true],
    ["5.15.33", false],
    ["5.17.3", true],
    ["5.18", false],
    ["6.1", false],
  ])("%s affected: %s", async (version, affected) => {
    const [advisory] = await advisoriesIn(kernel);
    expect(advisory?.affected.map((item) => item.package?.name ?? item.cpe)).toEqual([
      "Kernel",
      "cpe:2.3:o:linux:linux_kernel:*:*:*:*:*:*:*:*",
    ]);
    for (const item of advisory?.affected ?? []) expect(holdsFor(item, version)).toBe(affected);
  });

  test("the fix of a stream is told with the stream", async () => {
    const [advisory] = await advisoriesIn(kernel);
    expect(advisory?.affected[0]?.exceptions.map((one) => one.fixed)).toEqual(["5.10.110", "5.15.33"]);
  });
});

describe("what a CVE Record says of itself", () => {
  test("a rejected record is withdrawn and affects nothing", async () => {
    const affected = [{ vendor: "Acme", product: "Pump", defaultStatus: "affected" }];
    const [advisory] = await advisoriesIn(
      record({ affected }, { meta: { state: "REJECTED", dateRejected: "2024-06-01T00:00:00Z" } }),
    );
    expect(advisory?.withdrawnAt).toBe("2024-06-01T00:00:00.000Z");
    expect(advisory?.affected).toEqual([]);
  });

  test("a disputed record says so in its title", async () => {
    expect((await advisoriesIn(record({ tags: ["disputed"], title: "Flaw" })))[0]?.title).toBe("Disputed: Flaw");
  });

  test("vectors of all versions with their source, and CISA's decisions", async () => {
    const metrics = [
      { cvssV4_0: { vectorString: "CVSS:4.0/AV:N" } },
      { cvssV3_1: { vectorString: "CVSS:3.1/AV:N" } },
      { cvssV2_0: { vectorString: "AV:N/AC:L" } },
    ];
    const options = [{ Exploitation: "active" }, { Automatable: "yes" }, { "Technical Impact": "total" }];
    const cisa = {
      providerMetadata: { shortName: "CISA-ADP" },
      metrics: [{ other: { type: "ssvc", content: { options } } }, { other: { type: "kev", content: {} } }],
    };
    const [advisory] = await advisoriesIn(
      record({ metrics, providerMetadata: { shortName: "acme" } }, { adp: [cisa] }),
    );
    expect(advisory?.severities.map((one) => [one.kind, one.source])).toEqual([
      ["CVSS_V4", "cve:acme"],
      ["CVSS_V3", "cve:acme"],
      ["CVSS_V2", "cve:acme"],
    ]);
    expect(advisory?.ssvc).toEqual({
      exploitation: "active",
      automatable: "yes",
      technicalImpact: "total",
      source: "cve:CISA-ADP",
    });
  });
});
