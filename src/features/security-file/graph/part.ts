import { type DeviceFunction, HARMS } from "../../devices/schema.ts";
import { bitsOf } from "./closure.ts";
import { type ComponentAsked, elementsOfComponent } from "./components.ts";
import { at } from "./edges.ts";
import type { Graph } from "./graph.ts";
import { functionsReached, harmOfLevel } from "./worst.ts";

/** What a part of an SBOM can reach by the security file. */
export interface PartReach {
  /** The elements it is in. */
  elements: string[];
  /** The worst harm: 1 (negligible) to 5 (catastrophic); 0: no harm is stated for what it reaches; -1: it reaches no function. */
  harm: number;
  harmFunction: string | null;
  /** What it reaches, the worst first; those without a stated harm left out. */
  functions: DeviceFunction[];
}

/**
 * By the graph. Null: the file does not say which element the part is in, or says of no function what harm comes of it; a file that
 * is not that far lowers nothing.
 */
export function reachOfPart(graph: Graph, asked: ComponentAsked): PartReach | null {
  const { file, clinical } = graph;
  if (!clinical.served.some((services) => services.some((one) => at(clinical.functionLevel, one.function) > 0)))
    return null;
  const elements = elementsOfComponent(graph.components(), asked);
  if (elements.length === 0) return null;
  const reached = new Set(elements.flatMap((element) => [...bitsOf(functionsReached(graph, element))]));
  const functions = [...reached].flatMap((one): DeviceFunction[] => {
    const { kind, name } = file.functions[one] ?? {};
    const harm = harmOfLevel(at(clinical.functionLevel, one));
    return kind === undefined || name === undefined || harm === null ? [] : [{ kind, name, harm }];
  });
  const sorted = functions.sort(
    (a, b) => HARMS.indexOf(a.harm) - HARMS.indexOf(b.harm) || a.name.localeCompare(b.name, "en"),
  );
  const [worst] = sorted;
  return {
    elements: elements.map((element) => file.elements[element]?.name ?? ""),
    harm: worst === undefined ? (reached.size > 0 ? 0 : -1) : HARMS.length - HARMS.indexOf(worst.harm),
    harmFunction: worst?.name ?? null,
    functions: sorted,
  };
}
