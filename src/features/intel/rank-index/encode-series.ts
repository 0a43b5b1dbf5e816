import { looksLikeHash } from "../versions/scan.ts";
import type { PendingRange } from "./entries.ts";
import { type Compare, isOpen, placeOf, placesOf, sortBounds } from "./ranks.ts";

/** What a range means, as bits. */
export const RANGE_KIND = { exception: 1, exact: 2 } as const;

export interface EncodedRange {
  first: number;
  last: number;
  kind: number;
}

export interface Ordering {
  compare: Compare;
  /** Whether the order knows how to read this version. Where it does not, only equal texts count. */
  reads(version: string): boolean;
}

/** The bounds of all entries of one key and scheme in order, and every range as places among them. */
export function encodeSeries(
  entries: readonly (readonly PendingRange[])[],
  { compare, reads }: Ordering,
): { bounds: string[]; ranges: EncodedRange[][] } {
  const bounds = sortBounds(
    entries.flatMap((ranges) => ranges.flatMap(boundsOf)),
    compare,
  );
  const boundAt = (index: number) => bounds[index] ?? "";
  const place = (bound: string) => placeOf(bound, bounds.length, boundAt, compare);
  const ranges = entries.map((pending) => {
    const encoded = pending.map((range) => ({
      ...(range.exact && range.from !== null ? at(place(range.from)) : placesOf(range, place)),
      kind: (range.exception ? RANGE_KIND.exception : 0) | (range.exact ? RANGE_KIND.exact : 0),
      decidable: range.exact || !(isHash(range.from) || isHash(range.to)),
      implied: range.exact && range.from !== null && reads(range.from),
    }));
    const spans = encoded.filter(({ kind }) => kind === 0);
    return encoded
      .filter((range) => range.first <= range.last && range.decidable)
      .filter((range) => !(range.implied && spans.some((span) => span.first <= range.first && range.last <= span.last)))
      .map(({ first, last, kind }) => ({ first, last, kind }));
  });
  return { bounds, ranges };
}

/** A commit as a bound says nothing about releases. */
const isHash = (bound: string | null) => bound !== null && looksLikeHash(bound);

const at = (place: number) => ({ first: place, last: place });

/** Open ends are no bounds; a listed version "0" is one. */
function boundsOf({ from, to, exact }: PendingRange): string[] {
  const bounds = from === null || (isOpen(from) && !exact) ? [] : [from];
  return to === null ? bounds : [...bounds, to];
}
