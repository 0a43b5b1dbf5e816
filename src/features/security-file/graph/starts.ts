import type { SecurityFile } from "../schema.ts";
import type { Threat } from "../threats/schema.ts";
import { numbersOf, wholesOf } from "./clinical.ts";
import { type ComponentAsked, elementsOfComponent } from "./components.ts";
import { updatedBy } from "./edges.ts";
import type { Graph } from "./graph.ts";
import type { StepBy, StepKind } from "./schema.ts";

/** Where a way begins: an element, and what led to it. */
export interface Start {
  element: number;
  lead: Lead | null;
}

export interface Lead {
  kind: StepKind;
  id: string;
  name: string;
  how: StepBy;
  /** Whose controls stand between it and the element. */
  crosses: readonly (string | null)[];
}

/** What whoever strikes an item gets a hold on, by the item's id. */
export type Starts = ReadonlyMap<string, readonly Start[]>;

/**
 * Striking an element, an interface or a zone holds the elements; a flow, both ends it can speak to; an asset, what keeps or carries
 * it; a credential, the ends of the flows it opens; an update path, what it updates.
 */
export function startsIn({ file, elementOf, parents }: Graph): Starts {
  const starts = new Map<string, Start[]>();
  const add = (id: string, element: number | undefined, lead: Lead | null) => {
    if (element === undefined) return;
    const known = starts.get(id);
    if (known === undefined) starts.set(id, [{ element, lead }]);
    else if (!known.some((one) => one.element === element)) known.push({ element, lead });
  };
  const named = leadsOf(file);
  const zones = numbersOf(file.zones);
  for (const [i, { id, assets }] of file.elements.entries()) {
    if (elementOf.get(id) === i) add(id, i, null);
    for (const asset of assets) add(asset, i, named("asset", asset));
    for (const around of zonesAround(file, zones, wholesOf(parents, i))) add(around, i, named("zone", around));
  }
  for (const { id, element } of file.ports) add(id, elementOf.get(element), named("port", id));
  for (const { id, from, to, bothWays, assets, path } of file.flows) {
    const ends = bothWays ? [to, from] : [to];
    for (const end of ends) {
      add(id, elementOf.get(end), named("flow", id));
      for (const asset of assets) add(asset, elementOf.get(end), named("asset", asset));
      for (const credential of path.credentials) add(credential, elementOf.get(end), named("credential", credential));
    }
  }
  for (const path of file.updatePaths)
    for (const id of updatedBy(path, file.elements)) add(path.id, elementOf.get(id), named("update", path.id));
  return starts;
}

const LED_BY = {
  asset: "assets",
  zone: "zones",
  port: "ports",
  flow: "flows",
  credential: "credentials",
  update: "updatePaths",
} as const;

function leadsOf(file: SecurityFile) {
  const names = new Map<string, Lead>();
  for (const [kind, list] of Object.entries(LED_BY) as [keyof typeof LED_BY, (typeof LED_BY)[keyof typeof LED_BY]][])
    for (const { id, name } of file[list]) {
      const how = kind === "flow" || kind === "update" ? kind : "is-in";
      names.set(`${kind} ${id}`, { kind, id, name, how, crosses: [id] });
    }
  return (kind: keyof typeof LED_BY, id: string) => names.get(`${kind} ${id}`) ?? null;
}

/** The zone of an element, or of what it is a part of, and the zones around that. */
function zonesAround(file: SecurityFile, numbers: ReadonlyMap<string, number>, wholes: readonly number[]): string[] {
  const zone = wholes.map((whole) => file.elements[whole]?.zone ?? null).find((one) => one !== null) ?? null;
  const chain: string[] = [];
  for (let next = zone; next !== null && !chain.includes(next) && chain.length < MAX_NESTED; ) {
    chain.push(next);
    next = file.zones[numbers.get(next) ?? -1]?.parent ?? null;
  }
  return chain;
}

const MAX_NESTED = 50;

/** Where the ways of an item begin: none when it is not in the file, or holds nothing. */
export const startsOf = (graph: Graph, id: string): readonly Start[] => graph.starts().get(id) ?? [];

/** Where the ways of a threat begin: at all it strikes. */
export function startsOfThreat(graph: Graph, { targets }: Pick<Threat, "targets">): Start[] {
  const starts = new Map<number, Start>();
  for (const id of targets)
    for (const start of startsOf(graph, id)) if (!starts.has(start.element)) starts.set(start.element, start);
  return [...starts.values()];
}

/** Where the ways of a component begin: at each element made of it. */
export function startsOfComponent(graph: Graph, asked: ComponentAsked): Start[] {
  const { name, version } = asked;
  const lead: Lead = {
    kind: "component",
    id: asked.purl ?? name,
    name: version === null ? name : `${name} ${version}`,
    how: "is-in",
    crosses: [],
  };
  return elementsOfComponent(graph.components(), asked).map((element) => ({ element, lead }));
}
