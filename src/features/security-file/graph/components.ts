import { Fault } from "../../../lib/fault.ts";
import { parsePurl } from "../../../lib/purl.ts";
import type { Element } from "../design/schema.ts";

/** A component as an SBOM or a finding states it. */
export interface ComponentAsked {
  purl: string | null;
  group?: string | null;
  name: string;
  version: string | null;
}

/** Elements that are made of a component, by every way a file may name it. */
export type ComponentIndex = ReadonlyMap<string, readonly number[]>;

export function componentIndex(elements: readonly Element[]): ComponentIndex {
  const index = new Map<string, number[]>();
  for (const [i, { components }] of elements.entries())
    for (const ref of components) {
      const key = keyOfRef(ref);
      const known = index.get(key);
      if (known === undefined) index.set(key, [i]);
      else if (known.at(-1) !== i) known.push(i);
    }
  return index;
}

/**
 * Numbers of the elements a component is in: named by its package URL with its version or without one, by `group/name`, or by its
 * name. Qualifiers (architecture, distribution) tell no two components of a device apart.
 */
export function elementsOfComponent(index: ComponentIndex, { purl, group, name, version }: ComponentAsked): number[] {
  const read = purl === null ? null : readPurl(purl);
  const exact = read?.version ?? version;
  const keys = [
    ...(read === null ? [] : [read.key, ...(exact === null ? [] : [`${read.key}@${exact}`])]),
    ...(group === null || group === undefined || group === "" ? [] : [nameKey(`${group}/${name}`)]),
    nameKey(name),
  ];
  return [...new Set(keys.flatMap((key) => index.get(key) ?? []))].sort((a, b) => a - b);
}

function keyOfRef(ref: string): string {
  const read = ref.startsWith("pkg:") ? readPurl(ref) : null;
  if (read === null) return nameKey(ref);
  return read.version === null ? read.key : `${read.key}@${read.version}`;
}

const nameKey = (name: string) => `name:${name.trim().toLowerCase()}`;

function readPurl(text: string): { key: string; version: string | null } | null {
  try {
    const { type, namespace, name, version } = parsePurl(text);
    return { key: `pkg:${type}/${namespace === null ? "" : `${namespace}/`}${name}`, version };
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

/** A component by what a person or a list writes: a package URL, or a name. */
export function askedByRef(ref: string): ComponentAsked {
  const read = ref.startsWith("pkg:") ? readPurl(ref) : null;
  const name = read?.key.split("/").at(-1) ?? ref;
  return { purl: read === null ? null : ref, name, version: read?.version ?? null };
}
