/** Older than this, the newest record of an intelligence file is worth a warning. */
export const STALE_DAYS = 14;

/** 0 → "today", 40 → "40 days", 800 → "2 years". */
export function ageInWords(days: number): string {
  if (days === 0) return "today";
  if (days === 1) return "1 day";
  if (days < 90) return `${days} days`;
  return days < 730 ? `${Math.round(days / 30)} months` : `${Math.floor(days / 365)} years`;
}

/** The newest record of all sources; null when no source dates its records. */
export const youngestDays = (feeds: readonly { ageDays: number | null }[]): number | null =>
  feeds.reduce<number | null>(
    (least, { ageDays }) => (ageDays === null ? least : least === null ? ageDays : Math.min(least, ageDays)),
    null,
  );
