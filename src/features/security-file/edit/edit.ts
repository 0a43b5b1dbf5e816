import type { Item, ItemKind, SecurityFile } from "../schema.ts";

/** One thing done to a file by hand: an item as it is from now on, or one taken out. */
export type Step = { do: "put"; kind: ItemKind; item: Item } | { do: "remove"; kind: ItemKind; id: string };

/** What a person does at once, and takes back at once. */
export type Edit = readonly Step[];

export const put = <K extends ItemKind>(kind: K, item: Item<K>): Step => ({ do: "put", kind, item });

/** The file afterwards, and the edit that undoes it. An item that was there keeps its place in its list. */
export function applyEdit(file: SecurityFile, edit: Edit): { file: SecurityFile; inverse: Edit } {
  const lists = new Map<ItemKind, Item[]>();
  const inverse: Step[] = [];
  for (const step of edit) {
    const list = lists.get(step.kind) ?? [...file[step.kind]];
    lists.set(step.kind, list);
    const id = step.do === "put" ? step.item.id : step.id;
    const at = list.findIndex((item) => item.id === id);
    const before = list[at];
    inverse.unshift(
      before === undefined ? { do: "remove", kind: step.kind, id } : { do: "put", kind: step.kind, item: before },
    );
    if (step.do === "put") list.splice(at < 0 ? list.length : at, at < 0 ? 0 : 1, step.item);
    else if (at >= 0) list.splice(at, 1);
  }
  return { file: { ...file, ...Object.fromEntries(lists) }, inverse };
}
