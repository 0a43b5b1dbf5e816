import { hasBit } from "../graph/closure.ts";
import { at } from "../graph/edges.ts";
import { struckBy } from "../graph/exposure.ts";
import type { Graph } from "../graph/graph.ts";
import { type Start, startsOfThreat } from "../graph/starts.ts";
import { functionsReached, worstLevels } from "../graph/worst.ts";
import type { Threat } from "../threats/schema.ts";

/** A graph with what rankings ask of it again and again. */
export interface Reaching {
  graph: Graph;
  worst: Int32Array;
  functionOf: ReadonlyMap<string, number>;
}

export const reachingOf = (graph: Graph): Reaching => ({
  graph,
  worst: worstLevels(graph),
  functionOf: new Map(graph.file.functions.map(({ id }, i) => [id, i])),
});

/** The worst harm a threat reaches, as a level; 0: none. By its hazards where it names any, else by all its targets reach. */
export function levelOfThreat({ graph, worst, functionOf }: Reaching, threat: Threat): number {
  const starts = startsOfThreat(graph, threat);
  if (threat.hazards.length === 0) return starts.reduce((level, { element }) => Math.max(level, at(worst, element)), 0);
  const named = new Set(threat.hazards);
  return graph.file.hazards.reduce((level, hazard, i) => {
    if (!named.has(hazard.id) || at(graph.clinical.hazardLevel, i) <= level) return level;
    return hazard.functions.some((id) => reached(graph, starts, functionOf.get(id)))
      ? at(graph.clinical.hazardLevel, i)
      : level;
  }, 0);
}

const reached = (graph: Graph, starts: readonly Start[], one: number | undefined): boolean =>
  one !== undefined && starts.some(({ element }) => hasBit(functionsReached(graph, element), one));

/** Patients that one compromise of what is struck can reach, at worst. */
export const patientsOf = (graph: Graph, starts: readonly Start[]): number =>
  struckBy(
    graph,
    starts.map(({ element }) => element),
  ).reduce((sum, { patients }) => sum + patients, 0);
