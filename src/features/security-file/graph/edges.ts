import type { Element, Flow, UpdatePath } from "../design/schema.ts";
import type { SecurityFile } from "../schema.ts";
import { type Barriers, controlsOn } from "./barriers.ts";
import type { StepBy, WayControl } from "./schema.ts";

/** How whoever holds an element gets a hold on another. */
export const HOWS = ["flow", "update", "holds", "runs-on"] as const satisfies readonly StepBy[];
const [FLOW, UPDATE, HOLDS, RUNS_ON] = [0, 1, 2, 3] as const;

/** Elements as numbers, and what each acts on: edges in the order of the element they leave. */
export interface Edges {
  from: Int32Array;
  to: Int32Array;
  /** Index into HOWS. */
  how: Uint8Array;
  /** Which flow or update path. -1: neither. */
  via: Int32Array;
  /** Of element i: from `first[i]` to before `first[i + 1]`. */
  first: Int32Array;
  /** Edges that enter element i, from `entersFirst[i]` to before `entersFirst[i + 1]`. */
  enters: Int32Array;
  entersFirst: Int32Array;
}

/**
 * An element acts on another by a flow to it (or back, where both ways are stated) and by the way of an update; on what it holds; and,
 * when it is a process or a store, on what it runs on. Other parts of a whole act on each other by flows only. Links into nothing are
 * left out: the structural check names them.
 */
export function edgesOf({ elements, flows, updatePaths }: SecurityFile, elementOf: ReadonlyMap<string, number>): Edges {
  const list: number[] = [];
  const add = (from: number | undefined, to: number | undefined, how: number, via: number) => {
    if (from !== undefined && to !== undefined && from !== to) list.push(from, to, how, via);
  };
  for (const [i, { parent, kind }] of elements.entries()) {
    const above = parent === null ? undefined : elementOf.get(parent);
    add(above, i, HOLDS, -1);
    if (kind === "process" || kind === "store") add(i, above, RUNS_ON, -1);
  }
  for (const [i, { from, to, bothWays }] of flows.entries()) {
    add(elementOf.get(from), elementOf.get(to), FLOW, i);
    if (bothWays) add(elementOf.get(to), elementOf.get(from), FLOW, i);
  }
  for (const [i, path] of updatePaths.entries()) {
    const stations = path.steps.flatMap(({ element }) => (element === null ? [] : (elementOf.get(element) ?? [])));
    for (const [at, station] of stations.entries()) add(stations[at - 1], station, UPDATE, i);
    for (const id of updatedBy(path, elements)) add(stations.at(-1), elementOf.get(id), UPDATE, i);
  }
  return sorted(list, elements.length);
}

/** Elements an update path changes: those it names, and those that keep an asset it names. */
export function updatedBy({ updates }: UpdatePath, elements: readonly Element[]): string[] {
  if (updates.length === 0) return [];
  const named = new Set(updates);
  return elements.flatMap(({ id, assets }) => (named.has(id) || assets.some((asset) => named.has(asset)) ? [id] : []));
}

function sorted(list: readonly number[], elements: number): Edges {
  const count = list.length / 4;
  const first = new Int32Array(elements + 1);
  const entersFirst = new Int32Array(elements + 1);
  for (let i = 0; i < count; i++) {
    first[at(list, 4 * i) + 1] = at(first, at(list, 4 * i) + 1) + 1;
    entersFirst[at(list, 4 * i + 1) + 1] = at(entersFirst, at(list, 4 * i + 1) + 1) + 1;
  }
  for (let i = 0; i < elements; i++) {
    first[i + 1] = at(first, i + 1) + at(first, i);
    entersFirst[i + 1] = at(entersFirst, i + 1) + at(entersFirst, i);
  }
  const edges: Edges = {
    from: new Int32Array(count),
    to: new Int32Array(count),
    how: new Uint8Array(count),
    via: new Int32Array(count),
    first,
    enters: new Int32Array(count),
    entersFirst,
  };
  const [next, entersNext] = [first.slice(), entersFirst.slice()];
  for (let i = 0; i < count; i++) {
    const [from, to] = [at(list, 4 * i), at(list, 4 * i + 1)];
    const place = at(next, from);
    next[from] = place + 1;
    edges.from[place] = from;
    edges.to[place] = to;
    edges.how[place] = at(list, 4 * i + 2);
    edges.via[place] = at(list, 4 * i + 3);
    const enter = at(entersNext, to);
    entersNext[to] = enter + 1;
    edges.enters[enter] = place;
  }
  return edges;
}

/** What stands at `i`; 0 outside. */
export const at = (list: ArrayLike<number>, i: number): number => list[i] ?? 0;

type Crossed = Pick<SecurityFile, "elements" | "flows" | "updatePaths">;

/** All that is gone through by an edge and may have a control: the flow with its interfaces and credentials, and what is entered. */
export function crossedBy({ elements, flows, updatePaths }: Crossed, edges: Edges, edge: number): string[] {
  const entered = elements[at(edges.to, edge)]?.id;
  const via = edges.via[edge] ?? -1;
  const how = edges.how[edge];
  const by = how === FLOW ? crossedByFlow(flows[via]) : how === UPDATE ? [updatePaths[via]?.id] : [];
  return [...by, entered].filter((id) => id !== undefined && id !== null);
}

export const crossedByFlow = (flow: Flow | undefined): (string | null)[] =>
  flow === undefined ? [] : [flow.id, flow.fromPort, flow.toPort, ...flow.path.credentials];

/** The controls on an edge. */
export const controlsOnEdge = (file: Crossed, edges: Edges, barriers: Barriers, edge: number): WayControl[] =>
  controlsOn(barriers, crossedBy(file, edges, edge));

/** The weight of the controls on every edge: each counted once. */
export function weightOfEdges(file: Crossed, edges: Edges, barriers: Barriers): Int32Array {
  const weights = new Int32Array(edges.to.length);
  if (barriers.on.size === 0) return weights;
  const seen = new Int32Array(barriers.controls.length).fill(-1);
  for (let edge = 0; edge < weights.length; edge++)
    for (const id of crossedBy(file, edges, edge))
      for (const control of barriers.on.get(id) ?? []) {
        if (seen[control] === edge) continue;
        seen[control] = edge;
        weights[edge] = at(weights, edge) + at(barriers.weight, control);
      }
  return weights;
}
