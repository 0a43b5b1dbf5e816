import type { Interval, Scheme } from "../schema.ts";
import { compareVersions, isOrdered } from "./order.ts";

/**
 * Whether the version lies in the interval by the scheme's order. A version without a place in that order lies in none;
 * an interval open on both sides holds every version; `from: "0"` is open, as in OSV's `introduced`.
 */
export function covers(scheme: Scheme, interval: Interval, version: string): boolean {
  const { from, to } = interval;
  if (to === null && (from === null || from === "0")) return true;
  if (!isOrdered(scheme, version)) return version === from && interval.fromInclusive && !isEmpty(scheme, interval);
  if (from !== null && from !== "0") {
    const order = compareVersions(scheme, version, from);
    if (order < 0 || (order === 0 && !interval.fromInclusive)) return false;
  }
  if (to === null) return true;
  const order = compareVersions(scheme, version, to);
  return order < 0 || (order === 0 && interval.toInclusive);
}

/** Whether no version at all can lie in the interval: its ends cross, or meet and one of them is outside. */
export function isEmpty(scheme: Scheme, { from, to, fromInclusive, toInclusive }: Interval): boolean {
  if (from === null || from === "0" || to === null) return false;
  const order = compareVersions(scheme, from, to);
  return order > 0 || (order === 0 && !(fromInclusive && toInclusive));
}

/** The interval for people: ">= 1.0, < 2.3 (fixed in 2.3)", "= 1.4", "every version". */
export function describeInterval(interval: Interval): string {
  const { from, to, fromInclusive, toInclusive, fixed } = interval;
  const opens = from === null || (from === "0" && fromInclusive);
  const bounds = [
    ...(opens ? [] : [`${fromInclusive ? ">=" : ">"} ${from}`]),
    ...(to === null ? [] : [`${toInclusive ? "<=" : "<"} ${to}`]),
  ];
  const single = from !== null && from === to && fromInclusive && toInclusive;
  const text = single ? `= ${from}` : bounds.length === 0 ? "every version" : bounds.join(", ");
  return fixed === null ? text : `${text} (fixed in ${fixed})`;
}
