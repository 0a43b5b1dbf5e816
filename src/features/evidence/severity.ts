import type { Rating } from "../intel/assess/schema.ts";

const WORDS: Readonly<Record<string, Rating>> = {
  critical: "critical",
  severe: "critical",
  high: "high",
  important: "high",
  error: "high",
  medium: "medium",
  moderate: "medium",
  warning: "medium",
  low: "low",
  minor: "low",
  note: "low",
  info: "none",
  information: "none",
  informational: "none",
  none: "none",
};

/** Our rating for a tool's word; `unknown` for one that is not known. */
export const ratingOfWord = (word: string): Rating => {
  const key = word.trim().toLowerCase();
  return Object.hasOwn(WORDS, key) ? (WORDS[key] ?? "unknown") : "unknown";
};

/** CVSS v3.1 section 5; null where it is no score. */
export function ratingOfScore(text: string): Rating | null {
  const score = text.trim() === "" ? Number.NaN : Number(text);
  if (!(score >= 0 && score <= 10)) return null;
  if (score >= 9) return "critical";
  if (score >= 7) return "high";
  if (score >= 4) return "medium";
  return score > 0 ? "low" : "none";
}
