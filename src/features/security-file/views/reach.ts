import type { Element } from "../design/schema.ts";
import { HOWS } from "../graph/edges.ts";
import { type Struck, struckBy } from "../graph/exposure.ts";
import { buildGraph, type Graph } from "../graph/graph.ts";
import { reachFrom } from "../graph/reach.ts";
import type { SecurityFile } from "../schema.ts";

/** What one compromised element can get at. */
export interface Reach {
  origin: Element;
  /** Nearest first; the origin is the first. */
  elements: Element[];
  flows: Set<string>;
  /** Ways that no flow is: an update, or a part of something. */
  others: { from: string; to: string; label: string }[];
  /** Devices that act on patients, most patients first. */
  struck: Struck[];
  patients: number;
  devices: number;
}

const graphs = new WeakMap<SecurityFile, Graph>();

/** The graph of a file, built once for as long as the file is the same. */
function graphOf(file: SecurityFile): Graph {
  const known = graphs.get(file) ?? buildGraph(file);
  graphs.set(file, known);
  return known;
}

/** How far a compromise of one element goes. */
export function reachOf(file: SecurityFile, origin: Element): Reach {
  const graph = graphOf(file);
  const start = graph.elementOf.get(origin.id) ?? 0;
  const { order, edge } = reachFrom(graph, [start]);
  const elements = [...order].flatMap((i) => file.elements[i] ?? []);
  const reached = new Set(elements.map(({ id }) => id));
  // A way begins or ends at a person, it does not go through one.
  const goesOn = new Set(elements.filter(({ id, kind }) => id === origin.id || kind !== "user").map(({ id }) => id));
  const taken = file.flows.filter(
    ({ from, to, bothWays }) =>
      (goesOn.has(from) && reached.has(to)) || (bothWays && goesOn.has(to) && reached.has(from)),
  );
  const { from, to, how, via } = graph.edges;
  const others = [...order].flatMap((i) => {
    const by = edge[i] ?? -1;
    const word = HOWS[how[by] ?? 0];
    const [a, b] = [file.elements[from[by] ?? -1], file.elements[to[by] ?? -1]];
    if (by === -1 || word === "flow" || word === undefined || a === undefined || b === undefined) return [];
    const label = word === "update" ? (file.updatePaths[via[by] ?? -1]?.name ?? "update") : word.replace("-", " ");
    return [{ from: a.id, to: b.id, label }];
  });
  return { origin, elements, others, flows: new Set(taken.map(({ id }) => id)), ...sums(struckBy(graph, [start])) };
}

const sums = (struck: Struck[]) => ({
  struck,
  patients: struck.reduce((sum, each) => sum + each.patients, 0),
  devices: struck.reduce((sum, each) => sum + each.devices, 0),
});

/** Elements by how many patients their compromise reaches at the same time, the most first; then in the order of the file. */
export function worstOrigins(file: SecurityFile): { origin: Element; patients: number; devices: number }[] {
  const graph = graphOf(file);
  return [...graph.elementOf.values()]
    .flatMap((i) => {
      const origin = file.elements[i];
      return origin === undefined ? [] : [{ origin, ...sums(struckBy(graph, [i])) }];
    })
    .sort((a, b) => b.patients - a.patients);
}
