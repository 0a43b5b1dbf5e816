import type { Component, Sbom } from "../sbom/schema.ts";

/** Where a component stands in the one tree that people read, and what it uses; numbers are places in the list of components. */
export interface Layout {
  parents: (number | null)[];
  depths: number[];
  children: number[];
  edges: [from: number, to: number][];
}

/**
 * Lays a document's components out as a forest: a component hangs under the one it is nested in, else under the nearest that depends
 * on it, counted from the subject; what nobody reaches, cycles included, is a root. Linear in components and dependencies.
 */
export function layOut({
  components,
  dependencies,
  subject,
}: Pick<Sbom, "components" | "dependencies" | "subject">): Layout {
  const place = new Map<string, number>();
  components.forEach((component, i) => {
    if (!place.has(component.ref)) place.set(component.ref, i);
  });
  const nesting = components.map((component) => nestedIn(component, place));
  const uses = usesOf(dependencies, place, components.length);
  const inside: number[][] = components.map(() => []);
  nesting.forEach((parent, i) => {
    if (parent !== null) inside[parent]?.push(i);
  });

  const layout: Layout = {
    parents: components.map(() => null),
    depths: components.map(() => 0),
    children: components.map(() => 0),
    edges: uses.flatMap((targets, from) => targets.map((to): [number, number] => [from, to])),
  };
  const placed = new Uint8Array(components.length);
  const grow = (roots: readonly number[]) => {
    const queue = roots.filter((i) => placed[i] === 0);
    for (const i of queue) placed[i] = 1;
    for (const i of queue) {
      const hanging = [...(inside[i] ?? []), ...(uses[i] ?? []).filter((to) => nesting[to] === null)];
      for (const child of hanging) {
        if (placed[child] === 1) continue;
        placed[child] = 1;
        layout.parents[child] = i;
        layout.depths[child] = (layout.depths[i] ?? 0) + 1;
        layout.children[i] = (layout.children[i] ?? 0) + 1;
        queue.push(child);
      }
    }
  };
  grow(rootsOf(nesting, uses, topOf(subject, dependencies, place)));
  for (let i = 0; i < components.length; i++) grow([i]);
  return layout;
}

function nestedIn(component: Component, place: ReadonlyMap<string, number>): number | null {
  if (component.parent === null || component.parent === component.ref) return null;
  return place.get(component.parent) ?? null;
}

function usesOf(dependencies: Sbom["dependencies"], place: ReadonlyMap<string, number>, count: number): number[][] {
  const uses: Set<number>[] = Array.from({ length: count }, () => new Set());
  for (const { ref, dependsOn } of dependencies) {
    const from = place.get(ref);
    if (from === undefined) continue;
    for (const target of dependsOn) {
      const to = place.get(target);
      if (to !== undefined && to !== from) uses[from]?.add(to);
    }
  }
  return uses.map((set) => [...set]);
}

/** What the subject uses directly. */
function topOf(
  subject: Component | null,
  dependencies: Sbom["dependencies"],
  place: ReadonlyMap<string, number>,
): number[] {
  if (subject === null) return [];
  const own = place.get(subject.ref);
  if (own !== undefined) return [own];
  return dependencies
    .filter((d) => d.ref === subject.ref)
    .flatMap((d) => d.dependsOn)
    .map((ref) => place.get(ref))
    .filter((i) => i !== undefined);
}

/** The subject's own, then every component that is neither nested nor used by another. */
function rootsOf(nesting: readonly (number | null)[], uses: readonly number[][], top: readonly number[]): number[] {
  const used = new Uint8Array(nesting.length);
  for (const targets of uses) for (const to of targets) used[to] = 1;
  const free = nesting.flatMap((parent, i) => (parent === null && used[i] === 0 ? [i] : []));
  return [...new Set([...top.filter((i) => nesting[i] === null), ...free])];
}
