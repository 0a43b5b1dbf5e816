import type { Interval, Scheme } from "../schema.ts";
import { compareVersions, isOrdered } from "../versions/order.ts";
import { describeInterval, isEmpty } from "../versions/range.ts";
import { looksLikeHash } from "../versions/scan.ts";
import type { Place, PlacedRange } from "./schema.ts";

/** Where the version stands against one interval, by the same rules as matching (rank-index/encode-series.ts). */
export function placeIn(scheme: Scheme, interval: Interval, version: string | null): Place {
  const { from, to, fromInclusive, toInclusive } = interval;
  const open = from === null || from === "0";
  if (isHash(from) || isHash(to)) return "not-decided";
  if (open && to === null) return "inside";
  if (isEmpty(scheme, interval)) return "after";
  if (version === null) return "not-decided";
  if (!isOrdered(scheme, version)) return version === from && fromInclusive ? "inside" : "not-decided";
  if (!open) {
    const order = compareVersions(scheme, version, from);
    if (order < 0 || (order === 0 && !fromInclusive)) return "before";
  }
  if (to === null) return "inside";
  const order = compareVersions(scheme, version, to);
  return order < 0 || (order === 0 && toInclusive) ? "inside" : "after";
}

const isHash = (bound: string | null) => bound !== null && looksLikeHash(bound);

export const placed = (scheme: Scheme, interval: Interval, version: string | null): PlacedRange => ({
  range: describeInterval(interval),
  place: placeIn(scheme, interval, version),
  fixed: interval.fixed,
});

/** Whether the version is one of those listed; equal spellings count where the order reads them. */
export const isListed = (scheme: Scheme, versions: readonly string[], version: string | null): boolean =>
  version !== null &&
  (versions.includes(version) ||
    (isOrdered(scheme, version) && versions.some((one) => compareVersions(scheme, one, version) === 0)));
