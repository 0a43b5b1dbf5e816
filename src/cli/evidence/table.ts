import Table from "cli-table3";
import { type EvidenceFacts, KIND_WORDS } from "../../features/evidence/schema.ts";
import type { Rating } from "../../features/intel/assess/schema.ts";
import { plain } from "../run-action.ts";
import { type Style, styleFor } from "../style.ts";
import { wrap } from "../wrap.ts";

const MOST_ROWS = 50;
const ORDER: readonly Rating[] = ["critical", "high", "medium", "low", "unknown", "none"];
export const SEVERITY_WORDS: Readonly<Record<Rating, string>> = {
  critical: "critical",
  high: "high",
  medium: "medium",
  low: "low",
  unknown: "not rated",
  none: "observation",
};

/** What a file is and what it found, worst first; observations are counted only. */
export function factsTable(facts: EvidenceFacts, sha256: string, style = styleFor(process.stdout)): string {
  const findings = facts.findings
    .filter(({ severity }) => severity !== "none")
    .sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
  const lines = [
    ...heading(facts, sha256, style),
    ...facts.problems.map(({ at, reason }) => style.warn(plain(`! ${at}: ${reason}`))),
  ];
  if (findings.length === 0) return lines.join("\n");
  const table = new Table({
    head: ["Severity", "Finding", "Where", "Names"],
    style: { head: [], border: [], compact: true },
  });
  for (const one of findings.slice(0, MOST_ROWS))
    table.push([
      one.severity === "critical" || one.severity === "high"
        ? style.alarm(SEVERITY_WORDS[one.severity])
        : SEVERITY_WORDS[one.severity],
      wrap(plain(one.note === null ? one.title : `${one.title} (${one.note})`), 48),
      wrap(plain(one.place), 32),
      wrap([...one.cves, ...one.cwes].join(" "), 16),
    ]);
  const rest = findings.length - MOST_ROWS;
  return [...lines, table.toString(), ...(rest > 0 ? [`… and ${rest} more (--format json has them all)`] : [])].join(
    "\n",
  );
}

function heading(facts: EvidenceFacts, sha256: string, style: Style): string[] {
  const { tool, tests } = facts;
  const day = (iso: string) => iso.slice(0, 16).replace("T", " ");
  const lines: [string, string | null][] = [
    ["Kind", `${KIND_WORDS[facts.kind]}, ${facts.format}`],
    ["Tool", tool === null ? null : `${tool.name}${tool.version === null ? "" : ` ${tool.version}`}`],
    ["Settings", tool?.settings ?? null],
    [
      "Performed",
      facts.performedFrom === null
        ? "the file names no time"
        : `${day(facts.performedFrom)} to ${day(facts.performedUntil ?? facts.performedFrom)} UTC`,
    ],
    [
      "Subject",
      facts.subjects
        .map(({ name, sha256: hash }) => (hash === null ? name : `${name} (${hash.slice(0, 12)}…)`))
        .slice(0, 5)
        .join(", ") || null,
    ],
    [
      "Tests",
      tests === null
        ? null
        : `${tests.run} run, ${tests.passed} passed, ${tests.failed} failed, ${tests.skipped} skipped`,
    ],
    [
      "Findings",
      ORDER.flatMap((one) =>
        (facts.bySeverity[one] ?? 0) > 0 ? `${facts.bySeverity[one]} ${SEVERITY_WORDS[one]}` : [],
      ).join(", ") || "none",
    ],
    ...facts.facts.map(({ name, value }): [string, string] => [name, value]),
    ["SHA-256", sha256],
  ];
  return lines.flatMap(([name, value]) => (value === null ? [] : [`${style.quiet(name.padEnd(22))}${plain(value)}`]));
}
