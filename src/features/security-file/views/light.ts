import type { Element } from "./../design/schema.ts";
import { askedByRef } from "../graph/components.ts";
import { buildGraph } from "../graph/graph.ts";
import { harmPaths } from "../graph/harm-paths.ts";
import { startsOfComponent, startsOfThreat } from "../graph/starts.ts";
import { indexOf } from "../links.ts";
import type { SecurityFile } from "../schema.ts";

/** What is lit on a picture: ids of elements, flows, interfaces and zones. */
export interface Light {
  ids: ReadonlySet<string>;
  /** "Overinfusion": what it was asked for. */
  name: string;
}

/**
 * Where something of the file stands on its pictures: itself, or what it works on, strikes, or is made of. A threat and a risk light
 * their whole way to the functions they can reach. `what`: an id of the file, or a part of the SBOM (a package URL or a name). Null
 * where nothing of the design has to do with it.
 */
export function lightOf(file: SecurityFile, what: string): Light | null {
  const entry = indexOf(file).get(what);
  const targets = new Set(entry === undefined ? [] : struck(file, what, new Set()));
  const goesOn = entry === undefined || entry.kind === "threats" || entry.kind === "risks";
  const ids = withEnds(file, goesOn ? targets.union(waysOf(file, what, entry === undefined)) : targets);
  if (ids.size === 0) return null;
  return { ids, name: entry?.item.name ?? what };
}

/** Elements, flows, interfaces and zones that an item is about, through what it names. */
function struck(file: SecurityFile, id: string, seen: Set<string>): string[] {
  if (seen.has(id)) return [];
  seen.add(id);
  const entry = indexOf(file).get(id);
  if (entry === undefined) return [];
  const through = (ids: readonly string[]) => ids.flatMap((each) => struck(file, each, seen));
  const { kind, item } = entry;
  const naming = (name: "assets" | "components", of: string): Element[] =>
    file.elements.filter((element) => element[name].includes(of));
  switch (kind) {
    case "zones":
    case "elements":
    case "ports":
    case "flows":
      return [item.id];
    case "assets":
      return [
        ...naming("assets", item.id).map((element) => element.id),
        ...file.flows.filter(({ assets }) => assets.includes(item.id)).map((flow) => flow.id),
      ];
    case "credentials":
      return file.flows.filter(({ path }) => path.credentials.includes(item.id)).map((flow) => flow.id);
    default: {
      const links: Partial<Record<string, readonly string[]>> = { ...item } as never;
      const named = [
        "targets",
        "threats",
        "elements",
        "functions",
        "hazards",
        "verifies",
        "proves",
        "about",
        "updates",
        "flows",
      ]
        .flatMap((name) => (Array.isArray(links[name]) ? (links[name] ?? []) : []))
        .filter((each) => typeof each === "string");
      return through(named);
    }
  }
}

/** With both ends of every flow, and the element of every interface. */
function withEnds(file: SecurityFile, targets: ReadonlySet<string>): Set<string> {
  const ids = new Set(targets);
  for (const { id, from, to } of file.flows) if (targets.has(id)) ids.add(from).add(to);
  for (const { id, element } of file.ports) if (targets.has(id)) ids.add(element);
  return ids;
}

/** What the worst way to a harm goes through, for each beginning: the way that the tables of risks and findings tell. */
function waysOf(file: SecurityFile, what: string, isPart: boolean): Set<string> {
  const graph = buildGraph(file);
  const risk = file.risks.find(({ id }) => id === what);
  const named = risk?.threats ?? [what];
  const situations = risk === undefined || risk.situations.length === 0 ? null : new Set(risk.situations);
  const struckBy = file.threats.filter(({ id }) => named.includes(id));
  const begins = isPart
    ? [{ starts: startsOfComponent(graph, askedByRef(what)), hazards: null }]
    : struckBy.map((threat) => ({
        starts: startsOfThreat(graph, threat),
        hazards: threat.hazards.length === 0 ? null : new Set(threat.hazards),
      }));
  const ids = begins.flatMap(({ starts, hazards }) => [
    ...starts.flatMap(({ element }) => file.elements[element]?.id ?? []),
    ...(harmPaths(graph, starts, 1, { hazards, situations })[0]?.steps ?? []).flatMap(({ id, by }) =>
      by?.id == null ? [id] : [id, by.id],
    ),
  ]);
  return new Set(ids);
}
