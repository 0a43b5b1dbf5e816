import type { Interval } from "../schema.ts";
import { fixedIn, interval } from "./affected.ts";
import { noVersions, type VersionSet } from "./range-text.ts";

/** Every version but the good ones: bounds where the good ones reach an end, exceptions (fixed from their first on) within. */
export function allBut(good: readonly Interval[]): VersionSet {
  const rest = noVersions();
  let all = interval({});
  for (const one of good) {
    if (one.from === null && one.to !== null && all.from === null)
      all = { ...all, from: one.to, fromInclusive: !one.toInclusive };
    else if (one.from !== null && one.to === null && all.to === null)
      all = { ...fixedIn(one.from, all.from), fromInclusive: all.fromInclusive, toInclusive: !one.fromInclusive };
    else rest.exceptions.push({ ...one, fixed: one.from });
  }
  if (all.from === null && all.to === null) rest.everyVersion = true;
  else rest.intervals.push(all);
  return rest;
}
