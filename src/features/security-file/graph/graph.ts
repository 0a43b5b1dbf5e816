import { Fault } from "../../../lib/fault.ts";
import type { SecurityFile } from "../schema.ts";
import { type Barriers, barriersOf } from "./barriers.ts";
import { type Clinical, clinicalOf, numbersOf } from "./clinical.ts";
import { type Closure, closureOf } from "./closure.ts";
import { type ComponentIndex, componentIndex } from "./components.ts";
import { type Edges, edgesOf, weightOfEdges } from "./edges.ts";
import { type Installed, installedOf, type Struck } from "./exposure.ts";
import { type Starts, startsIn } from "./starts.ts";

/** A security file as numbers and adjacency: built once, asked often. What takes longest is built when it is first asked for. */
export interface Graph {
  file: SecurityFile;
  elementOf: ReadonlyMap<string, number>;
  /** What an element is a part of or runs on. -1: nothing. */
  parents: Int32Array;
  /** False: a person. A way may begin or end at a person, it does not go through one. */
  passes: Uint8Array;
  edges: Edges;
  /** Of the controls on each edge that stand. */
  weights: Int32Array;
  barriers: Barriers;
  clinical: Clinical;
  closure: () => Closure;
  /** Functions that a group of elements reaches, once asked for. */
  functionRows: Map<number, Uint32Array>;
  installed: () => Installed;
  /** Devices and patients that a group of elements reaches from outside, once asked for. */
  struck: Map<number, Struck[]>;
  components: () => ComponentIndex;
  starts: () => Starts;
}

/** Ten times what a large device has; what is kept per element grows with their number. */
export const MAX_ELEMENTS = 10_000;

/** Fault `too_large` above MAX_ELEMENTS. */
export function buildGraph(file: SecurityFile): Graph {
  const { elements } = file;
  if (elements.length > MAX_ELEMENTS)
    throw new Fault("too_large", `The model has ${elements.length} elements; ways are found in up to ${MAX_ELEMENTS}`, {
      at: "elements",
      fix: "Describe parts that behave alike as one element with its number of instances",
    });
  const elementOf = numbersOf(elements);
  const parents = Int32Array.from(elements, ({ parent }, i) => {
    const above = parent === null ? -1 : (elementOf.get(parent) ?? -1);
    return above === i ? -1 : above;
  });
  const barriers = barriersOf(file);
  const edges = edgesOf(file, elementOf);
  const graph: Graph = {
    file,
    elementOf,
    parents,
    passes: Uint8Array.from(elements, ({ kind }) => (kind === "user" ? 0 : 1)),
    edges,
    weights: weightOfEdges(file, edges, barriers),
    barriers,
    clinical: clinicalOf(file, elementOf, parents),
    closure: once(() => closureOf(graph)),
    functionRows: new Map(),
    struck: new Map(),
    installed: once(() => installedOf(graph)),
    components: once(() => componentIndex(elements)),
    starts: once(() => startsIn(graph)),
  };
  return graph;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
