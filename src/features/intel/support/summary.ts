import { bucketOf } from "./bucket.ts";
import type { Support, SupportBucket, SupportSummary } from "./schema.ts";

/** Parts of one level and one last day. */
export interface SupportGroup extends Pick<Support, "level" | "endsOn"> {
  count: number;
  /** One of them. */
  name: string;
}

/** How many parts of a release are in which state on a day, and which is the next to end. */
export function summarise(groups: readonly SupportGroup[], day: string): SupportSummary {
  const counts: Record<SupportBucket, number> = {
    ended: 0,
    unmaintained: 0,
    limited: 0,
    soon: 0,
    longer: 0,
    unknown: 0,
  };
  let next: SupportSummary["next"] = null;
  for (const { level, endsOn, count, name } of groups) {
    const bucket = bucketOf({ level, endsOn }, day);
    counts[bucket] += count;
    if (bucket === "soon" && endsOn !== null && (next === null || endsOn < next.on)) next = { on: endsOn, name };
  }
  return { counts, next };
}
