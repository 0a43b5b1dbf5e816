import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { Fault } from "../../../lib/fault.ts";
import { STATES } from "../../intel/findings/schema.ts";
import { scoresOfVector } from "../../intel/severity/cvss.ts";
import { VEX_JUSTIFICATIONS } from "../../intel/vex/schema.ts";
import { checkDocument, cweNames } from "../check/check-document.ts";
import { AdvisoryContent } from "../schema.ts";
import { type DraftFacts, draftAdvisory, releasesToName, statusOf } from "./draft.ts";
import { fileNameOf, trackingIdOf } from "./file-name.ts";
import { gapsOf } from "./gaps.ts";
import { type Issue, writeAdvisory, writeWithdrawal } from "./write-advisory.ts";

const DEVICE = "0192f6a0-0000-7000-8000-000000000001";
const release = (n: number) => `0192f6a0-0000-7000-8000-00000000010${n}`;
const FACTS: DraftFacts = {
  vulnerabilities: [
    {
      advisory: "GHSA-vh95-rmgr-6w4m",
      aliases: ["CVE-2020-7598"],
      title: "Prototype pollution in minimist",
      details: "minimist before 1.2.2 could be tricked into adding properties to Object.prototype.",
      cwes: ["CWE-1321"],
      references: ["https://example.com/minimist", "javascript:alert(1)"],
      vector: "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:L",
    },
  ],
  products: [
    {
      releaseId: release(1),
      deviceId: DEVICE,
      vendor: "Example Devices",
      name: "Infusion pump",
      model: "IP-1",
      version: "2.4.0",
      functions: [{ kind: "therapy", name: "therapy delivery", harm: "catastrophic" }],
    },
    {
      releaseId: release(2),
      deviceId: DEVICE,
      vendor: "",
      name: "Infusion pump",
      model: "IP-1",
      version: "2.5.0",
      functions: [],
    },
  ],
  findings: [
    {
      advisory: "GHSA-vh95-rmgr-6w4m",
      releaseId: release(1),
      component: "minimist",
      state: "affected",
      justification: null,
      note: "Keep the pump off the ward network.",
    },
    {
      advisory: "GHSA-vh95-rmgr-6w4m",
      releaseId: release(2),
      component: "minimist",
      state: "fixed",
      justification: null,
      note: "",
    },
  ],
};

let issue: Issue;
beforeAll(async () => {
  issue = {
    trackingId: "EXD-2026-0001",
    publisher: {
      name: "Example Devices",
      category: "vendor",
      namespace: "https://psirt.example.com",
      contact: "psirt@example.com",
      issuingAuthority: "",
    },
    now: new Date("2026-01-02T03:04:05.000Z"),
    before: [],
    summary: "First issue.",
    selfUrl: "https://psirt.example.com/csaf/example/white/2026/exd-2026-0001.json",
    engineVersion: "0.1.0",
    scores: scoresOfVector,
    cweName: await cweNames(),
  };
}, 60_000);

const errorsOf = async (document: object) =>
  (await checkDocument(document, []))
    .filter(({ level }) => level === "error")
    .map(({ test, reason, fix }) => [test, reason, fix]);

describe("a draft out of what was decided", () => {
  const content = draftAdvisory(FACTS);

  test("says who is affected, what to do, and what it means for a patient", () => {
    expect(AdvisoryContent.parse(content)).toEqual(content);
    expect(content.title).toBe("minimist in Infusion pump: CVE-2020-7598");
    expect(content.vulnerabilities[0]).toMatchObject({
      name: "CVE-2020-7598",
      aliases: ["GHSA-vh95-rmgr-6w4m"],
      statements: [
        { releaseId: release(1), status: "affected" },
        { releaseId: release(2), status: "fixed" },
      ],
      remedies: [{ kind: "mitigation", details: "Keep the pump off the ward network." }],
      references: [{ url: "https://example.com/minimist" }],
    });
    expect(content.harm).toContain(
      "therapy delivery may stop or give wrong results; in the worst case a patient can die",
    );
  });

  test.each(["security-advisory", "vex"] as const)("becomes a valid %s", async (kind) => {
    expect(await errorsOf(writeAdvisory({ ...content, kind }, issue))).toEqual([]);
  });

  test("the next issue keeps the first date and lists both; the withdrawal names no product", async () => {
    const before = [{ number: 1, publishedAt: issue.now, summary: "First issue." }];
    const next = { ...issue, before, now: new Date("2026-02-02T03:04:05.000Z"), summary: "2.5.0 is out." };
    const document = writeAdvisory(content, next);
    expect(document).toMatchObject({
      document: {
        tracking: {
          version: "2",
          initial_release_date: "2026-01-02T03:04:05.000Z",
          revision_history: [{ number: "1" }, { number: "2", summary: "2.5.0 is out." }],
        },
      },
    });
    expect(await errorsOf(document)).toEqual([]);
    const withdrawal = writeWithdrawal(content, "It was about another product.", next);
    expect(await errorsOf(withdrawal)).toEqual([]);
    expect(withdrawal).not.toHaveProperty("product_tree");
  });

  test.each([
    [["fixed", "affected"], "affected"],
    [["new", "not-affected"], "under_investigation"],
    [["fixed", "not-affected"], "fixed"],
    [["not-affected"], "not_affected"],
    [["accepted"], "affected"],
    [[], null],
  ] as const)("components that are %s make a release %s", (states, status) => {
    expect(statusOf(states)).toBe(status);
  });

  test.each([
    [{ title: "" }, "Title"],
    [{ vulnerabilities: [] }, "Vulnerabilities"],
    [{ summary: "" }, "Summary"],
  ])("%o is refused with its place", (change, at) => {
    expect(() => writeAdvisory({ ...content, ...change }, issue)).toThrow(Fault);
    expect(gapsOf({ ...content, ...change }, scoresOfVector)[0]?.where).toBe(at);
  });
});

/** Any mix of decisions, texts and scores, as the page would send them. */
const words = fc.oneof(
  { weight: 1, arbitrary: fc.constant("") },
  { weight: 8, arbitrary: fc.string({ minLength: 1, maxLength: 30 }).map((text) => text.trim() || "Text.") },
);
const VECTORS = [
  "",
  "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
  "CVSS:3.0/AV:L/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N/E:P/RL:O/RC:C/CR:H",
  "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
  "AV:N/AC:L/Au:N/C:P/I:P/A:P",
];
const contents = fc
  .record({
    versions: fc.uniqueArray(fc.constantFrom("1.0", "1.0 beta", "2.4.0", "v3", "prior", "ü%@/ 1"), { minLength: 1 }),
    vulnerabilities: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom("CVE-2024-1000", "CVE-2024-1001", "GHSA-jfh8-c2jp-5v3q", "EXAMPLE 1"),
        states: fc.array(fc.constantFrom(...STATES, null), { minLength: 6, maxLength: 6 }),
        justification: fc.constantFrom(null, ...VEX_JUSTIFICATIONS),
        note: words,
        vector: fc.oneof(
          { weight: 1, arbitrary: fc.constant("nonsense") },
          { weight: 9, arbitrary: fc.constantFrom(...VECTORS) },
        ),
        cwe: fc.constantFrom("", "CWE-79", "CWE-999999"),
        remedies: fc.array(
          fc.record({
            kind: fc.constantFrom("vendor_fix", "mitigation", "workaround", "none_available", "no_fix_planned"),
            details: words,
            availableOn: fc.constantFrom(null, "2026-03-01"),
            url: fc.constantFrom("", "https://example.com/fix"),
          }),
          { maxLength: 2 },
        ),
        description: words,
      }),
      { maxLength: 3, selector: ({ name }) => name },
    ),
    kind: fc.constantFrom("security-advisory" as const, "vex" as const),
    tlp: fc.constantFrom("WHITE" as const, "AMBER" as const),
    status: fc.constantFrom("interim" as const, "final" as const),
    title: words,
    harm: words,
    distribution: words,
  })
  .map(({ versions, vulnerabilities, ...rest }) =>
    AdvisoryContent.parse({
      ...rest,
      summary: "What happened.",
      products: versions.map((version, i) => ({
        releaseId: release(i),
        deviceId: DEVICE,
        vendor: i % 2 === 0 ? "Example Devices" : "",
        name: "Pump (adult) é",
        model: i % 2 === 0 ? "P*1" : "",
        version,
      })),
      vulnerabilities: vulnerabilities.map(({ states, justification, note, ...one }) => ({
        ...one,
        aliases: ["GHSA-jfh8-c2jp-5v3q"],
        title: "",
        statements: versions.map((_, i) => {
          const state = states[i] ?? null;
          const status = state === null ? null : statusOf([state]);
          return {
            releaseId: release(i),
            status,
            justification: status === "not_affected" ? justification : null,
            impact: status === "not_affected" ? note : "",
          };
        }),
        references: [],
      })),
      references: [],
      acknowledgments: [{ name: "", organization: "", summary: "" }],
    }),
  );

test("any mix of decisions gives a valid document, or a refusal that names a place", { timeout: 60_000 }, async () => {
  let valid = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(contents, async (content) => {
      let document: object;
      try {
        document = writeAdvisory(content, issue);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        expect(error.at).not.toBe("");
        refused++;
        return;
      }
      // A version that reads like a range is for the validator to find, and to be told in plain words.
      const errors = (await errorsOf(document)).filter(([found]) => found !== "6.1.31");
      expect(errors).toEqual([]);
      valid++;
    }),
    { numRuns: 120 },
  );
  expect(Math.min(valid, refused)).toBeGreaterThan(10);
});

test.each([
  ["EXD-2026-0001", "exd-2026-0001.json"],
  ["Bosch & Söhne 2026/12", "bosch_s_hne_2026_12.json"],
  ["A+B", "a+b.json"],
])("the file of %s is %s", (id, name) => expect(fileNameOf(id)).toBe(name));

describe("an advisory names every release that something is known of", () => {
  const many = Array.from({ length: 700 }, (_, i) => ({ releaseId: `r${i}` }));
  test("also the last of them; the others fill the room that is left", () => {
    const touched = new Set(many.slice(600).map(({ releaseId }) => releaseId));
    const named = releasesToName(many, touched).map(({ releaseId }) => releaseId);
    expect(named).toHaveLength(500);
    expect(named.slice(-100)).toEqual([...touched]);
  });
  test("or is refused with their number", () => {
    expect(() => releasesToName(many, new Set(many.map(({ releaseId }) => releaseId)))).toThrow(/^700 releases/);
  });
});

test("numbers have four digits and go on beyond", () => {
  expect([trackingIdOf("EXD", 2026, 7), trackingIdOf("EXD", 2026, 12_345)]).toEqual([
    "EXD-2026-0007",
    "EXD-2026-12345",
  ]);
});
