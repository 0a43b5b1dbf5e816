import type { SecurityFile } from "../schema.ts";
import { at } from "./edges.ts";
import { struckBy } from "./exposure.ts";
import type { Graph } from "./graph.ts";

/** One thing of the harm map: elements, functions, hazards and harms stand in columns 0 to 3. */
export interface MapNode {
  column: number;
  id: string;
  name: string;
  /** Worst harm that comes of it, as a level; 0: none. */
  level: number;
  /** Patients that are exposed through it at worst. */
  patients: number;
}

export interface MapLink {
  from: string;
  to: string;
  /** Thickness: patients exposed. */
  patients: number;
}

/** From elements over functions and hazards to harms, the worst first in each column; at most `most` of each. */
export function harmMap(graph: Graph, most = 40): { nodes: MapNode[]; links: MapLink[] } {
  const { file, clinical } = graph;
  const exposed = file.elements.map((_, i) => struckBy(graph, [i]).reduce((sum, { patients }) => sum + patients, 0));
  const ofFunction = new Map<number, number>();
  const links: MapLink[] = [];
  for (const [i, services] of clinical.served.entries())
    for (const { function: one, element } of services) {
      if (element !== i) continue;
      ofFunction.set(one, Math.max(ofFunction.get(one) ?? 0, at(exposed, i)));
      links.push({ from: idOf(file, "elements", i), to: idOf(file, "functions", one), patients: at(exposed, i) });
    }
  const ofHazard = new Map<number, number>();
  for (const [one, hazards] of clinical.hazardsOf.entries())
    for (const hazard of hazards) {
      const patients = ofFunction.get(one) ?? 0;
      ofHazard.set(hazard, Math.max(ofHazard.get(hazard) ?? 0, patients));
      links.push({ from: idOf(file, "functions", one), to: idOf(file, "hazards", hazard), patients });
    }
  const ofHarm = new Map<number, number>();
  for (const [hazard, situations] of clinical.situationsOf.entries())
    for (const harm of new Set(situations.flatMap((one) => clinical.harmsOf[one] ?? []))) {
      const patients = ofHazard.get(hazard) ?? 0;
      ofHarm.set(harm, Math.max(ofHarm.get(harm) ?? 0, patients));
      links.push({ from: idOf(file, "hazards", hazard), to: idOf(file, "harms", harm), patients });
    }
  const levelOfElement = (i: number) =>
    (clinical.served[i] ?? []).reduce((worst, one) => Math.max(worst, at(clinical.functionLevel, one.function)), 0);
  const column = (kind: Listed, number: number, level: (i: number) => number, patients: (i: number) => number) =>
    file[kind]
      .map(({ id, name }, i): MapNode => ({ column: number, id, name, level: level(i), patients: patients(i) }))
      .filter(({ id }) => links.some((link) => link.from === id || link.to === id))
      .sort((a, b) => b.level - a.level || b.patients - a.patients)
      .slice(0, most);
  const nodes = [
    ...column("elements", 0, levelOfElement, (i) => at(exposed, i)),
    ...column(
      "functions",
      1,
      (i) => at(clinical.functionLevel, i),
      (i) => ofFunction.get(i) ?? 0,
    ),
    ...column(
      "hazards",
      2,
      (i) => at(clinical.hazardLevel, i),
      (i) => ofHazard.get(i) ?? 0,
    ),
    ...column(
      "harms",
      3,
      (i) => at(clinical.harmLevel, i),
      (i) => ofHarm.get(i) ?? 0,
    ),
  ];
  const shown = new Set(nodes.map(({ id }) => id));
  return { nodes, links: links.filter(({ from, to }) => shown.has(from) && shown.has(to)) };
}

type Listed = "elements" | "functions" | "hazards" | "harms";

const idOf = (file: SecurityFile, kind: Listed, i: number): string => file[kind][i]?.id ?? "";
