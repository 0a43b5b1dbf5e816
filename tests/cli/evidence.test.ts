import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { NMAP, PENTEST, SARIF } from "../support/evidence-samples.ts";
import { cordon, folderWith } from "./run-cordon.ts";

const folder = folderWith({
  "codeql.sarif": SARIF,
  "scan.xml": NMAP,
  "findings.csv": PENTEST,
  "posing.sarif": "PK\u0003\u0004",
});
afterAll(() => rmSync(folder, { recursive: true }));

test("TE-5: a file says what it is, with tool, settings, time and findings", async () => {
  const { code, out } = await cordon(["evidence", "show", join(folder, "codeql.sarif")]);
  expect(code).toBe(0);
  expect(out).toContain("Code analysis (SARIF), SARIF 2.1.0");
  expect(out).toContain("CodeQL 2.19.3");
  expect(out).toContain("1 critical, 1 medium");
  expect(out).toMatch(/critical.*Unbounded write.*src\/net\/parse\.c:214/);
});

test("several files as JSON, whole", async () => {
  const { code, out } = await cordon([
    "evidence",
    "show",
    join(folder, "scan.xml"),
    join(folder, "findings.csv"),
    "--format",
    "json",
  ]);
  expect(code).toBe(0);
  const [scan, findings] = JSON.parse(out);
  expect([scan.kind, scan.findings.length, findings.kind, findings.findings.length]).toEqual(["nmap", 3, "pentest", 3]);
});

test("a ZIP posing as SARIF is refused by its place, and evidence of another kind than asked for", async () => {
  const zip = await cordon(["evidence", "show", join(folder, "posing.sarif")]);
  expect([zip.code, zip.err]).toEqual([
    2,
    "cordon: posing.sarif: This is a ZIP archive, whatever its name says. Unpack it and give the files in it.\n",
  ]);
  const other = await cordon(["evidence", "show", join(folder, "scan.xml"), "--as", "junit"]);
  expect(other.code).toBe(2);
  expect(other.err).toContain("This is not Test results (JUnit XML); it is Port scan (nmap)");
});

test("the template of a penetration test can be filled in and read", async () => {
  const { code, out } = await cordon(["evidence", "template", "pentest"]);
  expect(code).toBe(0);
  expect(out).toContain("id,title,severity,place,cwe,cve,description,retest\r\n");
});
