import { at } from "./edges.ts";
import type { GraphEntry } from "./entries.ts";
import type { Graph } from "./graph.ts";
import { Heap } from "./heap.ts";

/** What makes one way worse than another: fewest steps, or fewest and weakest controls, then the easiest entry, then fewest steps. */
export type Order = "shortest" | "worst";

/** A way from an entry to where a function is served. */
export interface Way {
  entry: GraphEntry;
  edges: number[];
}

export interface Found {
  ways: Way[];
  /** False: cut off before all was looked at. */
  complete: boolean;
}

const EASE = { high: 0, medium: 1, low: 2 } as const;
/** Steps, ease and weight in one number that orders as they do one after the other. Sums stay below 2^53. */
const STEP = { shortest: 2 ** 32, worst: 1 };
const EASY = { shortest: 1, worst: 2 ** 16 };
const WEIGHT = { shortest: 4, worst: 2 ** 18 };
/** Edges looked at for one harm. */
const MOST_LOOKED_AT = 500_000;

interface Partial {
  element: number;
  entry: GraphEntry;
  edge: number;
  before: Partial | null;
  cost: number;
}

/**
 * The best ways from entries to any of the elements, each element at most once on a way. Best first with what is left to go as
 * the measure, so what is found first is best. Bounded: `mostOfEntry` ways of one entry, `most` in all.
 */
export function bestWays(
  graph: Graph,
  entries: readonly GraphEntry[],
  ends: Uint8Array,
  order: Order,
  { most, mostOfEntry }: { most: number; mostOfEntry: number },
): Found {
  const { edges, weights, passes } = graph;
  const costOf = (edge: number) => STEP[order] + WEIGHT[order] * at(weights, edge);
  const left = leftToGo(graph, ends, costOf);
  const heap = new Heap<Partial>();
  const given = new Map<GraphEntry, number>();
  for (const entry of entries) {
    const cost = EASY[order] * EASE[entry.ease] + WEIGHT[order] * entry.weight;
    const rest = left[entry.element] ?? Infinity;
    if (rest !== Infinity) heap.push(cost + rest, { element: entry.element, entry, edge: -1, before: null, cost });
  }
  const ways: Way[] = [];
  let looked = 0;
  for (let way = heap.pop(); way !== undefined && ways.length < most; way = heap.pop()) {
    const of = given.get(way.entry) ?? 0;
    if (of >= mostOfEntry) continue;
    looked += 1 + at(edges.first, way.element + 1) - at(edges.first, way.element);
    if (looked > MOST_LOOKED_AT) return { ways, complete: false };
    if (ends[way.element] === 1) {
      given.set(way.entry, of + 1);
      ways.push({ entry: way.entry, edges: edgesOfWay(way) });
      continue;
    }
    if (way.before !== null && passes[way.element] === 0) continue;
    for (const edge of cheapest(graph, way, costOf)) {
      const to = at(edges.to, edge);
      const cost = way.cost + costOf(edge);
      const rest = left[to] ?? Infinity;
      if (rest !== Infinity) heap.push(cost + rest, { element: to, entry: way.entry, edge, before: way, cost });
    }
  }
  return { ways, complete: true };
}

/** Of the edges that go on to an element not yet on the way, the cheapest to each. */
function cheapest({ edges }: Graph, way: Partial, costOf: (edge: number) => number): Iterable<number> {
  const on = new Set<number>();
  for (let one: Partial | null = way; one !== null; one = one.before) on.add(one.element);
  const best = new Map<number, number>();
  for (let edge = at(edges.first, way.element); edge < at(edges.first, way.element + 1); edge++) {
    const to = at(edges.to, edge);
    if (on.has(to)) continue;
    const known = best.get(to);
    if (known === undefined || costOf(edge) < costOf(known)) best.set(to, edge);
  }
  return best.values();
}

/** What the cheapest way from each element to an end costs; Infinity where there is none. Backwards from the ends (Dijkstra). */
function leftToGo({ edges, passes }: Graph, ends: Uint8Array, costOf: (edge: number) => number): Float64Array {
  const left = new Float64Array(ends.length).fill(Infinity);
  const heap = new Heap<{ element: number; cost: number }>();
  for (const [element, end] of ends.entries())
    if (end === 1) {
      left[element] = 0;
      heap.push(0, { element, cost: 0 });
    }
  for (let next = heap.pop(); next !== undefined; next = heap.pop()) {
    const { element, cost } = next;
    if (cost > at(left, element)) continue;
    // Nobody's way goes through a person, unless it ends there.
    if (passes[element] === 0 && ends[element] !== 1) continue;
    for (let i = at(edges.entersFirst, element); i < at(edges.entersFirst, element + 1); i++) {
      const edge = at(edges.enters, i);
      const from = at(edges.from, edge);
      const total = cost + costOf(edge);
      if (total >= at(left, from)) continue;
      left[from] = total;
      heap.push(total, { element: from, cost: total });
    }
  }
  return left;
}

function edgesOfWay(way: Partial): number[] {
  const edges: number[] = [];
  for (let one: Partial | null = way; one !== null; one = one.before) if (one.edge !== -1) edges.push(one.edge);
  return edges.reverse();
}
