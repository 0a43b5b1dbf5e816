import type { UseCase } from "../design/schema.ts";
import type { SecurityFile } from "../schema.ts";
import { boxOf, byId, framesOf, lineOf, zoneIds } from "./boxes.ts";
import type { Picture } from "./picture.ts";
import { VIEW_WORD } from "./words.ts";

/** One security use case: who takes part, and the flows in the order they happen (App. 2, security use case views). */
export function useCaseView(file: SecurityFile, of?: string): Picture {
  const useCase = file.useCases.find(({ id }) => id === of) ?? file.useCases[0];
  if (useCase === undefined)
    return { view: "use-cases", title: VIEW_WORD["use-cases"], zones: [], boxes: [], lines: [], notes: [] };
  const zones = zoneIds(file);
  const flows = byId(file.flows);
  const order = new Map<string, number[]>();
  for (const [index, id] of useCase.flows.entries()) order.set(id, [...(order.get(id) ?? []), index + 1]);
  const taken = [...order.keys()].flatMap((id) => flows.get(id) ?? []);
  const ends = new Set(taken.flatMap(({ from, to }) => [from, to]));
  const boxes = byId(file.elements.filter(({ id }) => ends.has(id)).map((element) => boxOf(element, zones)));
  return {
    view: "use-cases",
    title: useCase.name,
    zones: framesOf(file, [...boxes.values()]),
    boxes: [...boxes.values()],
    lines: taken.flatMap((flow) => lineOf(flow, boxes, { number: (order.get(flow.id) ?? []).join(", ") }) ?? []),
    notes: [statesOf(file, useCase)],
  };
}

/** In which states of the device and of care it happens. */
export function statesOf(file: SecurityFile, useCase: UseCase): string {
  const named = (ids: readonly string[]) =>
    ids.map((id) => file.states.find((state) => state.id === id)?.name ?? id).join(", ");
  const operational = named(useCase.operationalStates);
  const clinical = named(useCase.clinicalStates);
  return `State of the device: ${operational === "" ? "not stated" : operational}. State of care: ${clinical === "" ? "not stated" : clinical}.`;
}
