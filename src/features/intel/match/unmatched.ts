import type { Component } from "../../devices/sbom/schema.ts";
import { keyParts } from "../rank-index/key.ts";
import type { Asked } from "./answer.ts";
import { describeKey } from "./identify.ts";
import type { IntelLookup } from "./lookup.ts";

const MOST_NAMES = 3;

/**
 * Why nothing can be said about a component, and what would change that; null when it was asked about and is clean.
 * The reasons are told in the order a person would mend them: no identity, no data, no version, an unreadable version.
 */
export function whyUnmatched(
  lookup: IntelLookup,
  component: Component,
  asked: readonly Asked[],
  troubles: readonly string[],
): string | null {
  if (asked.length === 0) {
    return troubles[0] ?? `Neither a package URL nor a CPE name${suggestion(lookup, component.name)}`;
  }
  const questions = asked.map(({ question }) => question);
  if (questions.every(({ version }) => version === null)) return withoutVersion(lookup, asked);
  const undecided = asked.find(({ decided }) => !decided);
  if (undecided !== undefined)
    return `The version ${undecided.question.version ?? ""} has no place in the order of ${describeKey(undecided.question.key)} releases; state the release it comes from`;
  const uncovered = questions.map(({ key }) => notCovered(lookup, key));
  return uncovered.every((reason) => reason !== null) ? (uncovered[0] ?? null) : null;
}

function withoutVersion(lookup: IntelLookup, asked: readonly Asked[]): string {
  const known = asked.flatMap(({ keys }) => keys).reduce((sum, key) => sum + lookup.count(key), 0);
  const records = known === 1 ? "1 record names" : `${known} records name`;
  return known === 0
    ? "It has no version"
    : `It has no version; ${records} ${describeKey(asked[0]?.question.key ?? "")}, state the version to decide them`;
}

/** An ecosystem that no feed speaks of: silence about its packages means nothing. */
function notCovered(lookup: IntelLookup, key: string): string | null {
  const { kind, first } = keyParts(key);
  if (kind === "u") return lookup.find(key) === -1 ? `No feed speaks of pkg:${first} packages` : null;
  if (kind !== "p" || lookup.ecosystems.has(first)) return null;
  const releases = [...lookup.ecosystems].filter((name) => name.startsWith(`${first}:`));
  if (releases.length > 0)
    return `Its package URL does not say which release of ${first} it is from; add distro= (known: ${releases.slice(0, MOST_NAMES).join(", ")}${releases.length > MOST_NAMES ? ", …" : ""})`;
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
