import type { Interval } from "../schema.ts";

/**
 * Versions as places on a line. Of n distinct bounds in order, bound i stands at the odd place 2i+1 and what lies between
 * bounds at the even ones, so that an interval is two numbers and "is it inside" two comparisons, whatever the order's cost.
 */
export const LAST_PLACE = 0xffffffff;

export type Compare = (a: string, b: string) => number;

/** The bounds in order, each once; of equal spellings (1.0 and 1.0.0) the first given stays. */
export function sortBounds(bounds: Iterable<string>, compare: Compare): string[] {
  const sorted = [...new Set(bounds)].sort(compare);
  return sorted.filter((bound, i) => i === 0 || compare(sorted[i - 1] ?? "", bound) !== 0);
}

/** Where a version stands among `count` bounds; `boundAt` gives the text of one. */
export function placeOf(version: string, count: number, boundAt: (index: number) => string, compare: Compare): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compare(boundAt(middle), version);
    if (order === 0) return 2 * middle + 1;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return 2 * low;
}

/** OSV writes `introduced: "0"` for "from the first version on". */
export const isOpen = (from: string | null): from is null | "0" => from === null || from === "0";

/** An interval as its first and last place, both inside. Empty (first beyond last) when its ends cross. */
export function placesOf(interval: Interval, place: (bound: string) => number): { first: number; last: number } {
  const from = isOpen(interval.from) ? 0 : place(interval.from) + (interval.fromInclusive ? 0 : 1);
  const to = interval.to === null ? LAST_PLACE : place(interval.to) - (interval.toInclusive ? 0 : 1);
  return { first: from, last: to };
}
