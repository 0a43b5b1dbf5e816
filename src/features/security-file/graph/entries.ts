import type { Port } from "../design/schema.ts";
import { numbersOf } from "./clinical.ts";
import { at } from "./edges.ts";
import type { Graph } from "./graph.ts";
import type { Entry } from "./schema.ts";

/** Where somebody gets in, as numbers of the graph. */
export interface GraphEntry extends Entry {
  element: number;
  /** Of the controls on it that stand. */
  weight: number;
}

/**
 * Interfaces that are exposed, for service or debugging, or take media; people; and external systems, which count as hostile. An
 * interface that is switched off for good, or only sends, lets nobody in; of one nobody knows the state of, the worst is taken.
 */
export function entriesOf({ file, elementOf, barriers }: Graph): GraphEntry[] {
  const weightOf = (ids: readonly string[]) => {
    const numbers = new Set(ids.flatMap((id) => barriers.on.get(id) ?? []));
    return [...numbers].reduce((sum, control) => sum + at(barriers.weight, control), 0);
  };
  const first = numbersOf(file.ports);
  const ports = file.ports.flatMap((port, i): GraphEntry[] => {
    const element = elementOf.get(port.element);
    const kind = kindOf(port);
    if (element === undefined || kind === null || first.get(port.id) !== i) return [];
    const { id, name } = port;
    return [{ kind, id, name, ease: easeOf(port), element, weight: weightOf([id, port.element]) }];
  });
  const outside = file.elements.flatMap(({ kind, id, name }, element): GraphEntry[] => {
    if ((kind !== "user" && kind !== "external-system") || elementOf.get(id) !== element) return [];
    return [{ kind, id, name, ease: kind === "user" ? "medium" : "high", element, weight: 0 }];
  });
  return [...ports, ...outside];
}

function kindOf({ kind, state, direction, exposed }: Port): Entry["kind"] | null {
  if (state === "disabled" || direction === "out") return null;
  if (kind === "service" || kind === "debug") return "service-port";
  if (kind === "removable") return "removable";
  return exposed ? "port" : null;
}

const EASE: Record<Port["kind"], Entry["ease"]> = {
  wired: "high",
  wireless: "high",
  logical: "high",
  user: "medium",
  removable: "medium",
  service: "low",
  debug: "low",
};

const easeOf = ({ kind, state }: Port): Entry["ease"] => (state === "service-only" ? "low" : EASE[kind]);
