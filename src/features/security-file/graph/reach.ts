import { at } from "./edges.ts";
import type { Graph } from "./graph.ts";

/** What a search found: elements in the order they were reached, nearest first. */
export interface Reached {
  order: Int32Array;
  /** Steps from where it began. -1: not reached. */
  distance: Int32Array;
  /** The edge by which an element was reached. -1: it began there, or it was not reached. */
  edge: Int32Array;
}

/** All elements that are reached from these, each by a shortest way. A way does not go through a person. */
export function reachFrom({ edges, passes }: Graph, starts: readonly number[]): Reached {
  const distance = new Int32Array(passes.length).fill(-1);
  const edge = new Int32Array(passes.length).fill(-1);
  const order = new Int32Array(passes.length);
  let found = 0;
  for (const start of starts)
    if (distance[start] === -1) {
      distance[start] = 0;
      order[found++] = start;
    }
  const { first, to } = edges;
  for (let next = 0; next < found && found < order.length; next++) {
    const element = order[next] ?? 0;
    const steps = (distance[element] ?? 0) + 1;
    if (steps > 1 && passes[element] === 0) continue;
    for (let i = first[element] ?? 0, end = first[element + 1] ?? 0; i < end; i++) {
      const other = to[i] ?? 0;
      if (distance[other] !== -1) continue;
      distance[other] = steps;
      edge[other] = i;
      order[found++] = other;
    }
  }
  return { order: order.subarray(0, found), distance, edge };
}

/** Edges from where the search began to an element, in the order one goes. */
export function wayTo({ edges }: Graph, { edge }: Pick<Reached, "edge">, element: number): number[] {
  const way: number[] = [];
  for (let by = edge[element] ?? -1; by !== -1; by = edge[at(edges.from, by)] ?? -1) way.push(by);
  return way.reverse();
}
