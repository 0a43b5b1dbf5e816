import { HARMS, type Harm, placeOfHarm } from "../../devices/schema.ts";
import type { Finding, Rating } from "../assess/schema.ts";

const RATING: Record<Rating, number> = { critical: 5, high: 4, unknown: 3, medium: 2, low: 1, none: 0 };

export const HARM_STEP = 200_000_000;
const EXPLOITED_STEP = 100_000_000;

/** How bad it can get for a patient through one component. */
export interface ReachedHarm {
  /** 1 (negligible) to 5 (catastrophic); 0: the device states no function; -1: it reaches none, by a recorded fact. */
  harm: number;
  /** The function through which, where one is stated. */
  harmFunction: string | null;
}

/** The level as a word; null when none is stated or none is reached. */
export const harmOfLevel = (level: number): Harm | null => HARMS[HARMS.length - level] ?? null;

/**
 * One number to sort findings by, worst for a patient first: worst credible harm its component can reach, then exploited in the wild,
 * then rating (an unknown one stands above medium: it may be anything), then score, then EPSS. Below 2^31.
 */
export function priorityOf(
  { severity, exploited, epss }: Pick<Finding, "severity" | "exploited" | "epss">,
  harm: number,
): number {
  const score = Math.round((severity.score ?? 0) * 10);
  const chance = Math.round((epss?.score ?? 0) * 999);
  return (
    placeOfHarm(harm) * HARM_STEP +
    (exploited === null ? 0 : EXPLOITED_STEP) +
    RATING[severity.rating] * 5_000_000 +
    score * 10_000 +
    chance
  );
}
