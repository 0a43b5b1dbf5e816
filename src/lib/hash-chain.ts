import { createHash } from "node:crypto";
import { canonicalJson, type JsonValue } from "./canonical-json.ts";

/** A place in a chain: the number of the last record and its hash. */
export interface Link {
  sequence: number;
  hash: string;
}

/** Before the first record. */
export const GENESIS: Link = { sequence: 0, hash: "0".repeat(64) };

export interface Chained {
  sequence: number;
  previousHash: string;
  hash: string;
}

export const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/** SHA-256, in hex, of the record's canonical JSON without its own hash. */
export const recordHash = (record: { readonly [key: string]: JsonValue }): string => {
  const { hash: _, ...content } = record;
  return sha256(canonicalJson(content));
};

/** Gives a record its number, its predecessor's hash and its own. */
export function chain<T extends { readonly [key: string]: JsonValue }>(previous: Link, content: T): T & Chained {
  const numbered = { ...content, sequence: previous.sequence + 1, previousHash: previous.hash };
  return { ...numbered, hash: recordHash(numbered) };
}

/** Why the record cannot follow `previous`, in a few words; null when it does. */
export function whyBroken(previous: Link, record: Chained & { readonly [key: string]: JsonValue }): string | null {
  const expected = previous.sequence + 1;
  if (record.sequence > expected) return `entry ${expected} is missing: entry ${record.sequence} stands in its place`;
  if (record.sequence < expected) return `entry ${record.sequence} stands here again or out of order`;
  if (record.previousHash !== previous.hash) return "does not continue the entry before it";
  if (record.hash !== recordHash(record)) return "its content is not what was recorded";
  return null;
}
