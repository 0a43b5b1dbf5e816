import { at } from "./edges.ts";
import type { Graph } from "./graph.ts";

/** Which elements each element gets a hold on: sets of bits, one per group of elements that all act on each other. */
export interface Closure {
  /** The group of an element. */
  groupOf: Int32Array;
  /** By group: bit i is set when element i is reached. */
  rows: readonly Uint32Array[];
}

/** Groups are found by Tarjan's strongly connected components; a group is met after all those it reaches. */
export function closureOf(graph: Graph): Closure {
  const { edges, passes } = graph;
  const count = passes.length;
  const { groupOf, members } = groupsOf(graph);
  const rows: Uint32Array[] = [];
  for (const [group, list] of members.entries()) {
    const row = new Uint32Array((count + 31) >>> 5);
    for (const element of list) {
      setBit(row, element);
      for (let edge = at(edges.first, element); edge < at(edges.first, element + 1); edge++) {
        const to = at(edges.to, edge);
        const other = at(groupOf, to);
        // A person is reached, and what he does next is his own doing.
        if (passes[to] === 0) setBit(row, to);
        else if (other !== group && !hasBit(row, to)) mix(row, rows[other]);
      }
    }
    rows.push(row);
  }
  return { groupOf, rows };
}

export const hasBit = (row: Uint32Array, i: number): boolean => ((row[i >>> 5] ?? 0) & (1 << (i & 31))) !== 0;

export function setBit(row: Uint32Array, i: number): void {
  row[i >>> 5] = at(row, i >>> 5) | (1 << (i & 31));
}

/** Adds the bits of another set. */
export function mix(row: Uint32Array, other: Uint32Array | undefined): void {
  if (other !== undefined) for (let i = 0; i < row.length; i++) row[i] = (row[i] ?? 0) | (other[i] ?? 0);
}

export const haveCommonBit = (one: Uint32Array, other: Uint32Array): boolean =>
  one.some((word, i) => (word & at(other, i)) !== 0);

/** Numbers whose bit is set, rising. */
export function* bitsOf(row: Uint32Array): Generator<number> {
  for (let i = 0; i < row.length; i++)
    for (let word = at(row, i); word !== 0; word &= word - 1) yield (i << 5) + 31 - Math.clz32(word & -word);
}

function groupsOf({ edges, passes }: Graph) {
  const count = passes.length;
  const groupOf = new Int32Array(count).fill(-1);
  const [index, low, next] = [new Int32Array(count).fill(-1), new Int32Array(count), edges.first.slice(0, count)];
  const members: number[][] = [];
  const open: number[] = [];
  const path: number[] = [];
  let met = 0;
  const enter = (element: number) => {
    index[element] = met;
    low[element] = met++;
    open.push(element);
    path.push(element);
  };
  const leave = (element: number) => {
    if (low[element] !== index[element]) return;
    const list: number[] = [];
    for (let one = open.pop(); one !== undefined; one = one === element ? undefined : open.pop()) {
      groupOf[one] = members.length;
      list.push(one);
    }
    members.push(list);
  };
  for (let root = 0; root < count; root++) {
    if (index[root] !== -1) continue;
    enter(root);
    while (path.length > 0) {
      const element = path.at(-1) ?? 0;
      const edge = at(next, element);
      if (edge < at(edges.first, element + 1)) {
        next[element] = edge + 1;
        const to = at(edges.to, edge);
        if (passes[to] === 0) continue;
        if (index[to] === -1) enter(to);
        else if (groupOf[to] === -1) low[element] = Math.min(at(low, element), at(index, to));
        continue;
      }
      path.pop();
      leave(element);
      const above = path.at(-1);
      if (above !== undefined) low[above] = Math.min(at(low, above), at(low, element));
    }
  }
  return { groupOf, members };
}
