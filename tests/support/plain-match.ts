import type { Component } from "../../src/features/devices/sbom/schema.ts";
import { parseCpe } from "../../src/features/intel/identity/cpe.ts";
import { cpeMeets, readCpe } from "../../src/features/intel/match/cpe-meets.ts";
import { identify, type Question, systemOf } from "../../src/features/intel/match/identify.ts";
import { keysFor } from "../../src/features/intel/match/keys-for.ts";
import type { IntelLookup } from "../../src/features/intel/match/lookup.ts";
import type { Match, MatchResult } from "../../src/features/intel/match/schema.ts";

const APPLICATION = parseCpe("cpe:2.3:a:*:*:*:*:*:*:*:*:*:*");

/**
 * The plain meaning of matching, with nothing cut, cached or remembered: every component is read whole, every question of it asked,
 * every entry looked at. What surrounds a component is left aside: matches and withheld ones together.
 */
export function plainMatches(lookup: IntelLookup, components: readonly Component[]): Match[] {
  const system = systemOf(components);
  return components.flatMap((part, component) => {
    const found = new Map<number, Match>();
    for (const question of identify(part, system).questions)
      for (const { key, rule, identity } of keysFor(lookup, question))
        for (const entry of entriesFor(lookup, key, question)) {
          const { record, affected, cpe } = lookup.entry(entry);
          const pattern = cpe === null ? null : readCpe(cpe);
          if (pattern !== null && !cpeMeets(pattern, question.cpe ?? APPLICATION)) continue;
          const { version } = question;
          if (!found.has(entry)) found.set(entry, { component, entry, record, affected, rule, identity, version });
        }
    return [...found.values()];
  });
}

function entriesFor(lookup: IntelLookup, key: number, { version, fullVersion }: Question): number[] {
  const entries: number[] = [];
  lookup.collect(key, fullVersion ?? version, entries);
  if (version === null || fullVersion === null) return entries;
  const plain: number[] = [];
  lookup.collect(key, version, plain);
  const listed = plain.filter((number) => {
    const { record, affected } = lookup.entry(number);
    return lookup.head(record).affected[affected]?.versions.includes(version) === true;
  });
  return [...new Set([...entries, ...listed])];
}

/** Matches as texts that compare: those found and those withheld of one result, or the plain ones. */
export const asTexts = (matches: readonly Match[]): string[] => matches.map((match) => JSON.stringify(match)).sort();

/** Whether a result holds the plain matches, all of them and no other, beside the withheld ones. */
export function differences(plain: readonly Match[], { matches, withheld }: MatchResult): string[] {
  const got = new Set(asTexts(matches));
  const held = new Set(withheld.map(({ component, entry }) => `${component} ${entry}`));
  const wanted = new Set(asTexts(plain));
  return [
    ...plain
      .filter((match) => !got.has(JSON.stringify(match)) && !held.has(`${match.component} ${match.entry}`))
      .map((match) => `lost ${JSON.stringify(match)}`),
    ...[...got].filter((text) => !wanted.has(text)).map((text) => `added ${text}`),
  ];
}
