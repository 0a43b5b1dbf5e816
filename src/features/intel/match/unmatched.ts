import type { Component } from "../../devices/sbom/schema.ts";
import { keyParts } from "../rank-index/key.ts";
import { describeKey } from "./identify.ts";
import type { Reading } from "./known-names.ts";
import type { IntelLookup } from "./lookup.ts";
import type { NameAnswer } from "./name-answer.ts";

const MOST_NAMES = 3;

/** What came of asking about a component that nothing was found for. */
export interface Unanswered {
  readings: readonly Reading[];
  undecided: NameAnswer["undecided"];
}

/**
 * Why nothing can be said about a component, and what would change that; null when it was asked about and is clean.
 * The reasons are told in the order a person would mend them: no identity, no data, no version, an unreadable version.
 */
export function whyUnmatched(
  lookup: IntelLookup,
  component: Component,
  { readings, undecided }: Unanswered,
): string | null {
  const asked = readings.filter(({ name }) => name.named.questions.length > 0);
  if (asked.length === 0)
    return troubleIn(readings) ?? `Neither a package URL nor a CPE name${suggestion(lookup, component.name)}`;
  if (asked.every(({ name, version }) => name.named.questions.every((one) => (one.version ?? version) === null)))
    return withoutVersion(lookup, asked);
  if (undecided !== null)
    return `The version ${undecided.version} has no place in the order of ${describeKey(undecided.key)} releases; state the release it comes from`;
  return asked.every(({ name }) => name.uncovered !== null) ? (asked[0]?.name.uncovered ?? null) : null;
}

function troubleIn(readings: readonly Reading[]): string | null {
  const first = readings.find(({ name }) => name.named.trouble !== null);
  return first?.name.named.trouble?.(first.text) ?? null;
}

function withoutVersion(lookup: IntelLookup, asked: readonly Reading[]): string {
  const keys = asked.flatMap(({ name }) => name.asks.flatMap((ask) => ask.keys));
  const known = keys.reduce((sum, { key }) => sum + lookup.count(key), 0);
  const records = known === 1 ? "1 record names" : `${known} records name`;
  return known === 0
    ? "It has no version"
    : `It has no version; ${records} ${describeKey(asked[0]?.name.named.questions[0]?.key ?? "")}, state the version to decide them`;
}

/** An ecosystem that no feed speaks of: silence about its packages means nothing. */
export function notCovered(lookup: IntelLookup, key: string): string | null {
  const { kind, first } = keyParts(key);
  if (kind === "u") return lookup.find(key) === -1 ? `No feed speaks of pkg:${first} packages` : null;
  if (kind !== "p" || lookup.ecosystems.has(first)) return null;
  const releases = [...lookup.ecosystems].filter((name) => name.startsWith(`${first}:`));
  if (releases.length > 0)
    return `Its package URL names no release of ${first} that a feed speaks of; add or correct distro= (known: ${releases.slice(0, MOST_NAMES).join(", ")}${releases.length > MOST_NAMES ? ", …" : ""})`;
  return `No feed in the intelligence speaks of ${first}`;
}

/** What the name could mean: CPE products first, then packages of languages, then of distributions. */
function suggestion(lookup: IntelLookup, name: string): string {
  const known = [...lookup.named(name)].sort((a, b) => nearness(a) - nearness(b));
  if (known.length === 0) return ", and no record under that name";
  const names = known
    .slice(0, MOST_NAMES)
    .map((key) => `${describeKey(key)}${keyParts(key).kind === "c" ? " (CPE)" : ""}`);
  const more = known.length > MOST_NAMES ? ` and ${known.length - MOST_NAMES} more` : "";
  return `. Known under that name: ${names.join(", ")}${more}`;
}

function nearness(key: string): number {
  const { kind, first } = keyParts(key);
  return kind === "c" ? 0 : kind === "p" && !first.includes(":") ? 1 : 2;
}
