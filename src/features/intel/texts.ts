import type { Component } from "../devices/sbom/schema.ts";
import type { IntelLookup } from "./match/lookup.ts";
import { matchComponents } from "./match/match.ts";

/** What sources say of a vulnerability at length. */
export interface Texts {
  advisory: string;
  details: string;
  references: string[];
  cwes: string[];
  publishedAt: string | null;
  modifiedAt: string | null;
}

const MOST_REFERENCES = 50;
const MOST_DETAILS = 20_000;

/** The texts of these vulnerabilities, as far as they touch the components: of the record that says most, references and CWEs of all. */
export function textsOf(lookup: IntelLookup, components: readonly Component[], wanted: ReadonlySet<string>): Texts[] {
  if (wanted.size === 0) return [];
  return textsOfRecords(
    lookup,
    matchComponents(lookup, components).matches.map(({ record }) => record),
    wanted,
  );
}

/** The same for records that are known already. */
export function textsOfRecords(lookup: IntelLookup, matched: readonly number[], wanted: ReadonlySet<string>): Texts[] {
  const texts = new Map<string, Texts>();
  for (const record of matched)
    for (const number of lookup.vulnerabilitiesOf(record)) {
      const [advisory = ""] = lookup.vulnerability(number).ids;
      if (wanted.has(advisory) && !texts.has(advisory))
        texts.set(advisory, readTexts(lookup, advisory, lookup.recordsOf(number)));
    }
  return [...texts.values()];
}

function readTexts(lookup: IntelLookup, advisory: string, records: readonly number[]): Texts {
  const texts = records.map((record) => lookup.text(record));
  const heads = records.map((record) => lookup.head(record));
  const longest = texts.reduce((best, text) => (text.details.length > best.length ? text.details : best), "");
  const dates = (of: "publishedAt" | "modifiedAt") => heads.flatMap((head) => head[of] ?? []).sort();
  return {
    advisory,
    details: longest.slice(0, MOST_DETAILS),
    references: [...new Set(texts.flatMap((text) => text.references))].slice(0, MOST_REFERENCES),
    cwes: [...new Set(texts.flatMap((text) => text.cwes))],
    publishedAt: dates("publishedAt")[0] ?? null,
    modifiedAt: dates("modifiedAt").at(-1) ?? null,
  };
}
