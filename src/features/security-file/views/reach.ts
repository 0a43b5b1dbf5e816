import type { Element } from "../design/schema.ts";
import type { SecurityFile } from "../schema.ts";
import { byId } from "./boxes.ts";

/** What one compromised element can get at: the elements its flows lead to, in the order they are reached, and the flows taken. */
export interface Reach {
  origin: Element;
  elements: string[];
  flows: Set<string>;
  /** Patients that what is reached acts on at the same time. */
  patients: number;
  /** Instances of elements with patients. */
  devices: number;
}

/** Follows flows from `origin` in their direction, and back where they go both ways. */
export function reachFrom(file: SecurityFile, origin: Element): Reach {
  const elements = byId(file.elements);
  const next = nextOf(file);
  const seen = new Set([origin.id]);
  const queue = [origin.id];
  const flows = new Set<string>();
  for (let at = queue.shift(); at !== undefined; at = queue.shift())
    for (const { to, flow } of next.get(at) ?? []) {
      if (!elements.has(to)) continue;
      flows.add(flow);
      if (!seen.has(to)) {
        seen.add(to);
        queue.push(to);
      }
    }
  const treating = [...seen].flatMap((id) => elements.get(id) ?? []).filter(({ patientsEach }) => patientsEach > 0);
  return {
    origin,
    elements: [...seen],
    flows,
    patients: treating.reduce((sum, { instances, patientsEach }) => sum + instances * patientsEach, 0),
    devices: treating.reduce((sum, { instances }) => sum + instances, 0),
  };
}

function nextOf(file: SecurityFile): Map<string, { to: string; flow: string }[]> {
  const next = new Map<string, { to: string; flow: string }[]>();
  const add = (from: string, to: string, flow: string) => {
    const list = next.get(from);
    if (list === undefined) next.set(from, [{ to, flow }]);
    else list.push({ to, flow });
  };
  for (const { id, from, to, bothWays } of file.flows) {
    add(from, to, id);
    if (bothWays) add(to, from, id);
  }
  return next;
}
