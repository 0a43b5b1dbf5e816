import { bestWays, type Order, type Way } from "./attack-search.ts";
import { chokePoints } from "./choke-points.ts";
import { haveCommonBit, setBit } from "./closure.ts";
import { at } from "./edges.ts";
import { entriesOf, type GraphEntry } from "./entries.ts";
import type { Graph } from "./graph.ts";
import type { AttackPath, Entry, HarmAttacks, Step } from "./schema.ts";
import { attackSentence } from "./sentence.ts";
import { type Chain, chainSteps, controlsOfWay, edgeSteps, startSteps, wholeSteps } from "./steps.ts";
import { harmOfLevel } from "./worst.ts";

export interface AttackLimits {
  /** Ways to one harm. */
  most: number;
  /** Ways to one harm from one entry. */
  mostOfEntry: number;
  /** Harms, the worst first. */
  harms: number;
}

/** How harms are reached from outside, the worst harm first; `only`: one of them. */
export function attacksOf(graph: Graph, limits: AttackLimits, only: string | null = null): HarmAttacks[] {
  const { file, clinical } = graph;
  const entries = entriesOf(graph);
  const asked = [...file.harms.keys()].filter((harm) => only === null || file.harms[harm]?.id === only);
  const worstFirst = asked.sort((a, b) => at(clinical.harmLevel, b) - at(clinical.harmLevel, a));
  return worstFirst
    .slice(0, limits.harms)
    .map((harm) => attackOn(graph, entries, harm, functionsOfHarm(graph, harm), limits));
}

/** Each function that a harm can come of, with a chain that leads there. */
function functionsOfHarm({ file, clinical }: Graph, harm: number): Map<number, Chain> {
  const chains = new Map<number, Chain>();
  const situations = new Set([...clinical.harmsOf.keys()].filter((i) => clinical.harmsOf[i]?.includes(harm) === true));
  const hazards = [...clinical.situationsOf.keys()].flatMap((hazard) => {
    const situation = clinical.situationsOf[hazard]?.find((one) => situations.has(one));
    return situation === undefined ? [] : [{ hazard, situation }];
  });
  const leading = new Map(hazards.map(({ hazard, situation }) => [hazard, situation]));
  for (const one of file.functions.keys()) {
    const hazard = clinical.hazardsOf[one]?.find((h) => leading.has(h));
    if (hazard !== undefined) chains.set(one, { function: one, hazard, situation: leading.get(hazard) ?? null, harm });
  }
  return chains;
}

function attackOn(
  graph: Graph,
  entries: readonly GraphEntry[],
  harm: number,
  functions: ReadonlyMap<number, Chain>,
  limits: AttackLimits,
): HarmAttacks {
  const { served } = graph.clinical;
  const ends = Uint8Array.from(served, (services) => (services.some((one) => functions.has(one.function)) ? 1 : 0));
  const search = (order: Order) => bestWays(graph, entries, ends, order, limits);
  const [shortest, worst] = [search("shortest"), search("worst")];
  const [item, severity] = [graph.file.harms[harm], harmOfLevel(at(graph.clinical.harmLevel, harm))];
  const named = { id: item?.id ?? "", name: item?.name ?? "", severity: severity ?? "negligible" };
  const show = (way: Way) => attackPath(graph, way, functions, named);
  const any = shortest.ways[0];
  return {
    harm: named,
    shortest: shortest.ways.map(show),
    worst: worst.ways.map(show),
    entries: entriesThatReach(graph, entries, ends),
    chokePoints: any === undefined ? [] : chokePoints(graph, entries, ends, any),
    complete: shortest.complete && worst.complete,
  };
}

function entriesThatReach(graph: Graph, entries: readonly GraphEntry[], ends: Uint8Array): Entry[] {
  const { groupOf, rows } = graph.closure();
  const wanted = new Uint32Array((ends.length + 31) >>> 5);
  for (const [element, end] of ends.entries()) if (end === 1) setBit(wanted, element);
  return entries
    .filter(({ element }) => haveCommonBit(rows[at(groupOf, element)] ?? wanted, wanted))
    .sort((a, b) => EASES.indexOf(a.ease) - EASES.indexOf(b.ease))
    .map(entryOf);
}

const EASES = ["high", "medium", "low"];

const entryOf = ({ kind, id, name, ease }: GraphEntry): Entry => ({ kind, id, name, ease });

function attackPath(
  graph: Graph,
  { entry, edges }: Way,
  functions: ReadonlyMap<number, Chain>,
  harm: AttackPath["harm"],
): AttackPath {
  const last = edges.length === 0 ? entry.element : at(graph.edges.to, edges.at(-1) ?? 0);
  const service = graph.clinical.served[last]?.find((one) => functions.has(one.function));
  const chain = functions.get(service?.function ?? -1);
  const steps: Step[] = [
    ...startSteps(graph, entry.element, leadOf(graph, entry)),
    ...edgeSteps(graph, edges),
    ...wholeSteps(graph, last, service?.element ?? last),
    ...(chain === undefined ? [] : chainSteps(graph, chain)),
  ];
  const controls = controlsOfWay(steps);
  const standing = controls.filter(({ stands }) => stands !== "planned").length;
  const shown = { entry: entryOf(entry), harm, steps };
  return {
    ...shown,
    distance: edges.length,
    standing,
    planned: controls.length - standing,
    sentence: attackSentence(shown),
  };
}

function leadOf({ file }: Graph, { kind, id, name, element }: GraphEntry) {
  if (kind === "user" || kind === "external-system") return null;
  const entered = file.elements[element]?.id ?? "";
  const crosses = [id, entered];
  return { kind: "port", id, name, how: "is-in", crosses } as const;
}
