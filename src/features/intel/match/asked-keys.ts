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
  for (const component of components) for (const key of keysAsked(component, system)) keys.add(key);
  return keys;
}

/** The parts of a release that are looked up under one of these keys. */
export function partsAsking(components: readonly Component[], keys: ReadonlySet<string>): Component[] {
  const system = systemOf(components);
  return components.filter((component) => keysAsked(component, system).some((key) => keys.has(key)));
}

function keysAsked(component: Component, system: string | null): readonly string[] {
  const own = keysOf(component, system);
  return own.length > 0 ? own : [nameKey(component.name)];
}

/** A key as a signed 64-bit number, for a table. Two keys that share one only cost a comparison too many. */
export const keyNumber = (key: string): bigint => createHash("sha256").update(key).digest().readBigInt64BE(0);
