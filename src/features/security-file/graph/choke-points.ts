import { controlsOn } from "./barriers.ts";
import { at, crossedByFlow, HOWS } from "./edges.ts";
import type { GraphEntry } from "./entries.ts";
import type { Graph } from "./graph.ts";
import type { ChokePoint } from "./schema.ts";

/**
 * Elements and flows that every way from an entry to the ends goes through: those of one way (any will do) without which no end is
 * reached. Where each way begins at the same element, that is one too.
 */
export function chokePoints(
  graph: Graph,
  entries: readonly GraphEntry[],
  ends: Uint8Array,
  way: { entry: GraphEntry; edges: readonly number[] },
): ChokePoint[] {
  const { edges, file, barriers } = graph;
  const elements = [way.entry.element, ...way.edges.map((edge) => at(edges.to, edge))];
  return elements.flatMap((element, i) => {
    const points: ChokePoint[] = [];
    const edge = way.edges[i - 1];
    const flow =
      edge !== undefined && HOWS[at(edges.how, edge)] === "flow" ? file.flows[at(edges.via, edge)] : undefined;
    if (flow !== undefined && !isReached(graph, entries, ends, { element: -1, flow: at(edges.via, edge ?? 0) })) {
      const crossed = crossedByFlow(flow).filter((id) => id !== null);
      points.push({ kind: "flow", id: flow.id, name: flow.name, controls: controlsOn(barriers, crossed) });
    }
    const { id = "", name = "", kind } = file.elements[element] ?? {};
    const isOutside = kind === "user" || kind === "external-system";
    if (!isOutside && !isReached(graph, entries, ends, { element, flow: -1 }))
      points.push({ kind: "element", id, name, controls: controlsOn(barriers, [id]) });
    return points;
  });
}

/** Whether an end is reached when one element or flow is taken away. */
function isReached(
  { edges, passes }: Graph,
  entries: readonly GraphEntry[],
  ends: Uint8Array,
  without: { element: number; flow: number },
): boolean {
  const seen = new Uint8Array(ends.length);
  const next: number[] = [];
  const meet = (element: number) => {
    if (element === without.element || seen[element] === 1) return;
    seen[element] = 1;
    next.push(element);
  };
  for (const { element } of entries) meet(element);
  const begun = next.length;
  for (let i = 0; i < next.length; i++) {
    const element = at(next, i);
    if (ends[element] === 1) return true;
    if (i >= begun && passes[element] === 0) continue;
    for (let edge = at(edges.first, element); edge < at(edges.first, element + 1); edge++)
      if (HOWS[at(edges.how, edge)] !== "flow" || edges.via[edge] !== without.flow) meet(at(edges.to, edge));
  }
  return false;
}
