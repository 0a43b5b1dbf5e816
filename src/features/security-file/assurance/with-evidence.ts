import type { Evidence as Kept, Disposition as KeptDisposition, KeptFinding } from "../../evidence/stored/schema.ts";
import type { SecurityFile } from "../schema.ts";
import type { Evidence, EvidenceOrigin, Test, TestFinding, TestResult } from "./schema.ts";

/** What a server keeps beside the file: evidence that counts, and what tests found. */
export interface Beside {
  evidence: readonly Kept[];
  findings: readonly KeptFinding[];
  /** Version of the release. */
  version: string;
}

const ORIGIN: Record<Kept["origin"], EvidenceOrigin> = {
  person: "upload",
  pipeline: "pipeline",
  "command-line": "command-line",
};

/** The id a piece of kept evidence has among the items of a file. */
export const evidenceItemId = (id: string): string => `evidence-${id}`;

/**
 * A file with the evidence that is kept beside it: as evidence of its controls and tests, as results of its tests, and as their findings.
 * Evidence the file names itself (the same bytes) is not told twice. Withdrawn and superseded evidence proves nothing.
 */
export function withEvidence(file: SecurityFile, { evidence, findings, version }: Beside): SecurityFile {
  const counted = evidence.filter(({ withdrawn, supersededBy }) => withdrawn === null && supersededBy === null);
  if (counted.length === 0) return file;
  const known = new Map(file.evidence.flatMap((one) => (one.sha256 === null ? [] : [[one.sha256, one.id] as const])));
  const provable = new Set([...file.controls, ...file.tests].map(({ id }) => id));
  const provesOf = (kept: Kept) => kept.proves.map(({ id }) => id).filter((id) => provable.has(id));
  const added = new Map<string, string[]>();
  for (const kept of counted) {
    const own = known.get(kept.sha256);
    if (own !== undefined) added.set(own, provesOf(kept));
  }
  return {
    ...file,
    evidence: [
      ...file.evidence.map((one) => ({ ...one, proves: [...new Set([...one.proves, ...(added.get(one.id) ?? [])])] })),
      ...counted.filter(({ sha256 }) => !known.has(sha256)).map((kept) => itemOf(kept, provesOf(kept))),
    ],
    tests: file.tests.map((test) => withResults(test, counted, findings, version, known)),
  };
}

/** A file that is being edited, with the evidence, results and findings that a judged one has. */
export function asJudged(file: SecurityFile, judged: SecurityFile): SecurityFile {
  const tests = new Map(judged.tests.map((test) => [test.id, test]));
  return {
    ...file,
    evidence: judged.evidence,
    tests: file.tests.map((test) => {
      const { results, findings } = tests.get(test.id) ?? test;
      return { ...test, results, findings };
    }),
  };
}

const itemOf = (kept: Kept, proves: string[]): Evidence => ({
  id: evidenceItemId(kept.id),
  name: kept.fileName || kept.summary.format,
  description: kept.note,
  file: null,
  sha256: kept.sha256,
  origin: ORIGIN[kept.origin],
  tool:
    kept.summary.tool === null
      ? null
      : {
          name: kept.summary.tool.name,
          version: kept.summary.tool.version ?? "",
          settings: (kept.summary.tool.settings ?? "").slice(0, 1_000),
        },
  provesFrom: kept.provesFrom,
  provesUntil: kept.provesUntil,
  receivedOn: kept.cameInAt.slice(0, 10),
  proves,
});

function withResults(
  test: Test,
  evidence: readonly Kept[],
  findings: readonly KeptFinding[],
  version: string,
  known: ReadonlyMap<string, string>,
): Test {
  const told = new Set(test.results.flatMap((result) => result.evidence));
  const proofs = evidence
    .filter(({ proves }) => proves.some(({ kind, id }) => kind === "test" && id === test.id))
    .sort((a, b) => (a.provesFrom < b.provesFrom ? -1 : 1));
  const results = proofs
    .filter(({ sha256 }) => !told.has(known.get(sha256) ?? ""))
    .map((kept) => resultOf(kept, version, known.get(kept.sha256) ?? evidenceItemId(kept.id)));
  const from = new Set(proofs.map(({ id }) => id));
  const found = findings.filter(({ lastEvidenceId, severity }) => from.has(lastEvidenceId) && severity !== "none");
  return { ...test, results: [...test.results, ...results], findings: mergedFindings(test.findings, found) };
}

/** A finding that the file names too stands once: what was decided on the server counts before what the file says. */
function mergedFindings(own: readonly TestFinding[], found: readonly KeptFinding[]): TestFinding[] {
  const kept = new Map(found.map((finding) => [finding.title, finding]));
  const names = new Set(own.map(({ name }) => name));
  return [
    ...own.map((finding) => {
      const disposition = kept.get(finding.name)?.disposition ?? null;
      return disposition === null ? finding : { ...finding, disposition: dispositionOf(disposition) };
    }),
    ...found.filter(({ title }) => !names.has(title)).map(findingOf),
  ];
}

/** A run without a failure passed; a scan passed when everything it found has a disposition. */
function resultOf({ provesFrom, summary, openFindings }: Kept, release: string, evidence: string): TestResult {
  const failed = summary.tests === null ? openFindings > 0 : summary.tests.failed > 0;
  return { outcome: failed ? "failed" : "passed", on: provesFrom, release, evidence: [evidence] };
}

const findingOf = ({ id, title, severity, disposition }: KeptFinding): TestFinding => ({
  id,
  name: title.slice(0, 300) || "A finding without a title",
  severity: severity === "unknown" || severity === "none" ? "info" : severity,
  disposition: disposition === null ? null : dispositionOf(disposition),
});

const dispositionOf = (kept: KeptDisposition): NonNullable<TestFinding["disposition"]> => ({
  state: kept.state,
  because: kept.because.slice(0, 300) || "Shown by evidence",
  release: "release" in kept ? kept.release : null,
  on: "on" in kept ? kept.on : null,
});
