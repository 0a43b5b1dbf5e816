import { parseCpe } from "../identity/cpe.ts";
import { cpeMeets, readCpe } from "./cpe-meets.ts";
import type { Ask, KnownName } from "./known-names.ts";
import type { IntelLookup } from "./lookup.ts";
import { fullVersionFor } from "./named.ts";
import type { Match } from "./schema.ts";

/** What the intelligence says of one name in one version. */
export interface NameAnswer {
  version: string | null;
  hits: readonly Omit<Match, "component">[];
  /** The first question that could not be decided for its version. */
  undecided: { key: string; version: string } | null;
}

/** Asks all questions of a name; an entry that several of them meet is taken once. */
export function askAbout(lookup: IntelLookup, { named, asks }: KnownName, version: string | null): NameAnswer {
  const hits: Omit<Match, "component">[] = [];
  const fullVersion = fullVersionFor(named, version);
  let undecided: NameAnswer["undecided"] = null;
  for (const ask of asks) {
    const asked = ask.version ?? version;
    const decided = collect(lookup, ask, { version: asked, fullVersion }, hits);
    if (!decided) undecided ??= { key: ask.key, version: asked ?? "" };
  }
  return { version, hits: hits.length === 0 ? NONE : hits, undecided };
}

const NONE: NameAnswer["hits"] = [];

interface Asked {
  version: string | null;
  fullVersion: string | null;
}

/** Adds the entries that one question meets. False when one of them could not be decided. */
function collect(lookup: IntelLookup, ask: Ask, asked: Asked, into: Omit<Match, "component">[]): boolean {
  const { version } = asked;
  const known = new Set(into.map(({ entry }) => entry));
  let decided = true;
  for (const { key, rule, identity } of ask.keys) {
    const entries: number[] = [];
    decided = collectVersion(lookup, key, asked, entries) && decided;
    for (const entry of entries) {
      if (known.has(entry) || !meets(lookup, ask, entry)) continue;
      known.add(entry);
      const { record, affected } = lookup.entry(entry);
      into.push({ entry, record, affected, rule, identity, version });
    }
  }
  return decided;
}

/** A version with an update is placed in ranges as a whole, and found in lists of exact versions without it. */
function collectVersion(lookup: IntelLookup, key: number, { version, fullVersion }: Asked, into: number[]): boolean {
  const decided = lookup.collect(key, fullVersion ?? version, into);
  if (version === null || fullVersion === null) return decided;
  const plain: number[] = [];
  lookup.collect(key, version, plain);
  for (const number of plain) {
    const { record, affected } = lookup.entry(number);
    const isListed = lookup.head(record).affected[affected]?.versions.includes(version) === true;
    if (isListed && !into.includes(number)) into.push(number);
  }
  return decided;
}

/** Whether the entry's CPE pattern, where it has one, can mean the name that is asked about. */
function meets(lookup: IntelLookup, ask: Ask, entry: number): boolean {
  const text = lookup.cpeOf(entry);
  if (text === null) return true;
  const known = ask.meets.get(text);
  if (known !== undefined) return known;
  const pattern = readCpe(lookup.cpeText(text));
  const answered = pattern === null || cpeMeets(pattern, ask.cpe ?? APPLICATION);
  ask.meets.set(text, answered);
  return answered;
}

/** What a package is to a CPE pattern. */
const APPLICATION = parseCpe("cpe:2.3:a:*:*:*:*:*:*:*:*:*:*");
