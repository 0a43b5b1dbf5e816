import type { Reading } from "./reading.ts";
import type { Component, Sbom } from "./schema.ts";

/** References inside one document, each given to one component only. */
export interface Refs {
  /** The reference itself; made up (`#n`) when absent or taken. */
  claim(wanted: string | null, at: string): string;
  has(ref: string): boolean;
}

export function createRefs(reading: Reading): Refs {
  const taken = new Set<string>();
  let made = 0;
  const invent = (): string => {
    do made++;
    while (taken.has(`#${made}`));
    return `#${made}`;
  };
  return {
    claim(wanted, at) {
      if (wanted !== null && taken.has(wanted)) {
        reading.report(at, `The reference ${wanted} is used by two components; this one is known by its place.`);
      }
      const ref = wanted === null || taken.has(wanted) ? invent() : wanted;
      taken.add(ref);
      return ref;
    },
    has: (ref) => taken.has(ref),
  };
}

/** Which component needs which; each pair once, in the order first named. */
export interface Dependencies {
  add(from: string, to: string | null): void;
  list(): Sbom["dependencies"];
}

export function createDependencies(): Dependencies {
  const targets = new Map<string, Set<string>>();
  return {
    add(from, to) {
      const known = targets.get(from) ?? new Set();
      targets.set(from, known);
      if (to !== null && to !== from) known.add(to);
    },
    list: () => [...targets].map(([ref, dependsOn]) => ({ ref, dependsOn: [...dependsOn] })),
  };
}

/** Makes the nesting a forest: a component that contains itself through others loses its parent, and that is reported. */
export function cutParentCycles(reading: Reading, components: Component[], at: string): void {
  const byRef = new Map(components.map((component) => [component.ref, component]));
  const settled = new Set<string>();
  for (const component of components) {
    const path = new Set<string>();
    let current: Component | undefined = component;
    while (current !== undefined && !settled.has(current.ref)) {
      path.add(current.ref);
      if (current.parent !== null && path.has(current.parent)) {
        reading.report(at, `${current.ref} contains itself through others; it is shown at the root.`);
        current.parent = null;
      }
      current = current.parent === null ? undefined : byRef.get(current.parent);
    }
    for (const ref of path) settled.add(ref);
  }
}
