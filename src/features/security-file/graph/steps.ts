import { controlsOn } from "./barriers.ts";
import { wholesOf } from "./clinical.ts";
import { at, controlsOnEdge, HOWS } from "./edges.ts";
import type { Graph } from "./graph.ts";
import type { Step, WayControl } from "./schema.ts";
import type { Lead } from "./starts.ts";

/** The first steps of a way: what led to an element, and the element. */
export function startSteps(graph: Graph, element: number, lead: Lead | null): Step[] {
  const one = elementStep(graph, element, null);
  if (lead === null) return [one];
  const { kind, id, name, how, crosses } = lead;
  const by = {
    how,
    id: null,
    name: "",
    controls: controlsOn(
      graph.barriers,
      crosses.filter((x) => x !== null),
    ),
  };
  return [
    { kind, id, name, by: null },
    { ...one, by },
  ];
}

/** The steps along edges. */
export const edgeSteps = (graph: Graph, edges: readonly number[]): Step[] =>
  edges.map((edge) => {
    const { file, edges: all, barriers } = graph;
    const how = HOWS[at(all.how, edge)] ?? "flow";
    const number = all.via[edge] ?? -1;
    const via = how === "flow" ? file.flows[number] : how === "update" ? file.updatePaths[number] : undefined;
    return elementStep(graph, at(all.to, edge), {
      how,
      id: via?.id ?? null,
      name: via?.name ?? "",
      controls: controlsOnEdge(file, all, barriers, edge),
    });
  });

/** From a part up to the whole that something depends on. */
export function wholeSteps(graph: Graph, from: number, to: number): Step[] {
  const chain = wholesOf(graph.parents, from);
  const end = chain.indexOf(to);
  return chain.slice(1, end + 1).map((whole) => elementStep(graph, whole, { ...PLAIN, how: "part-of" }));
}

const PLAIN = { id: null, name: "", controls: [] as WayControl[] };

function elementStep({ file }: Graph, element: number, by: Step["by"]): Step {
  const { id = "", name = "" } = file.elements[element] ?? {};
  return { kind: "element", id, name, by };
}

/** From a function to a harm, as far as it is stated. */
export interface Chain {
  function: number;
  hazard: number | null;
  situation: number | null;
  harm: number | null;
}

export function chainSteps({ file }: Graph, chain: Chain): Step[] {
  const { functions, hazards, situations, harms } = file;
  const step = (
    kind: Step["kind"],
    how: "serves" | "fails" | "exposes" | "harms",
    item?: { id: string; name: string },
  ) => (item === undefined ? [] : [{ kind, id: item.id, name: item.name, by: { ...PLAIN, how } }]);
  return [
    ...step("function", "serves", functions[chain.function]),
    ...step("hazard", "fails", hazards[chain.hazard ?? -1]),
    ...step("situation", "exposes", situations[chain.situation ?? -1]),
    ...step("harm", "harms", harms[chain.harm ?? -1]),
  ];
}

/** The controls of a way, each once. */
export function controlsOfWay(steps: readonly Step[]): WayControl[] {
  const controls = new Map<string, WayControl>();
  for (const { by } of steps) for (const control of by?.controls ?? []) controls.set(control.id, control);
  return [...controls.values()];
}
