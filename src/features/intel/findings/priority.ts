import type { Finding, Rating } from "../assess/schema.ts";

const RATING: Record<Rating, number> = { critical: 5, high: 4, unknown: 3, medium: 2, low: 1, none: 0 };

export const EXPLOITED_PRIORITY = 500_000_000;
export const HARM_STEP = 50_000_000;

/**
 * One number to sort findings by, worst for a patient first: exploited in the wild, then worst harm of the device's functions
 * (0 to 5), then rating (an unknown one stands above medium: it may be anything), then score, then EPSS. Below 2^31.
 */
export function priorityOf(
  { severity, exploited, epss }: Pick<Finding, "severity" | "exploited" | "epss">,
  harm: number,
): number {
  const score = Math.round((severity.score ?? 0) * 10);
  const chance = Math.round((epss?.score ?? 0) * 999);
  return (
    (exploited === null ? 0 : EXPLOITED_PRIORITY) +
    harm * HARM_STEP +
    RATING[severity.rating] * 5_000_000 +
    score * 10_000 +
    chance
  );
}
