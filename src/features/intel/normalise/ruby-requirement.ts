import type { Interval } from "../schema.ts";
import { interval } from "./affected.ts";

/** A RubyGems requirement (`~> 1.2.5, >= 1.2.7`) as one interval. Null when it is none. */
export function rubyInterval(requirement: string): Interval | null {
  let one = interval({});
  for (const part of requirement.split(",")) {
    const [, operator = "=", version] = /^\s*(~>|[<>]=?|=)?\s*([0-9A-Za-z][\w.-]*)\s*$/.exec(part) ?? [];
    if (version === undefined) return null;
    if (operator === "~>") one = { ...one, from: version, fromInclusive: true, to: pessimisticEnd(version) };
    else if (operator.startsWith(">")) one = { ...one, from: version, fromInclusive: operator === ">=" };
    else if (operator.startsWith("<")) one = { ...one, to: version, toInclusive: operator === "<=" };
    else one = { ...one, from: version, to: version, toInclusive: true };
  }
  return one;
}

/** `~> 1.2.5` ends before 1.3, `~> 1.2` before 2. */
function pessimisticEnd(version: string): string {
  const numbers = version.split(".").filter((part) => /^\d+$/.test(part));
  const kept = numbers.slice(0, Math.max(1, numbers.length - 1));
  return [...kept.slice(0, -1), String(Number(kept.at(-1)) + 1)].join(".");
}
