import type { Assessment, Finding, Rating } from "../../features/intel/assess/schema.ts";
import { literal, uriOf } from "../sarif-text.ts";

const LEVEL: Record<Rating, "error" | "warning" | "note"> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
  none: "note",
  unknown: "warning",
};

/** Where a source gives only a word, the middle of its CVSS band, so that code hosts can sort by number. */
const BAND: Record<Rating, number> = { critical: 9.5, high: 8, medium: 5.5, low: 2, none: 0, unknown: 5 };

/** SARIF 2.1.0 (OASIS): a rule for each advisory, a result for each finding at the component as a logical location. */
export function toSarif(assessment: Assessment) {
  const ids = [...new Set(assessment.findings.map(({ advisory }) => advisory))];
  const indexOf = new Map(ids.map((id, index) => [id, index]));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Cordon",
            semanticVersion: "0.1.0",
            informationUri: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html",
            rules: ids.map((id) => ruleOf(id, worstOf(assessment.findings, id))),
          },
        },
        invocations: [{ executionSuccessful: true, endTimeUtc: assessment.assessedAt }],
        artifacts: [{ location: { uri: uriOf(assessment.subject.path) } }],
        properties: {
          asOf: assessment.asOf,
          components: assessment.components,
          unmatched: assessment.unmatched.length,
        },
        results: assessment.findings.map((finding) =>
          resultOf(finding, indexOf.get(finding.advisory) ?? 0, assessment),
        ),
      },
    ],
  };
}

function worstOf(findings: readonly Finding[], id: string): Finding | undefined {
  return findings.find(({ advisory }) => advisory === id);
}

function ruleOf(id: string, finding: Finding | undefined) {
  const { rating, score } = finding?.severity ?? { rating: "unknown" as const, score: null };
  const title = finding?.title || id;
  return {
    id,
    name: id,
    shortDescription: { text: literal(title) },
    helpUri: linkOf(id),
    defaultConfiguration: { level: LEVEL[rating] },
    properties: {
      "security-severity": (score ?? BAND[rating]).toFixed(1),
      tags: ["security", "vulnerability", ...(finding?.exploited == null ? [] : ["exploited"])],
    },
  };
}

function resultOf(finding: Finding, ruleIndex: number, { subject }: Assessment) {
  const { component, advisory, severity, exploited, fixedIn, because } = finding;
  const part = `${component.name} ${component.version ?? ""}`.trim();
  const fix = fixedIn.length === 0 ? "No fixed version is known." : `Fixed in ${fixedIn.join(", ")}.`;
  const text = `${part}: ${finding.title || advisory}${exploited === null ? "" : " (exploited in the wild)"}. ${fix} Because ${because.range} (${because.source}, ${because.record}).`;
  return {
    ruleId: advisory,
    ruleIndex,
    level: exploited === null ? LEVEL[severity.rating] : "error",
    message: { text: literal(text) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(subject.path), index: 0 } },
        logicalLocations: [{ name: part, fullyQualifiedName: component.purl ?? component.cpe ?? part, kind: "module" }],
      },
    ],
    partialFingerprints: { "component/vulnerability": `${component.purl ?? component.cpe ?? part}|${advisory}` },
    properties: { ...finding },
  };
}

const linkOf = (id: string) =>
  id.startsWith("CVE-")
    ? `https://www.cve.org/CVERecord?id=${id}`
    : `https://osv.dev/vulnerability/${encodeURIComponent(id)}`;
