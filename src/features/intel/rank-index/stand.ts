import type { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { keyParts, nameKey } from "./key.ts";
import type { RankIndex } from "./open-index.ts";

/** What an intelligence file says under each key, in few bytes: two of them side by side tell what changed from one to the next. */
export interface Stand {
  content: string;
  /** What decides beyond the keys: which ecosystems there is data of, and what is known of support. */
  around: string;
  /** By key text: a hash of everything an assessment could read on the way from this key. */
  keys: ReadonlyMap<string, string>;
  /** Keys that lead to a key as the same product. */
  leadingTo: ReadonlyMap<string, readonly string[]>;
}

/**
 * Null for a file that does not keep what this needs. Under a key stands: its entries in their order with the content of their records;
 * of each vulnerability of those its ids, KEV and EPSS (in the digits findings keep) and every record that speaks of it, withdrawn
 * ones too; the keys of the same product; for a bare name, the keys it could mean.
 */
export function standOf(index: RankIndex): Stand | null {
  const hashOf = index.recordHashes();
  if (hashOf === null || index.about.content === "") return null;
  const vulnerabilities = new Map<number, Buffer>();
  const vulnerability = (number: number): Buffer => {
    const known = vulnerabilities.get(number);
    if (known !== undefined) return known;
    const { ids, exploited, epss } = index.vulnerability(number);
    const sha = createHash("sha256");
    sha.update(JSON.stringify([ids, exploited, epss && [rounded(epss.score), rounded(epss.percentile)]]));
    for (const record of index.recordsOf(number)) {
      sha.update(hashOf(record));
      sha.update(index.vulnerabilitiesOf(record).length === 1 ? "own" : "shared");
    }
    const digest = sha.digest();
    vulnerabilities.set(number, digest);
    return digest;
  };
  const keys = new Map<string, string>();
  const leadingTo = new Map<string, string[]>();
  const supported: string[] = [];
  for (let key = 0; key < index.keyCount; key++) {
    const text = index.keyText(key);
    const sha = createHash("sha256");
    const [from, to] = index.entriesOf(key);
    for (let entry = from; entry < to; entry++) {
      const { record, affected } = index.entry(entry);
      sha.update(hashOf(record));
      sha.update(String(affected));
      for (const number of index.vulnerabilitiesOf(record)) sha.update(vulnerability(number));
    }
    const others = index.sameProduct(key).map((other) => index.keyText(other));
    for (const other of others) {
      leadingTo.set(other, [...(leadingTo.get(other) ?? []), text]);
      if (index.support.find(other).length > 0) supported.push(`${text}\n${other}`);
    }
    const { kind, second } = keyParts(text);
    sha.update(JSON.stringify([others, kind === "n" ? index.named(second) : []]));
    keys.set(text, sha.digest("latin1"));
  }
  const around = createHash("sha256");
  around.update(JSON.stringify([[...index.ecosystems].sort(), supported.sort()]));
  around.update(index.supportText());
  return { content: index.about.content, around: around.digest("hex"), keys, leadingTo };
}

const rounded = (chance: number) => Math.round(chance * 1_000);

/**
 * Keys under which the second file says something else than the first, as the components that are asked about under them know them
 * (`askedKeys`). Null when any component may be touched: other ecosystems change what silence means, other
 * dates of support whatever they are of.
 */
export function changedKeys(before: Stand, after: Stand): Set<string> | null {
  if (before.around !== after.around) return null;
  const changed = new Set<string>();
  const changedWith = (key: string) => {
    for (const stand of [before, after])
      for (const one of [key, ...(stand.leadingTo.get(key) ?? [])]) {
        changed.add(one);
        const { kind, second } = keyParts(one);
        if (kind === "c") changed.add(nameKey(second));
      }
  };
  for (const [key, said] of after.keys) if (before.keys.get(key) !== said) changedWith(key);
  for (const key of before.keys.keys()) if (!after.keys.has(key)) changedWith(key);
  return changed;
}
