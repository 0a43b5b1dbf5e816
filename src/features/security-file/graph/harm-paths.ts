import { at } from "./edges.ts";
import type { Graph } from "./graph.ts";
import { type Reached, reachFrom, wayTo } from "./reach.ts";
import type { HarmPath, Step } from "./schema.ts";
import { harmSentence } from "./sentence.ts";
import type { Start } from "./starts.ts";
import { type Chain, chainSteps, edgeSteps, startSteps, wholeSteps } from "./steps.ts";
import { harmOfLevel } from "./worst.ts";

/** What of the clinical side counts. Null: all. */
export interface Narrowed {
  hazards: ReadonlySet<string> | null;
  situations: ReadonlySet<string> | null;
}

const ALL: Narrowed = { hazards: null, situations: null };

/** A function that is reached: the element it depends on, and the nearest element from where that is reached. */
interface ReachedFunction {
  function: number;
  element: number;
  whole: number;
}

/**
 * The ways from where something begins to each harm, worst harm first, then the shortest way: for every function that is reached,
 * one to each harm of it. A function without a stated harm stands last.
 */
export function harmPaths(graph: Graph, starts: readonly Start[], most = 100, narrowed = ALL): HarmPath[] {
  const reached = reachFrom(
    graph,
    starts.map(({ element }) => element),
  );
  const found = functionsIn(graph, reached)
    .sort((a, b) => levelOf(graph, b) - levelOf(graph, a) || steps(reached, a) - steps(reached, b))
    .flatMap((one, i) =>
      i < most || narrowed !== ALL
        ? chainsOf(graph, one.function, narrowed, most).map((chain) => ({ one, chain }))
        : [],
    )
    .sort(
      (a, b) => harmLevel(graph, b.chain) - harmLevel(graph, a.chain) || steps(reached, a.one) - steps(reached, b.one),
    );
  return found.slice(0, most).map(({ one, chain }) => pathOf(graph, starts, reached, one, chain));
}

const levelOf = ({ clinical }: Graph, one: ReachedFunction) => at(clinical.functionLevel, one.function);
const steps = ({ distance }: Reached, one: ReachedFunction) => at(distance, one.element);
const harmLevel = ({ clinical }: Graph, { harm }: Chain) => (harm === null ? 0 : at(clinical.harmLevel, harm));

function functionsIn({ clinical }: Graph, { order }: Reached): ReachedFunction[] {
  const found = new Map<number, ReachedFunction>();
  for (const element of order)
    for (const { function: number, element: whole } of clinical.served[element] ?? [])
      if (!found.has(number)) found.set(number, { function: number, element, whole });
  return [...found.values()];
}

/** From a function to each of its harms, the worst first; bounded. Without any that counts: the function alone, when nothing narrows. */
function chainsOf({ file, clinical }: Graph, one: number, { hazards, situations }: Narrowed, most: number): Chain[] {
  const byHarm = new Map<number, Chain>();
  let looked = 0;
  const worstFirst = (list: readonly number[], levels: Int32Array) =>
    [...list].sort((a, b) => at(levels, b) - at(levels, a));
  for (const hazard of worstFirst(clinical.hazardsOf[one] ?? [], clinical.hazardLevel)) {
    if (hazards !== null && !hazards.has(file.hazards[hazard]?.id ?? "")) continue;
    for (const situation of worstFirst(clinical.situationsOf[hazard] ?? [], clinical.situationLevel)) {
      if (++looked > MOST_SITUATIONS) return [...byHarm.values()];
      if (situations !== null && !situations.has(file.situations[situation]?.id ?? "")) continue;
      for (const harm of clinical.harmsOf[situation] ?? [])
        if (!byHarm.has(harm)) byHarm.set(harm, { function: one, hazard, situation, harm });
      if (byHarm.size >= most) return [...byHarm.values()];
    }
  }
  if (byHarm.size > 0) return [...byHarm.values()];
  return hazards === null && situations === null ? [{ function: one, hazard: null, situation: null, harm: null }] : [];
}

/** Situations looked at for one function. */
const MOST_SITUATIONS = 10_000;

function pathOf(
  graph: Graph,
  starts: readonly Start[],
  reached: Reached,
  { element, whole, function: number }: ReachedFunction,
  chain: Chain,
): HarmPath {
  const way = wayTo(graph, reached, element);
  const origin = way[0] === undefined ? element : at(graph.edges.from, way[0]);
  const lead = starts.find((start) => start.element === origin)?.lead ?? null;
  const route: Step[] = [
    ...startSteps(graph, origin, lead),
    ...edgeSteps(graph, way),
    ...wholeSteps(graph, element, whole),
    ...chainSteps(graph, chain),
  ];
  const { functions, harms } = graph.file;
  const harm = harms[chain.harm ?? -1];
  const severity = harmOfLevel(harmLevel(graph, chain));
  const path = {
    function: named(functions[number]),
    harm: harm === undefined || severity === null ? null : { ...named(harm), severity },
    reach: way.length === 0 ? "direct" : staysInside(graph, origin, way) ? "within" : "network",
    distance: way.length,
    steps: route,
  } as const;
  return { ...path, sentence: harmSentence(path) };
}

/** Whether a way stays in one device. */
function staysInside(graph: Graph, origin: number, way: readonly number[]): boolean {
  const { deviceOf } = graph.installed();
  return way.every((edge) => at(deviceOf, at(graph.edges.to, edge)) === at(deviceOf, origin));
}

const named = (item: { id: string; name: string } | undefined) => ({ id: item?.id ?? "", name: item?.name ?? "" });
