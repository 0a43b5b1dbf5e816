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
function ratingOf(version: CvssVersion, score: number): Rating {
  if (version === "2.0") return score >= 7 ? "high" : score >= 4 ? "medium" : "low";
  if (score >= 9) return "critical";
  if (score >= 7) return "high";
  if (score >= 4) return "medium";
  return score > 0 ? "low" : "none";
}

/** Every score a vector leads to; null where it states no metric of that group. `score` is the one with all of them. */
export interface CvssScores extends CvssScore {
  vector: string;
  base: number;
  /** With the temporal (2.0 to 3.1) or threat metrics (4.0). */
  temporal: number | null;
  environmental: number | null;
}

/** Score and rating of a CVSS vector with all metrics it states; null when it is no complete vector. */
export function scoreVector(vector: string): CvssScore | null {
  const scores = scoresOfVector(vector);
  return scores === null ? null : { version: scores.version, score: scores.score, rating: scores.rating };
}

/** All scores of a CVSS vector; null when it is no complete vector. */
export function scoresOfVector(vector: string): CvssScores | null {
  const text = vector.trim();
  const version = versionOf(text);
  if (version === null) return null;
  try {
    const model = MODELS[version](text);
    if (!model.isBaseFullyDefined()) return null;
    const scores = model.calculateScores();
    const score = scores.overall;
    const base = "baseMetricsOnly" in scores ? scores.baseMetricsOnly : scores.base;
    if (!Number.isFinite(score) || base === undefined) return null;
    const temporal = ("threat" in scores ? scores.threat : "temporal" in scores ? scores.temporal : undefined) ?? null;
    const { environmental = null } = scores;
    return { vector: text, version, score, rating: ratingOf(version, score), base, temporal, environmental };
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
