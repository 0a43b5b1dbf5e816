import type { Component } from "../../devices/sbom/schema.ts";
import { type Cpe, parseCpe } from "../identity/cpe.ts";
import { keyParts } from "../rank-index/key.ts";
import { cpeMeets, platformPresent, readCpe } from "./cpe-meets.ts";
import { describeKey, identify, type Question, systemOf } from "./identify.ts";
import type { IntelLookup } from "./lookup.ts";
import type { Match, MatchOptions, MatchResult, Rule } from "./schema.ts";
import { whyUnmatched } from "./unmatched.ts";

/** What asking one question brought. */
export interface Asked {
  question: Question;
  /** Keys of the intelligence that answer it. */
  keys: number[];
  /** False when a range could not be decided for this version. */
  decided: boolean;
}

/**
 * Which records of the intelligence hold which components, and for the components nothing could be asked about, why.
 * Pure: the lookup is the only source, and the same input gives the same output. A component without any hit that could be
 * asked about is clean and in neither list.
 */
export function matchComponents(
  lookup: IntelLookup,
  components: readonly Component[],
  { asOf }: MatchOptions = { asOf: null },
): MatchResult {
  const result: MatchResult = { matches: [], unmatched: [], withheld: [] };
  const present = presentPlatforms(components);
  const system = systemOf(components);
  const patterns = new Map<string, Cpe | null>();
  components.forEach((component, number) => {
    const { questions, troubles } = identify(component, system);
    const found = new Map<number, Match>();
    const asked = questions.map((question) => ask(lookup, question, number, found, patterns));
    for (const match of found.values()) {
      const withheld = whyWithheld(lookup, match, present, asOf);
      if (withheld === null) result.matches.push(match);
      else result.withheld.push({ component: number, entry: match.entry, because: withheld });
    }
    const reason = found.size > 0 ? null : whyUnmatched(lookup, component, asked, troubles);
    if (reason !== null) result.unmatched.push({ component: number, reason });
  });
  return result;
}

/** `patterns` keeps the records' CPE names that were read before: a few stand in thousands of entries. */
function ask(
  lookup: IntelLookup,
  question: Question,
  component: number,
  found: Map<number, Match>,
  patterns: Map<string, Cpe | null>,
): Asked {
  const asked: Asked = { question, keys: [], decided: true };
  for (const { key, rule, identity } of keysFor(lookup, question)) {
    asked.keys.push(key);
    for (const entry of entriesFor(lookup, key, asked)) {
      if (found.has(entry)) continue;
      const { record, affected, cpe } = lookup.entry(entry);
      if (cpe !== null && !patterns.has(cpe)) patterns.set(cpe, readCpe(cpe));
      const pattern = cpe === null ? null : (patterns.get(cpe) ?? null);
      if (pattern !== null && !cpeMeets(pattern, question.cpe ?? APPLICATION)) continue;
      found.set(entry, { component, entry, record, affected, rule, identity, version: question.version });
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

interface KeyToAsk {
  key: number;
  rule: Rule;
  identity: string;
}

/** The question's own key, those of the same product, and for a CPE name with any vendor those of every vendor. */
function keysFor(lookup: IntelLookup, { key: text, rule, cpe }: Question): KeyToAsk[] {
  const { kind, second } = keyParts(text);
  const texts =
    kind === "c" && cpe?.vendor === "any" ? lookup.named(second).filter((name) => keyParts(name).kind === "c") : [text];
  return texts.flatMap((name) => {
    const own = lookup.find(name);
    if (own === -1) return [];
    const identity = describeKey(name);
    return [
      { key: own, rule, identity },
      ...lookup
        .sameProduct(own)
        .map((key): KeyToAsk => ({ key, rule: "same-product", identity: describeKey(lookup.keyText(key)) })),
    ];
  });
}

function whyWithheld(lookup: IntelLookup, match: Match, present: readonly Cpe[], asOf: Date | null) {
  const publishedAt = asOf === null ? null : lookup.state(match.record).publishedAt;
  if (asOf !== null && publishedAt !== null && publishedAt > asOf) return "published-later";
  const entry = lookup.entry(match.entry);
  if (!entry.narrowed) return null;
  const platforms = lookup.head(match.record).affected[match.affected]?.platforms ?? [];
  return platformsHold(platforms, entry.cpe, present) ? null : "platform";
}

/**
 * NVD pairs a device's firmware with its hardware. An SBOM of the firmware seldom lists the board, and the firmware runs
 * nowhere else, so hardware counts as present for it.
 */
function platformsHold(platforms: readonly string[], cpe: string | null, present: readonly Cpe[]): boolean {
  const patterns = platforms.map(readCpe).filter((pattern) => pattern !== null);
  const isFirmware = cpe?.startsWith("cpe:2.3:o:") === true;
  return patterns.some((pattern) => (isFirmware && String(pattern.part) === "h") || platformPresent(pattern, present));
}

const LINUX = "cpe:2.3:o:linux:linux_kernel:*:*:*:*:*:*:*:*";
/** What a package is to a CPE pattern. */
const APPLICATION = parseCpe("cpe:2.3:a:*:*:*:*:*:*:*:*:*:*");

function presentPlatforms(components: readonly Component[]): Cpe[] {
  return components
    .flatMap(({ cpes, type, name }) =>
      cpes.length === 0 && type === "operating-system" && /^linux/i.test(name) ? [LINUX] : cpes,
    )
    .map(readCpe)
    .filter((cpe) => cpe !== null);
}
