import type { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { RankIndex } from "./open-index.ts";

export const SAID_SECTION = "keys.said";
/** Words of 32 bits: of what decides beyond the keys, then of each key in the order of their numbers. */
export const AROUND_WORDS = 8;
export const KEY_WORDS = 4;

/**
 * What an intelligence file says under each key, in few bytes: two of them side by side tell what changed from one to the next
 * (`changedKeys`). Around the keys stands which ecosystems there is data of and what is known of support. Under a key stands: its
 * text; its entries in their order with the content of their records; of each vulnerability of those its ids, KEV and EPSS (in the
 * digits findings keep) and every record that speaks of it, withdrawn ones too; the keys of the same product; for a bare name, the
 * keys it could mean. Null for a file that does not keep what this needs.
 */
export function saidOf(index: RankIndex): Uint32Array<ArrayBuffer> | null {
  const hashOf = index.recordHashes();
  if (hashOf === null) return null;
  const vulnerability = vulnerabilityHashes(index, hashOf);
  const bytes = new Uint8Array(4 * (AROUND_WORDS + KEY_WORDS * index.keyCount));
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
    for (const other of others) if (index.support.find(other).length > 0) supported.push(`${text}\n${other}`);
    sha.update(JSON.stringify([text, others, index.meantBy(key)]));
    bytes.set(sha.digest().subarray(0, 4 * KEY_WORDS), 4 * (AROUND_WORDS + KEY_WORDS * key));
  }
  const around = createHash("sha256");
  around.update(JSON.stringify([[...index.ecosystems].sort(), supported.sort()]));
  around.update(index.supportText());
  bytes.set(around.digest());
  return new Uint32Array(bytes.buffer);
}

/** Of each vulnerability, by its number, what its ids, KEV, EPSS and records say. */
export function vulnerabilityHashes(
  index: RankIndex,
  hashOf: (record: number) => Uint8Array,
): (number: number) => Buffer {
  const known = new Map<number, Buffer>();
  return (number) => {
    const before = known.get(number);
    if (before !== undefined) return before;
    const { ids, exploited, epss } = index.vulnerability(number);
    const sha = createHash("sha256");
    sha.update(JSON.stringify([ids, exploited, epss && [rounded(epss.score), rounded(epss.percentile)]]));
    for (const record of index.recordsOf(number)) {
      sha.update(hashOf(record));
      sha.update(index.vulnerabilitiesOf(record).length === 1 ? "own" : "shared");
    }
    const digest = sha.digest();
    known.set(number, digest);
    return digest;
  };
}

const rounded = (chance: number) => Math.round(chance * 1_000);
