import type { Model } from "../model/look-up.ts";
import { listWords } from "../model/words.ts";
import type { Item } from "../schema.ts";
import type { TargetKind } from "./schema.ts";

/** Names that a rule's texts may leave to be filled in, by what it looks at. */
export const PLACES: Readonly<Record<TargetKind, readonly string[]>> = {
  elements: ["name", "functions"],
  flows: ["name", "from", "to", "functions"],
  ports: ["name", "element", "functions"],
  credentials: ["name"],
  updatePaths: ["name", "functions"],
};

/** The names between braces in a text. */
export const placesIn = (text: string): string[] => [...text.matchAll(/\{([a-z]*)\}/g)].map(([, name = ""]) => name);

/** Fills the names in. */
export const fillIn = (text: string, names: Readonly<Record<string, string>>): string =>
  text.replace(/\{([a-z]+)\}/g, (whole, place: string) => (Object.hasOwn(names, place) ? (names[place] ?? "") : whole));

const NO_FUNCTION = "the device";

/** What stands for each place of one item. */
export function namesFor(kind: TargetKind, item: Item<TargetKind>, model: Model): Record<string, string> {
  const doers = elementsOf(kind, item);
  const functions = [...new Set(doers.flatMap((id) => model.functionsOf(id).map(({ name }) => name)))];
  return {
    name: item.name,
    from: "from" in item ? model.nameOf(item.from) : "",
    to: "to" in item ? model.nameOf(item.to) : "",
    element: "element" in item ? model.nameOf(item.element) : "",
    functions: functions.length === 0 ? NO_FUNCTION : listWords(functions),
  };
}

/** The elements whose functions an item can get at directly: of a flow, the receiving end first. */
export function elementsOf(kind: TargetKind, item: Item<TargetKind>): string[] {
  if (kind === "elements") return [item.id];
  if ("to" in item) return item.bothWays ? [item.to, item.from] : [item.to];
  if ("element" in item) return [item.element];
  return "updates" in item ? item.updates : [];
}
