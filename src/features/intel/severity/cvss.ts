import calculator from "ae-cvss-calculator";
import type { Rating } from "../assess/schema.ts";
import { type CvssVector, type CvssVersion, readVector } from "./vector.ts";
import { scoresOfVersion2 } from "./version2.ts";

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

interface Steps {
  base: number;
  /** With the temporal (2.0 to 3.1) or threat metrics (4.0). */
  temporal: number | null;
  environmental: number | null;
}

/** Every score a vector leads to; null where it states no metric of that group. `score` is the one with all of them. */
export interface CvssScores extends CvssScore, Steps {
  vector: string;
}

/** All scores of a CVSS vector; null when it is no complete vector. */
export function scoresOfVector(written: string): CvssScores | null {
  const vector = readVector(written);
  if (vector === null) return null;
  const { version, text } = vector;
  const { overall, ...steps } = STEPS[version](vector);
  const score = overall ?? steps.environmental ?? steps.temporal ?? steps.base;
  return { vector: text, version, score, rating: ratingOf(version, score), ...steps };
}

/** `overall`: where the environmental score leaves the threat out (4.0), the one with both. */
const STEPS: Readonly<Record<CvssVersion, (vector: CvssVector) => Steps & { overall?: number }>> = {
  "2.0": scoresOfVersion2,
  "3.0": ofVersion30,
  "3.1": ({ text }) => {
    const { base = 0, temporal = null, environmental = null } = new calculator.Cvss3P1(text).calculateScores();
    return { base, temporal, environmental };
  },
  "4.0": ({ text }) => {
    const scores = new calculator.Cvss4P0(text).calculateScores();
    const { baseMetricsOnly: base = 0, threat: temporal = null, environmental = null, overall } = scores;
    return { base, temporal, environmental, overall };
  },
};

/**
 * Version 3.0 rounds up to the next tenth, without 3.1's care for binary fractions: 5.0 × 0.92 is 4.6 and no more. The last step is
 * therefore taken here, of the scores that the vector has without its temporal metrics.
 */
function ofVersion30({ metrics }: CvssVector): Steps {
  const lasting = [...metrics].filter(([metric]) => !(metric in TEMPORAL));
  const still = new calculator.Cvss3P0(`CVSS:3.0/${lasting.map((pair) => pair.join(":")).join("/")}`);
  const { base = 0, environmental = null } = still.calculateScores();
  const factors = Object.entries(TEMPORAL).map(([metric, weights]) => weights[metrics.get(metric) ?? "X"] ?? 1);
  const isStated = Object.keys(TEMPORAL).some((metric) => (metrics.get(metric) ?? "X") !== "X");
  const after = (score: number) => Math.ceil(factors.reduce((left, factor) => left * factor, score) * 10 - 1e-9) / 10;
  return {
    base,
    temporal: isStated ? after(base) : null,
    environmental: environmental === null ? null : after(environmental),
  };
}

/** CVSS v3.0 specification, section 8.4. */
const TEMPORAL: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  E: { U: 0.91, P: 0.94, F: 0.97, H: 1 },
  RL: { O: 0.95, T: 0.96, W: 0.97, U: 1 },
  RC: { U: 0.92, R: 0.96, C: 1 },
};
