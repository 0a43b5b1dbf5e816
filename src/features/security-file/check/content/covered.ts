import type { Model } from "../../model/look-up.ts";

/** Ids under which an element is struck or protected: its own, its interfaces', its flows', its update paths'. */
export function idsAround(elementId: string, model: Model): string[] {
  return [
    elementId,
    ...model.portsOf(elementId).map(({ id }) => id),
    ...model.flowsInto(elementId).map(({ id }) => id),
    ...model.flowsOutOf(elementId).map(({ id }) => id),
    ...model.file.updatePaths.filter(({ updates }) => updates.includes(elementId)).map(({ id }) => id),
  ];
}
