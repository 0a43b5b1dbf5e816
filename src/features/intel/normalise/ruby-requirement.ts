import type { Interval } from "../schema.ts";
import { compareVersions } from "../versions/order.ts";
import { interval } from "./affected.ts";

/** A RubyGems requirement (`~> 1.2.5, >= 1.2.7`) as one interval: what all its parts allow. Null when it is none. */
export function rubyInterval(requirement: string): Interval | null {
  let one = interval({});
  for (const part of requirement.split(",")) {
    const [, operator = "=", version] = /^\s*(~>|[<>]=?|=)?\s*([0-9A-Za-z][\w.-]*)\s*$/.exec(part) ?? [];
    if (version === undefined) return null;
    if (operator !== "<" && operator !== "<=") one = narrowedFrom(one, version, operator !== ">");
    if (operator === "~>") one = narrowedTo(one, pessimisticEnd(version), false);
    else if (operator === "=" || operator.startsWith("<")) one = narrowedTo(one, version, operator !== "<");
  }
  return one;
}

function narrowedFrom(one: Interval, from: string, fromInclusive: boolean): Interval {
  const order = one.from === null ? 1 : compareVersions("rubygems", from, one.from);
  return order > 0 || (order === 0 && !fromInclusive) ? { ...one, from, fromInclusive } : one;
}

function narrowedTo(one: Interval, to: string, toInclusive: boolean): Interval {
  const order = one.to === null ? -1 : compareVersions("rubygems", to, one.to);
  return order < 0 || (order === 0 && !toInclusive) ? { ...one, to, toInclusive } : one;
}

/**
 * `~> 1.2.5` ends before 1.3 and its pre-releases, of which 1.3.a is the first; `~> 1.2` before 2.a. Whatever stands behind a letter
 * counts nothing (Gem::Version, `bump`).
 */
function pessimisticEnd(version: string): string {
  const segments = version.match(/\d+|[a-z]+/gi) ?? [];
  const firstWord = segments.findIndex((segment) => /[a-z]/i.test(segment));
  const numbers = firstWord === -1 ? segments : segments.slice(0, firstWord);
  const kept = numbers.slice(0, Math.max(1, numbers.length - 1));
  return [...kept.slice(0, -1), String(Number(kept.at(-1)) + 1), "a"].join(".");
}
