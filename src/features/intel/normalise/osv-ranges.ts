import type { Interval, Scheme } from "../schema.ts";
import { compareVersions } from "../versions/order.ts";
import { interval } from "./affected.ts";
import type { OsvEvent, OsvRange } from "./osv-shape.ts";

type Turn = { version: string; kind: "introduced" | "fixed" | "last_affected" };

/**
 * The intervals of one SEMVER or ECOSYSTEM range, by the OSV schema's evaluation: events in version order switch
 * affected on and off; a version counts only below the highest `limit`.
 */
export function osvIntervals(events: readonly OsvEvent[], scheme: Scheme): Interval[] {
  const compare = (a: string, b: string) =>
    a === b ? 0 : a === "0" ? -1 : b === "0" ? 1 : compareVersions(scheme, a, b);
  const found: Interval[] = [];
  let from: string | null = null;
  for (const { kind, version } of turnsOf(events).sort(
    (a, b) => compare(a.version, b.version) || lastAffectedLast(a, b),
  )) {
    if (kind === "introduced") from ??= version;
    else if (from !== null) {
      const opened = from === "0" ? null : from;
      if (kind === "last_affected") found.push(interval({ from: opened, to: version, toInclusive: true }));
      else if (compare(from, version) < 0) found.push(interval({ from: opened, to: version, fixed: version }));
      from = null;
    }
  }
  if (from !== null) found.push(interval({ from: from === "0" ? null : from }));
  return cutAt(limitOf(events, compare), found, compare);
}

function turnsOf(events: readonly OsvEvent[]): Turn[] {
  return events.flatMap(({ introduced, fixed, last_affected }): Turn[] => [
    ...(introduced === undefined ? [] : [{ version: introduced, kind: "introduced" as const }]),
    ...(fixed === undefined ? [] : [{ version: fixed, kind: "fixed" as const }]),
    ...(last_affected === undefined ? [] : [{ version: last_affected, kind: "last_affected" as const }]),
  ]);
}

/** `last_affected` ends after its version, the others at theirs. */
const lastAffectedLast = (a: Turn, b: Turn): number =>
  Number(a.kind === "last_affected") - Number(b.kind === "last_affected");

function limitOf(events: readonly OsvEvent[], compare: (a: string, b: string) => number): string | null {
  const limits = events.flatMap((event) => (event.limit === undefined ? [] : [event.limit]));
  if (limits.length === 0 || limits.includes("*")) return null;
  return limits.reduce((highest, limit) => (compare(limit, highest) > 0 ? limit : highest));
}

function cutAt(limit: string | null, intervals: Interval[], compare: (a: string, b: string) => number): Interval[] {
  if (limit === null) return intervals;
  return intervals
    .filter(({ from }) => from === null || compare(from, limit) < 0)
    .map((one) => (one.to === null || compare(one.to, limit) >= 0 ? { ...one, to: limit, toInclusive: false } : one));
}

/** A range in words, for one that cannot be decided. */
export function describeOsvRange({ type, repo, events }: OsvRange): string {
  const said = (events ?? []).flatMap((event) => Object.entries(event).map(([key, value]) => `${key} ${value}`));
  return `${type} ${said.join(", ")}${repo ? ` (${repo})` : ""}`;
}
