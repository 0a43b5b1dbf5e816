import type { Model } from "../model/look-up.ts";
import type { Item } from "../schema.ts";

const NOBODY = /^(none|no|not authenticated|anonymous)\b/i;

/** Whether a path says of nobody who sends: the field is empty, or begins with "none". */
export const isAnonymous = ({ path }: Item<"flows">) => path.authentication === "" || NOBODY.test(path.authentication);

/** The zone of an element or of what it is a part of, by name. */
export function zoneName(elementId: string, model: Model): string {
  return zoneOf(elementId, model)?.name ?? "no zone";
}

/** The zone an element stands in: its own, else that of what it is a part of. */
export function zoneOf(elementId: string, model: Model): Item<"zones"> | undefined {
  const seen = new Set<string>();
  for (let id: string | null = elementId; id !== null && !seen.has(id); ) {
    seen.add(id);
    const element: Item<"elements"> | undefined = model.element(id);
    if (element?.zone != null) return model.zone(element.zone);
    id = element?.parent ?? null;
  }
  return undefined;
}

/** Whether what stands at the first end is trusted less than the second; a zone without a rating counts as a hostile one. */
export function isLessTrusted(fromId: string, to: Item<"elements">, model: Model): boolean {
  const from = zoneOf(fromId, model);
  const at = zoneOf(to.id, model);
  if (from !== undefined && from === at) return false;
  return (from?.trust ?? 0) < (at?.trust ?? 0) || (from?.trust == null && at?.trust == null);
}

/** Functions of these kinds that an element does. */
export const functionsByKind = (elementId: string, kinds: readonly string[], model: Model) =>
  model.functionsOf(elementId).filter(({ kind }) => kinds.includes(kind));
