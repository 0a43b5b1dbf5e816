import { HARMS, type Harm } from "../../devices/schema.ts";
import { bitsOf, setBit } from "./closure.ts";
import { at } from "./edges.ts";
import type { Graph } from "./graph.ts";

/** Harm as a number, 1 (negligible) to 5 (catastrophic), as a word. Null: 0, no harm is reached. */
export const harmOfLevel = (level: number): Harm | null => HARMS[HARMS.length - level] ?? null;

/** The worst harm each element can reach, as a level; 0: none. */
export function worstLevels(graph: Graph): Int32Array {
  const { groupOf, rows } = graph.closure();
  const own = Int32Array.from(graph.clinical.served, (services) =>
    services.reduce((worst, { function: f }) => Math.max(worst, at(graph.clinical.functionLevel, f)), 0),
  );
  const ofGroup = Int32Array.from(rows, (row) => {
    let worst = 0;
    for (const element of bitsOf(row)) worst = Math.max(worst, at(own, element));
    return worst;
  });
  return Int32Array.from(own, (_, element) => at(ofGroup, at(groupOf, element)));
}

/** The functions each group of elements reaches, as sets of bits; made when first asked for. */
export function functionsReached(graph: Graph, element: number): Uint32Array {
  const { groupOf, rows } = graph.closure();
  const group = at(groupOf, element);
  const known = graph.functionRows.get(group);
  if (known !== undefined) return known;
  const functions = new Uint32Array((graph.file.functions.length + 31) >>> 5);
  for (const one of bitsOf(rows[group] ?? functions))
    for (const { function: served } of graph.clinical.served[one] ?? []) setBit(functions, served);
  graph.functionRows.set(group, functions);
  return functions;
}
