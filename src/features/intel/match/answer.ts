import type { Component } from "../../devices/sbom/schema.ts";
import { type Cpe, parseCpe } from "../identity/cpe.ts";
import { cpeMeets, readCpe } from "./cpe-meets.ts";
import { identify, type Question } from "./identify.ts";
import { type KeyToAsk, keysFor } from "./keys-for.ts";
import type { IntelLookup } from "./lookup.ts";
import { Recent } from "./recent.ts";
import type { Match } from "./schema.ts";
import { whyUnmatched } from "./unmatched.ts";

/** What asking one question brought. */
export interface Asked {
  question: Question;
  /** Keys of the intelligence that answer it. */
  keys: number[];
  /** False when a range could not be decided for this version. */
  decided: boolean;
}

/** A match but for which component it is, and what may still withhold it. */
export interface Hit extends Omit<Match, "component"> {
  /** The CPE name of an entry that holds only beside one of its platforms; null where there is no such condition. */
  narrowed: { cpe: string | null } | null;
}

/** All that the intelligence says of a component by itself, whatever lies beside it. */
export interface Answer {
  hits: readonly Hit[];
  /** Why nothing can be said; null when something is, or when it was asked about and is clean. */
  reason: string | null;
}

/** What is read from the intelligence once and asked for again and again: texts of keys, and CPE names of records. */
export class Known {
  readonly keys = new Recent<readonly KeyToAsk[]>(MOST_KEYS);
  readonly patterns = new Recent<Cpe | null>(MOST_KEYS);
}

const MOST_KEYS = 65_536;

/** Asks everything the component can be looked up by. The same component gets the same answer from the same intelligence. */
export function answer(lookup: IntelLookup, component: Component, system: string | null, known: Known): Answer {
  const { questions, troubles } = identify(component, system);
  const hits: Hit[] = [];
  const asked = questions.map((question) => ask(lookup, question, hits, known));
  return { hits, reason: hits.length > 0 ? null : whyUnmatched(lookup, component, asked, troubles) };
}

function ask(lookup: IntelLookup, question: Question, hits: Hit[], known: Known): Asked {
  const asked: Asked = { question, keys: [], decided: true };
  const found = new Set(hits.map(({ entry }) => entry));
  for (const { key, rule, identity } of askedKeys(lookup, question, known)) {
    asked.keys.push(key);
    for (const entry of entriesFor(lookup, key, asked)) {
      if (found.has(entry)) continue;
      const { record, affected, cpe, narrowed } = lookup.entry(entry);
      const pattern = cpe === null ? null : known.patterns.get(cpe, readCpe);
      if (pattern !== null && !cpeMeets(pattern, question.cpe ?? APPLICATION)) continue;
      found.add(entry);
      const { version } = question;
      hits.push({ entry, record, affected, rule, identity, version, narrowed: narrowed ? { cpe } : null });
    }
  }
  return asked;
}

/** A version with an update is placed in ranges as a whole, and found in lists of exact versions without it. */
function entriesFor(lookup: IntelLookup, key: number, asked: Asked): number[] {
  const { version, fullVersion } = asked.question;
  const entries: number[] = [];
  asked.decided = lookup.collect(key, fullVersion ?? version, entries) && asked.decided;
  if (version === null || fullVersion === null) return entries;
  const plain: number[] = [];
  lookup.collect(key, version, plain);
  const listed = plain.filter((number) => {
    const { record, affected } = lookup.entry(number);
    return lookup.head(record).affected[affected]?.versions.includes(version) === true;
  });
  return [...new Set([...entries, ...listed])];
}

/** Where the key's text says it all; a CPE name with any vendor asks for a name. */
function askedKeys(lookup: IntelLookup, question: Question, known: Known): readonly KeyToAsk[] {
  if (question.cpe?.vendor === "any") return keysFor(lookup, question);
  return known.keys.get(`${question.rule}\0${question.key}`, () => keysFor(lookup, question));
}

/** What a package is to a CPE pattern. */
const APPLICATION = parseCpe("cpe:2.3:a:*:*:*:*:*:*:*:*:*:*");
