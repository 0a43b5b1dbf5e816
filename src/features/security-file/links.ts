import type { Item, ItemKind, SecurityFile } from "./schema.ts";
import { ITEMS } from "./schema.ts";

/** A field that names other items: its path (`*` is each of a list), and the kinds it may name. */
export interface LinkField {
  field: string;
  to: readonly ItemKind[];
}

const DESIGN = ["zones", "elements", "ports", "assets", "credentials", "flows", "updatePaths"] as const;
const WORKED_ON = ["elements", "flows", "ports", "credentials", "updatePaths", "assets"] as const;
const ANY = Object.keys(ITEMS) as ItemKind[];

const field = (name: string, ...to: ItemKind[]): LinkField => ({ field: name, to });

/** Every link of the model, once: what the checks, the graph, the cards and the canvas know about links they know from here. */
export const LINKS: { readonly [K in ItemKind]: readonly LinkField[] } = {
  zones: [field("parent", "zones")],
  elements: [field("zone", "zones"), field("parent", "elements"), field("assets.*", "assets")],
  ports: [field("element", "elements")],
  assets: [],
  credentials: [],
  flows: [
    field("from", "elements"),
    field("to", "elements"),
    field("fromPort", "ports"),
    field("toPort", "ports"),
    field("assets.*", "assets"),
    field("path.credentials.*", "credentials"),
    field("path.expertAnalysis", "evidence"),
    field("path.evidence.*", "evidence"),
  ],
  updatePaths: [field("updates.*", "elements", "assets"), field("steps.*.element", "elements")],
  states: [],
  useCases: [
    field("operationalStates.*", "states"),
    field("clinicalStates.*", "states"),
    field("flows.*", "flows"),
    field("controls.*", "controls"),
  ],
  assumptions: [field("about.*", ...ANY)],
  functions: [field("elements.*", "elements")],
  hazards: [field("functions.*", "functions")],
  situations: [
    field("hazards.*", "hazards"),
    field("harms.*", "harms"),
    field("clinicalStates.*", "states"),
    field("causedBy.*", "controls"),
  ],
  harms: [],
  threats: [
    field("targets.*", ...DESIGN),
    field("hazards.*", "hazards"),
    field("mitigations.*.control", "controls"),
    field("causedBy.*", "controls"),
  ],
  risks: [
    field("threats.*", "threats"),
    field("situations.*", "situations"),
    field("transfer.label", "labels"),
    field("requirements.*", "requirements"),
  ],
  requirements: [],
  controls: [
    field("requirements.*", "requirements"),
    field("elements.*", ...WORKED_ON),
    field("treatedIn.*", "situations", "threats"),
  ],
  tests: [
    field("verifies.*", "controls", "requirements", "threats", "ports", "flows", "updatePaths"),
    field("results.*.evidence.*", "evidence"),
  ],
  evidence: [field("proves.*", "controls", "tests")],
  labels: [field("about.*", ...ANY)],
  layouts: [field("places.*.of", "zones", "elements", "ports", "functions", "hazards", "harms")],
};

export interface Link {
  /** Where it stands: "targets.2". */
  field: string;
  /** What it names. */
  id: string;
  to: readonly ItemKind[];
}

/** The links of one item. */
export function linksOf<K extends ItemKind>(kind: K, item: Item<K>): Link[] {
  return LINKS[kind].flatMap(({ field, to }) => valuesAt(item, field.split("."), "").map((one) => ({ ...one, to })));
}

function valuesAt(value: unknown, [step, ...rest]: readonly string[], at: string): { field: string; id: string }[] {
  if (value === null || value === undefined) return [];
  if (step === undefined) return typeof value === "string" ? [{ field: at, id: value }] : [];
  const under = (key: string) => (at === "" ? key : `${at}.${key}`);
  if (step === "*") return Array.isArray(value) ? value.flatMap((one, i) => valuesAt(one, rest, under(String(i)))) : [];
  return valuesAt((value as Record<string, unknown>)[step], rest, under(step));
}

/** An item and its kind, whatever it is. */
export interface Entry<K extends ItemKind = ItemKind> {
  kind: K;
  item: Item<K>;
}

/** Every item of a file, in the file's order. */
export function* entriesOf(file: SecurityFile): Generator<Entry> {
  for (const kind of ANY) for (const item of file[kind]) yield { kind, item };
}

/** Items by id. Of a duplicate the first is kept. */
export function indexOf(file: SecurityFile): ReadonlyMap<string, Entry> {
  const index = new Map<string, Entry>();
  for (const entry of entriesOf(file)) if (!index.has(entry.item.id)) index.set(entry.item.id, entry);
  return index;
}

/** Who names an item: by the id that is named. @public */
export function usesOf(file: SecurityFile): ReadonlyMap<string, readonly (Entry & { field: string })[]> {
  const uses = new Map<string, (Entry & { field: string })[]>();
  for (const entry of entriesOf(file))
    for (const { id, field } of linksOf(entry.kind, entry.item)) {
      const known = uses.get(id);
      if (known === undefined) uses.set(id, [{ ...entry, field }]);
      else known.push({ ...entry, field });
    }
  return uses;
}
