import { type Entry, indexOf } from "../links.ts";
import type { Item, ItemKind, SecurityFile } from "../schema.ts";

/** A file with its links turned into look-ups, made once and asked often. */
export interface Model {
  file: SecurityFile;
  /** The first item of that id. */
  entry: (id: string) => Entry | undefined;
  nameOf: (id: string) => string;
  element: (id: string | null) => Item<"elements"> | undefined;
  zone: (id: string | null) => Item<"zones"> | undefined;
  asset: (id: string) => Item<"assets"> | undefined;
  port: (id: string | null) => Item<"ports"> | undefined;
  credential: (id: string) => Item<"credentials"> | undefined;
  flowsInto: (elementId: string) => readonly Item<"flows">[];
  flowsOutOf: (elementId: string) => readonly Item<"flows">[];
  portsOf: (elementId: string) => readonly Item<"ports">[];
  /** Functions that an element, or a part of it, does. */
  functionsOf: (elementId: string) => readonly Item<"functions">[];
}

/** Makes the look-ups of a file. A link into nothing finds nothing: the structure check names it. */
export function lookUp(file: SecurityFile): Model {
  const all = indexOf(file);
  const of = <K extends ItemKind>(kind: K) => {
    const items = new Map(file[kind].map((item) => [item.id, item]));
    return (id: string | null) => (id === null ? undefined : (items.get(id) as Item<K> | undefined));
  };
  const flows = file.flows.flatMap((flow) => [
    { flow, from: flow.from, to: flow.to },
    ...(flow.bothWays ? [{ flow, from: flow.to, to: flow.from }] : []),
  ]);
  const into = groupOf(flows, ({ to, flow }) => [to, flow]);
  const outOf = groupOf(flows, ({ from, flow }) => [from, flow]);
  const ports = groupOf(file.ports, (port) => [port.element, port]);
  const parts = groupOf(file.elements, (element) => [element.parent ?? "", element.id]);
  const functions = groupOf(
    file.functions.flatMap((one) => one.elements.map((element) => ({ one, element }))),
    ({ element, one }) => [element, one],
  );
  const functionsOf = (id: string): Item<"functions">[] => [
    ...new Set(withParts(id, parts).flatMap((part) => functions.get(part) ?? [])),
  ];
  return {
    file,
    entry: (id) => all.get(id),
    nameOf: (id) => all.get(id)?.item.name ?? id,
    element: of("elements"),
    zone: of("zones"),
    asset: of("assets"),
    port: of("ports"),
    credential: of("credentials"),
    flowsInto: (id) => into.get(id) ?? [],
    flowsOutOf: (id) => outOf.get(id) ?? [],
    portsOf: (id) => ports.get(id) ?? [],
    functionsOf,
  };
}

/** An element and everything that is a part of it, once each, also where parents go round in a circle. */
function withParts(id: string, parts: ReadonlyMap<string, readonly string[]>): string[] {
  const seen = new Set([id]);
  for (const one of seen) for (const part of parts.get(one) ?? []) seen.add(part);
  return [...seen];
}

function groupOf<T, V>(items: readonly T[], entry: (item: T) => [string, V]): Map<string, V[]> {
  const groups = new Map<string, V[]>();
  for (const item of items) {
    const [key, value] = entry(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
