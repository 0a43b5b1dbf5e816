import { createHash } from "node:crypto";
import type { Component } from "../../devices/sbom/schema.ts";
import { nameKey } from "../rank-index/key.ts";
import { systemOf } from "./identify.ts";
import { keysOf } from "./postings.ts";

/**
 * Under which keys a release's parts are looked up, and under its bare name a part that has none: what of the intelligence can
 * change what is said of them (`changedKeys`). `components`: the parts as an assessment takes them.
 */
export function askedKeys(components: readonly Component[]): Set<string> {
  const system = systemOf(components);
  const keys = new Set<string>();
  for (const component of components) {
    const own = keysOf(component, system);
    for (const key of own.length > 0 ? own : [nameKey(component.name)]) keys.add(key);
  }
  return keys;
}

/** A key as a signed 64-bit number, for a table. Two keys that share one only cost a comparison too many. */
export const keyNumber = (key: string): bigint => createHash("sha256").update(key).digest().readBigInt64BE(0);
