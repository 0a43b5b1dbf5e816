import { Range } from "semver";
import type { Interval } from "../schema.ts";
import { interval } from "./affected.ts";

/** An npm or Cargo requirement (`^1.2`, `>=1 <2 || 3.x`) as intervals, one per alternative. Null when it is none. */
export function npmIntervals(requirement: string): Interval[] | null {
  try {
    return new Range(requirement.replaceAll(",", " "), { loose: true }).set.map((comparators) => {
      let one = interval({});
      for (const { operator, semver } of comparators) {
        const version = semver.version;
        if (version === undefined) continue;
        if (operator === ">" || operator === ">=") one = { ...one, from: version, fromInclusive: operator === ">=" };
        else if (operator === "<") one = { ...one, to: version, toInclusive: false, fixed: version.replace(/-0$/, "") };
        else if (operator === "<=") one = { ...one, to: version, toInclusive: true };
        else one = { ...one, from: version, to: version, toInclusive: true };
      }
      return one.from === "0.0.0" && one.fromInclusive ? { ...one, from: null } : one;
    });
  } catch {
    return null;
  }
}
