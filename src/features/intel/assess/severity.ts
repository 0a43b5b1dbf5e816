import type { StatedSeverity } from "../schema.ts";
import { scoresOfVector } from "../severity/cvss.ts";
import type { Rating, Severity } from "./schema.ts";

const UNKNOWN: Severity = { source: "", vector: null, score: null, rating: "unknown" };

/** Words sources use, beside Cordon's own. */
const WORDS: Readonly<Record<string, Rating>> = {
  critical: "critical",
  high: "high",
  important: "high",
  medium: "medium",
  moderate: "medium",
  low: "low",
  negligible: "low",
  minor: "low",
  unimportant: "low",
  none: "none",
  informational: "none",
};

export const RATINGS: readonly Rating[] = ["critical", "high", "medium", "low", "none", "unknown"];

/**
 * One severity of what several sources state: a CVSS v3 or v4 vector before a v2 one, a vector before a word; among equals
 * the highest, so that no source can talk another's down. Its source is named.
 */
export function chooseSeverity(stated: readonly StatedSeverity[]): Severity {
  const candidates = stated.map(read).filter((candidate) => candidate !== null);
  candidates.sort((a, b) => a.rank - b.rank || severityOrder(a.severity, b.severity));
  return candidates[0]?.severity ?? UNKNOWN;
}

/** Worst first: by rating, then by score. */
export const severityOrder = (a: Severity, b: Severity): number =>
  RATINGS.indexOf(a.rating) - RATINGS.indexOf(b.rating) || (b.score ?? -1) - (a.score ?? -1);

function read({ kind, source, value }: StatedSeverity): { rank: number; severity: Severity } | null {
  if (kind === "rating") {
    const rating = WORDS[value.trim().toLowerCase()];
    return rating === undefined ? null : { rank: 2, severity: { source, vector: null, score: null, rating } };
  }
  const scored = scoresOfVector(value);
  if (scored === null) return null;
  const severity = { source, vector: scored.vector, score: scored.score, rating: scored.rating };
  return { rank: scored.version === "2.0" ? 1 : 0, severity };
}
