import type { Support, SupportBucket } from "./schema.ts";

/**
 * The state of a part's support on a day (`2026-11-24`), as people sort parts by it: what is out, what ends within twelve months,
 * what goes on longer, what nobody knows. An answer of an earlier day is read as of this day.
 */
export function bucketOf({ level, endsOn }: Pick<Support, "level" | "endsOn">, day: string): SupportBucket {
  if (level === "unknown" || level === "unmaintained") return level;
  if (level === "ended" || (endsOn !== null && endsOn < day)) return "ended";
  if (level === "limited") return "limited";
  return endsOn !== null && endsOn <= inTwelveMonths(day) ? "soon" : "longer";
}

/** The same day a year later; of 29 February the last of that month. */
export function inTwelveMonths(day: string): string {
  const later = `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;
  return later.endsWith("-02-29") ? later.replace(/29$/, "28") : later;
}
