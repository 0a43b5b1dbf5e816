import { type Entry, indexOf, linksOf, usesOf } from "../links.ts";
import type { Item, SecurityFile } from "../schema.ts";
import type { Edit, Step } from "./edit.ts";

/** What goes with an item, and who loses a link to it. */
export interface Removal {
  edit: Edit;
  /** Items that cannot stand without it: interfaces and flows of an element. */
  with: Entry[];
  /** Items that named it and no longer do. */
  unlinked: Entry[];
}

/** Links that an item cannot be without: when what they name goes, it goes too. */
const NEEDED: ReadonlySet<string> = new Set(["ports.element", "flows.from", "flows.to"]);

/** Takes items out so that nothing is left that names them. */
export function removal(file: SecurityFile, ids: readonly string[]): Removal {
  const index = indexOf(file);
  const uses = usesOf(file);
  const gone = new Set(ids.filter((id) => index.has(id)));
  const queue = [...gone];
  for (let id = queue.shift(); id !== undefined; id = queue.shift())
    for (const { kind, item, field } of uses.get(id) ?? [])
      if (NEEDED.has(`${kind}.${field}`) && !gone.has(item.id)) {
        gone.add(item.id);
        queue.push(item.id);
      }
  const named = new Map<string, Entry>();
  for (const id of gone)
    for (const { kind, item } of uses.get(id) ?? []) if (!gone.has(item.id)) named.set(item.id, { kind, item });
  const unlinked = [...named.values()].map(({ kind, item }): Entry => ({ kind, item: unlink(kind, item, gone) }));
  const removed = [...gone].flatMap((id) => index.get(id) ?? []);
  return {
    edit: [
      ...unlinked.map(({ kind, item }): Step => ({ do: "put", kind, item })),
      ...removed.map(({ kind, item }): Step => ({ do: "remove", kind, id: item.id })),
    ],
    with: removed.filter(({ item }) => !ids.includes(item.id)),
    unlinked: unlinked.filter(({ kind }) => kind !== "layouts"),
  };
}

function unlink(kind: Entry["kind"], item: Item, gone: ReadonlySet<string>): Item {
  const paths = linksOf(kind, item)
    .filter(({ id }) => gone.has(id))
    .map(({ field }) => field.split("."));
  const copy: Item = structuredClone(item);
  // From the end, so that the places before stay what they were.
  for (const path of paths.reverse()) takeOut(copy, kind === "layouts" ? path.slice(0, -1) : path);
  return copy;
}

/** Takes the value at a path out of its list, or sets the field to null. */
function takeOut(root: object, path: readonly string[]): void {
  let holder: unknown = root;
  for (const step of path.slice(0, -1)) holder = isRecord(holder) ? holder[step] : undefined;
  const last = path.at(-1) ?? "";
  if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else if (isRecord(holder)) holder[last] = null;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
