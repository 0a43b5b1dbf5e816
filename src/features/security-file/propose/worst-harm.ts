import { at } from "../graph/edges.ts";
import { buildGraph } from "../graph/graph.ts";
import { harmOfLevel, worstLevels } from "../graph/worst.ts";
import type { SecurityFile } from "../schema.ts";
import type { WorstHarm } from "./propose.ts";

/** The worst harm that whoever strikes an item of the file can reach, over every way there is. */
export function worstHarmIn(file: SecurityFile): WorstHarm {
  const graph = buildGraph(file);
  const levels = worstLevels(graph);
  const starts = graph.starts();
  return (id) => harmOfLevel(Math.max(0, ...(starts.get(id) ?? []).map(({ element }) => at(levels, element))));
}
