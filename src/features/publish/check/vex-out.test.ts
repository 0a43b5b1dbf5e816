import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JUSTIFICATIONS, STATES } from "../../intel/findings/schema.ts";
import { type StatedFinding, statementsFromFindings } from "../../intel/vex/out/from-findings.ts";
import { readVex } from "../../intel/vex/read-vex.ts";
import { writeCsafVex } from "../../intel/vex/write-csaf.ts";
import { checkDocument } from "./check-document.ts";

const FINDING: StatedFinding = {
  advisory: "CVE-2022-0778",
  aliases: [],
  componentName: "openssl",
  componentVersion: "1.1.1k",
  purl: null,
  cpe: null,
  state: "fixed",
  justification: null,
  note: "",
  decidedAt: new Date("2026-01-01T00:00:00Z"),
  foundAt: new Date("2026-01-01T00:00:00Z"),
  suspect: false,
};
const DOCUMENT = {
  id: "0192f6a0-0000-7000-8000-000000000001",
  title: "Vulnerabilities in Infusion pump 2.4.0",
  issuedAt: new Date("2026-01-02T03:04:05.000Z"),
  author: "Example Devices",
  namespace: "https://psirt.example.com",
};
const written = (...findings: Partial<StatedFinding>[]) =>
  writeCsafVex(
    DOCUMENT,
    statementsFromFindings(
      { name: "Infusion pump", version: "2.4.0" },
      "Example Devices",
      findings.map((said) => ({ ...FINDING, ...said })),
    ),
  ) as { vulnerabilities: { cve?: string; product_status: Record<string, string[]>; ids?: { text: string }[] }[] };
const errorsOf = async (document: object) =>
  (await checkDocument(document, []))
    .filter(({ level }) => level === "error")
    .map(({ test: rule, pointer }) => [rule, pointer]);
const readBack = (document: object) => readVex(new TextEncoder().encode(JSON.stringify(document)), { name: "back" });

describe("CSAF VEX of a release's findings holds against the standard's tests", () => {
  test.each<[string, Partial<StatedFinding>]>([
    ["a package URL that is none", { purl: "openssl 1.1.1k" }],
    ["a package URL written loosely", { purl: "PKG:NPM/foo bar@1.0" }],
    ["a CPE name that is none", { cpe: "cpe:2.3:a:openssl" }],
    ["a CPE name with signs that want a backslash", { cpe: "cpe:2.3:a:openssl:open ssl:1.1.1k:*:*:*:*:*:*:*" }],
    ["a part without a name", { componentName: "", cpe: "cpe:2.3:a:openssl:openssl:1.1.1k:*:*:*:*:*:*:*" }],
    ["a version of nothing", { componentVersion: "" }],
    ["a version like a range", { componentVersion: ">=1.1" }],
    ["a version in words", { componentVersion: "1.1 and later" }],
    ["an advisory without a CVE number", { advisory: "RUSTSEC-2021-0001" }],
  ])("%s", async (_, said) => {
    const document = written(said);
    expect(await errorsOf(document)).toEqual([]);
    const { statements, refused } = readBack(document);
    expect([refused, statements.map(({ status }) => status)]).toEqual([[], ["fixed"]]);
  });

  test("the CVE number is where tools look for it, whichever name the finding has", () => {
    const [entry] = written({ advisory: "GHSA-x3mh-jvjw-3xwx", aliases: ["CVE-2022-0778"] }).vulnerabilities;
    expect([entry?.cve, entry?.ids]).toEqual(["CVE-2022-0778", [{ system_name: "GHSA", text: "GHSA-x3mh-jvjw-3xwx" }]]);
  });

  test("of two advisories of one CVE that were judged differently the more careful is said, once", async () => {
    const document = written(
      {
        advisory: "GHSA-x3mh-jvjw-3xwx",
        aliases: ["CVE-2022-0778"],
        state: "not-affected",
        justification: "code_not_present",
      },
      { advisory: "DSA-5103-1", aliases: ["CVE-2022-0778"], state: "affected", note: "Update to 2.5." },
    );
    expect(document.vulnerabilities).toHaveLength(1);
    expect(Object.keys(document.vulnerabilities[0]?.product_status ?? {})).toEqual(["known_affected"]);
    expect(await errorsOf(document)).toEqual([]);
  });

  const words = fc.oneof(
    fc.constantFrom("", " ", "all", "<2", 'a"b\\', "日本", "x".repeat(900)),
    fc.string({ maxLength: 12 }),
  );
  const finding = fc
    .record({
      advisory: fc.constantFrom("CVE-2022-0778", "GHSA-x3mh-jvjw-3xwx", "DSA-5103-1"),
      aliases: fc.subarray(["CVE-2022-0778", "CVE-2022-0002"]),
      componentName: words,
      componentVersion: fc.option(words),
      purl: fc.option(fc.oneof(words, fc.constantFrom("pkg:npm/%40a/b@1", "pkg:deb/debian/openssl@1?arch=armhf"))),
      cpe: fc.option(fc.oneof(words, fc.constantFrom("cpe:/a:x:y:1", "cpe:2.3:o:x:y_z:1.0:*:*:*:*:*:*:*"))),
      state: fc.constantFrom(...STATES),
      reason: fc.constantFrom(...JUSTIFICATIONS),
      note: words,
      suspect: fc.boolean(),
    })
    .map(({ reason, ...one }) => ({ ...one, justification: one.state === "not-affected" ? reason : null }));

  test("whatever the SBOM called its parts and however they were decided", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(finding, { minLength: 1, maxLength: 4 }), async (findings) => {
        const document = written(...findings);
        expect(await errorsOf(document)).toEqual([]);
        expect(readBack(document).refused).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
