import { describe, expect, test } from "vitest";
import { bytesOf, SAMPLES } from "../../../tests/support/evidence-samples.ts";
import { pentestTemplate } from "./pentest-template.ts";
import { readEvidence } from "./read-evidence.ts";
import { EvidenceSummary } from "./schema.ts";

const read = (text: string, name = "file") => readEvidence(bytesOf(text), { name });

describe("TE-5: tool, version and settings are read, with the time and the subject", () => {
  test.each([
    ["sarif", "sarif", "CodeQL", "2.19.3", /database analyze/, "2026-10-05T08:11:02.000Z", "2026-10-05T08:29:47.000Z"],
    ["junit", "junit", "pytest tests", null, null, "2026-10-06T14:02:11.512Z", "2026-10-06T14:02:24.012Z"],
    ["nmap", "nmap", "nmap", "7.95", /--script vuln/, "2026-10-06T09:00:00.000Z", "2026-10-06T09:05:00.000Z"],
    ["sslscan", "sslscan", "sslscan", "2.1.5", null, null, null],
    ["zapJson", "zap", "OWASP ZAP", "2.17.0", null, "2026-10-06T10:00:00.123Z", "2026-10-06T10:00:00.123Z"],
    ["zapXml", "zap", "OWASP ZAP", "2.14.0", null, "2026-10-06T10:00:00.000Z", "2026-10-06T10:00:00.000Z"],
    [
      "nessus",
      "nessus",
      "Nessus",
      "10.8.3",
      /Policy Medical device.*Credentialed checks: yes/,
      "2026-10-06T09:00:00.000Z",
      "2026-10-06T10:00:00.000Z",
    ],
    ["vdrJson", "cyclonedx-vdr", "trivy", "0.67.0", null, "2026-10-07T06:00:00.000Z", "2026-10-07T06:00:00.000Z"],
    ["vdrXml", "cyclonedx-vdr", "trivy", "0.67.0", null, "2026-10-07T06:00:00.000Z", "2026-10-07T06:00:00.000Z"],
    ["spdxJson", "bom-facts", "syft", "1.33.0", null, "2026-10-07T06:00:00.000Z", "2026-10-07T06:00:00.000Z"],
    ["spdxTagValue", "bom-facts", "syft", "1.33.0", null, "2026-10-07T06:00:00.000Z", "2026-10-07T06:00:00.000Z"],
    [
      "pentest",
      "pentest",
      "Example Security Ltd",
      null,
      /Grey box.*nmap 7.95/,
      "2026-09-14T00:00:00.000Z",
      "2026-09-25T23:59:59.000Z",
    ],
  ] as const)("%s", async (sample, kind, tool, version, settings, from, until) => {
    const facts = await read(SAMPLES[sample], "whatever.bin");
    EvidenceSummary.parse(facts);
    expect(facts).toMatchObject({ kind, performedFrom: from, performedUntil: until });
    expect(facts.tool).toMatchObject({ name: tool, version });
    if (settings === null) expect(facts.tool?.settings ?? null).toBeNull();
    else expect(facts.tool?.settings).toMatch(settings);
  });
});

const brief = async (sample: keyof typeof SAMPLES) =>
  (await read(SAMPLES[sample])).findings.map(({ rule, severity, said, place, cwes, cves }) =>
    [rule, severity, said, place, cwes.join(" "), cves.join(" ")].join(" | "),
  );

describe("TE-6: every finding, with the tool's severity and ours", () => {
  test("SARIF: by score, by level, with the suppressed one and its reason", async () => {
    expect(await brief("sarif")).toEqual([
      "cpp/unbounded-write | critical | error, 9.3 | src/net/parse.c:214 | CWE-120 CWE-787 | ",
      "cpp/hardcoded-credentials | medium | warning | src/service/login.c | CWE-798 | ",
    ]);
    const { findings, tests, subjects } = await read(SAMPLES.sarif);
    expect(findings[0]?.description).toBe(
      "This 'call to strcpy' with input from a network packet may overflow the destination.",
    );
    expect(findings[1]?.note).toBe("Suppressed in the tool (accepted): test build only");
    expect(tests).toEqual({ run: 1, passed: 1, failed: 0, skipped: 0 });
    expect(subjects).toContainEqual({
      kind: "artefact",
      name: "build/pump-fw-2.4.1.elf",
      sha256: expect.stringMatching(/^9f86/),
    });
  });

  test("JUnit: failures and errors; the rest is counted", async () => {
    expect(await brief("junit")).toEqual([
      "tests.test_update.test_unsigned_firmware_is_refused | unknown | failure | tests/test_update.py:41 |  | ",
      "tests.test_update.test_interrupted_update | unknown | error |  |  | ",
    ]);
    expect((await read(SAMPLES.junit)).tests).toEqual({ run: 5, passed: 2, failed: 2, skipped: 1 });
  });

  test("JUnit: a suite that says another number than it holds is noted", async () => {
    const { problems } = await read('<testsuite name="a" tests="9"><testcase name="b"/></testsuite>', "r.xml");
    expect(problems).toEqual([
      { at: expect.stringMatching(/^r\.xml:1:/), reason: "The suite says 9 tests and holds 1." },
    ]);
  });

  test("nmap: what a script calls vulnerable; open ports as observations", async () => {
    expect(await brief("nmap")).toEqual([
      "ssl-poodle | unknown | VULNERABLE | 192.0.2.17:443/tcp |  | CVE-2014-3566",
      "port 443/tcp | none | open | 192.0.2.17:443/tcp |  | ",
      "port 3671/tcp | none | open | 192.0.2.17:3671/tcp |  | ",
    ]);
    expect((await read(SAMPLES.nmap)).facts).toContainEqual({ name: "Closed ports", value: "65532" });
  });

  test("sslscan", async () => {
    expect(await brief("sslscan")).toEqual([
      "protocol tls 1.0 | medium | enabled | 192.0.2.17:443 |  | ",
      "cipher TLSv1.0 TLS_RSA_WITH_3DES_EDE_CBC_SHA | medium | medium | 192.0.2.17:443 |  | ",
      "certificate key | medium | 1024 bits | 192.0.2.17:443 |  | ",
      "certificate self-signed | medium | self-signed | 192.0.2.17:443 |  | ",
    ]);
  });

  test("ZAP: the same from JSON and from XML; mark-up and script are gone", async () => {
    const expected = [
      "40018-1 | high | High | GET https://pump-17.example/logs?id=1 (id) and 1 more | CWE-89 | ",
      "10015 | none | Informational | https://pump-17.example | CWE-525 | ",
    ];
    expect(await brief("zapJson")).toEqual(expected);
    expect(await brief("zapXml")).toEqual(expected);
    expect((await read(SAMPLES.zapJson)).findings[0]?.description).toBe("SQL injection may be possible.");
  });

  test("Nessus", async () => {
    expect(await brief("nessus")).toEqual([
      "19506 | none | Info | 192.0.2.17 |  | ",
      "51192 | medium | Medium | 192.0.2.17:443/tcp | CWE-295 | ",
      "73412 | critical | Critical | 192.0.2.17:443/tcp |  | CVE-2014-0160",
    ]);
  });

  test("CycloneDX: the worst rating; the analysis is a note, not a decision", async () => {
    const expected = ["CVE-2023-0286 | high | high 7.4 | openssl 3.0.7 | CWE-843 | CVE-2023-0286"];
    expect(await brief("vdrJson")).toEqual(expected);
    expect(await brief("vdrXml")).toEqual(expected);
    expect((await read(SAMPLES.vdrJson)).findings[0]?.note).toBe(
      "Analysis in the report: not_affected, code_not_reachable. CRL checking is off.",
    );
  });

  test("licences and hashes of parts, in both SPDX spellings", async () => {
    for (const sample of ["spdxJson", "spdxTagValue"] as const)
      expect(Object.fromEntries((await read(SAMPLES[sample])).facts.map(({ name, value }) => [name, value]))).toEqual({
        Parts: "2",
        "Parts with a licence": "1",
        "Parts with a hash": "1",
        Licences: "Zlib (1)",
        "Hash algorithms": "SHA256 (1)",
      });
  });

  test("a penetration test: severities of the template, several CWE, and the formula made text", async () => {
    expect(await brief("pentest")).toEqual([
      "F-1 | high | high | RS-232 service port | CWE-1392 | ",
      "F-2 | medium | medium | 443/tcp | CWE-295 CWE-327 | CVE-2023-0286",
      "F-3 | none | info | 443/tcp |  | ",
    ]);
    const { findings, problems } = await read(SAMPLES.pentest);
    expect(findings[1]).toMatchObject({ description: 'HYPERLINK("http://evil.example")', note: "Retest: fixed" });
    expect(problems).toContainEqual({
      at: "file:11",
      reason: "A cell begins like a formula; the sign was taken away.",
    });
  });

  test("TE-4: the empty template is recognised and says what is missing", async () => {
    const facts = await read(pentestTemplate());
    expect(facts.kind).toBe("pentest");
    expect(facts.problems.map(({ reason }) => reason)).toContain("The line “# independence:” is missing or empty.");
  });
});
