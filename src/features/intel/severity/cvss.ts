import calculator from "ae-cvss-calculator";
import type { Rating } from "../assess/schema.ts";

export type CvssVersion = "2.0" | "3.0" | "3.1" | "4.0";

export interface CvssScore {
  version: CvssVersion;
  /** 0.0 to 10.0, one decimal. */
  score: number;
  rating: Rating;
}

/** Qualitative rating of a score (CVSS v3.1 section 5, v4.0 section 6); v2 has no "critical" and NVD's bands are used. */
export function ratingOf(version: CvssVersion, score: number): Rating {
  if (version === "2.0") return score >= 7 ? "high" : score >= 4 ? "medium" : "low";
  if (score >= 9) return "critical";
  if (score >= 7) return "high";
  if (score >= 4) return "medium";
  return score > 0 ? "low" : "none";
}

/** Score and rating of a CVSS vector with all metrics it states; null when it is no complete vector. */
export function scoreVector(vector: string): CvssScore | null {
  const text = vector.trim();
  const version = versionOf(text);
  if (version === null) return null;
  try {
    const parsed = MODELS[version](text);
    if (!parsed.isBaseFullyDefined()) return null;
    const score = parsed.calculateScores().overall;
    return Number.isFinite(score) ? { version, score, rating: ratingOf(version, score) } : null;
  } catch {
    return null;
  }
}

const MODELS = {
  "2.0": (vector: string) => new calculator.Cvss2(vector),
  "3.0": (vector: string) => new calculator.Cvss3P0(vector),
  "3.1": (vector: string) => new calculator.Cvss3P1(vector),
  "4.0": (vector: string) => new calculator.Cvss4P0(vector),
} as const;

function versionOf(vector: string): CvssVersion | null {
  if (vector.length > 500) return null;
  if (vector.startsWith("CVSS:4.0/")) return "4.0";
  if (vector.startsWith("CVSS:3.1/")) return "3.1";
  if (vector.startsWith("CVSS:3.0/")) return "3.0";
  return /^\(?(CVSS:2\.0\/)?AV:[LAN]\//.test(vector) ? "2.0" : null;
}
