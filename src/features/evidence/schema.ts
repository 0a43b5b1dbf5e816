import * as z from "zod";
import { Rating } from "../intel/assess/schema.ts";

/** What a file is, known by its content. `document`: kept and not read (a report as PDF, a picture, a note). */
export const EvidenceKind = z.enum([
  "sarif",
  "junit",
  "cyclonedx-vdr",
  "bom-facts",
  "nmap",
  "sslscan",
  "zap",
  "nessus",
  "pentest",
  "document",
]);
export type EvidenceKind = z.infer<typeof EvidenceKind>;

/** FDA premarket guidance V.C: tools by name, version and settings. */
export const EvidenceTool = z.object({
  name: z.string(),
  version: z.string().nullable(),
  /** Command line, arguments, policy: as the file states them, shortened. */
  settings: z.string().nullable(),
});
export type EvidenceTool = z.infer<typeof EvidenceTool>;

/** What was looked at: a host, an address, an artefact with its hash, a revision of source. */
export const EvidenceSubject = z.object({
  kind: z.enum(["host", "url", "artefact", "source"]),
  name: z.string(),
  sha256: z.string().nullable(),
});
export type EvidenceSubject = z.infer<typeof EvidenceSubject>;

/** One thing a test found. `severity` none: an observation, which needs no disposition; `said`: the tool's own word for it. */
export const TestFinding = z.object({
  rule: z.string(),
  title: z.string(),
  severity: Rating,
  said: z.string(),
  place: z.string(),
  cwes: z.array(z.string()),
  cves: z.array(z.string()),
  description: z.string(),
  /** What the file says was done about it: suppressed, not affected, retested. Somebody here still decides. */
  note: z.string().nullable(),
});
export type TestFinding = z.infer<typeof TestFinding>;

export const TestCounts = z.object({
  run: z.number().int(),
  passed: z.number().int(),
  failed: z.number().int(),
  skipped: z.number().int(),
});
export type TestCounts = z.infer<typeof TestCounts>;

export const SeverityCounts = z.record(Rating, z.number().int());
export type SeverityCounts = z.infer<typeof SeverityCounts>;

export const ReadProblem = z.object({ at: z.string(), reason: z.string() });
export type ReadProblem = z.infer<typeof ReadProblem>;

/** All but the findings: what is shown before a file is kept, and kept with it. */
export const EvidenceSummary = z.object({
  kind: EvidenceKind,
  /** `SARIF 2.1.0`. */
  format: z.string(),
  tool: EvidenceTool.nullable(),
  /** When it was done, where the file says so. */
  performedFrom: z.iso.datetime().nullable(),
  performedUntil: z.iso.datetime().nullable(),
  subjects: z.array(EvidenceSubject),
  tests: TestCounts.nullable(),
  bySeverity: SeverityCounts,
  /** What else can be counted: open ports, licences, hashes. */
  facts: z.array(z.object({ name: z.string(), value: z.string() })),
  problems: z.array(ReadProblem),
});
export type EvidenceSummary = z.infer<typeof EvidenceSummary>;

export interface EvidenceFacts extends EvidenceSummary {
  findings: TestFinding[];
}

/** What each kind is called. */
export const KIND_WORDS: Readonly<Record<EvidenceKind, string>> = {
  sarif: "Code analysis (SARIF)",
  junit: "Test results (JUnit XML)",
  "cyclonedx-vdr": "Vulnerability report (CycloneDX)",
  "bom-facts": "Licences and hashes of parts",
  nmap: "Port scan (nmap)",
  sslscan: "TLS scan (sslscan)",
  zap: "Web scan (OWASP ZAP)",
  nessus: "Vulnerability scan (Nessus)",
  pentest: "Findings of a penetration test",
  document: "Document",
};
