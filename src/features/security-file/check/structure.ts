import { entriesOf, indexOf, linksOf } from "../links.ts";
import type { ItemKind, Problem, SecurityFile } from "../schema.ts";

const WORD: Record<ItemKind, string> = {
  zones: "zone",
  elements: "element",
  ports: "interface",
  assets: "asset",
  credentials: "credential",
  flows: "flow",
  updatePaths: "update path",
  states: "state",
  useCases: "use case",
  assumptions: "assumption",
  functions: "function",
  hazards: "hazard",
  situations: "hazardous situation",
  harms: "harm",
  threats: "threat",
  risks: "risk",
  requirements: "requirement",
  controls: "control",
  tests: "test",
  evidence: "evidence",
  labels: "labeling",
  layouts: "layout",
};

/** "flow", "hazardous situation": what an item of a kind is called. */
export const wordFor = (kind: ItemKind): string => WORD[kind];

/** What breaks a file: an id that stands twice, a link into nothing or to the wrong kind, a thing inside itself. */
export function checkStructure(file: SecurityFile): Problem[] {
  return [...duplicates(file), ...links(file), ...loops(file, "zones"), ...loops(file, "elements"), ...ends(file)];
}

function* duplicates(file: SecurityFile): Generator<Problem> {
  const seen = new Map<string, ItemKind>();
  for (const { kind, item } of entriesOf(file)) {
    const before = seen.get(item.id);
    if (before === undefined) seen.set(item.id, kind);
    else
      yield {
        rule: "duplicate-id",
        severity: "error",
        at: { kind, id: item.id, name: item.name },
        field: "id",
        message: `The id “${item.id}” stands twice: this ${WORD[kind]} and ${before === kind ? "another" : `a ${WORD[before]}`}`,
        fix: "Ids are unique in the whole file, over all kinds: give one of them another",
      };
  }
}

function* links(file: SecurityFile): Generator<Problem> {
  const index = indexOf(file);
  for (const { kind, item } of entriesOf(file))
    for (const { field, id, to } of linksOf(kind, item)) {
      const target = index.get(id);
      if (target !== undefined && to.includes(target.kind)) continue;
      const wanted = to.length > 3 ? "an item of the file" : to.map((one) => WORD[one]).join(" or ");
      yield {
        rule: target === undefined ? "dangling-link" : "wrong-link",
        severity: "error",
        at: { kind, id: item.id, name: item.name },
        field,
        message:
          target === undefined
            ? `“${item.name}” names “${id}”, which is not in the file`
            : `“${item.name}” names “${id}”, a ${WORD[target.kind]}, where ${wanted} is meant`,
        fix: target === undefined ? `Add ${wanted} “${id}”, or take the link out` : `Name ${wanted}`,
      };
    }
}

function* loops(file: SecurityFile, kind: "zones" | "elements"): Generator<Problem> {
  const items: readonly { id: string; name: string; parent: string | null }[] = file[kind];
  const parents = new Map(items.map(({ id, parent }) => [id, parent]));
  const settled = new Set<string>();
  for (const { id, name } of items) {
    const path = new Set<string>();
    let at: string | null = id;
    while (at !== null && !settled.has(at) && !path.has(at)) {
      path.add(at);
      at = parents.get(at) ?? null;
    }
    if (at !== null && path.has(at))
      yield {
        rule: "cycle",
        severity: "error",
        at: { kind, id, name },
        field: "parent",
        message: `“${name}” is inside itself: ${[...path].slice(0, 5).join(" in ")} in ${at}`,
        fix: "Take out one of these parents",
      };
    for (const one of path) settled.add(one);
  }
}

/** An interface named by a flow belongs to the element at that end. */
function* ends(file: SecurityFile): Generator<Problem> {
  const elements = new Map(file.ports.map(({ id, element }) => [id, element]));
  for (const flow of file.flows)
    for (const [field, end] of [
      ["fromPort", "from"],
      ["toPort", "to"],
    ] as const) {
      const port = flow[field];
      const element = port === null ? undefined : elements.get(port);
      if (port === null || element === undefined || element === flow[end]) continue;
      yield {
        rule: "foreign-interface",
        severity: "error",
        at: { kind: "flows", id: flow.id, name: flow.name },
        field,
        message: `“${flow.name}” uses interface “${port}” of “${element}”, but its end is “${flow[end]}”`,
        fix: `Name an interface of “${flow[end]}”`,
      };
    }
}
