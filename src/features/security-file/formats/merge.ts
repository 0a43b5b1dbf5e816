import type * as z from "zod";
import { changedFields } from "../diff/compare-items.ts";
import { ITEMS, type Item, ItemKind, SecurityFile } from "../schema.ts";
import { newIds } from "./reading/new-ids.ts";
import { relink } from "./relink.ts";

export interface Merged {
  file: SecurityFile;
  added: number;
  changed: number;
  /** Items of the file before that the model does not have, or has the same. */
  kept: number;
}

/**
 * A model brought into a file that is there: an item that both have (the same kind, and the same id here or at the source) keeps its id
 * and takes what the model says; what the model leaves open stays as it was; what only one of them has, stays. Nothing is taken out.
 */
export function mergeModel(here: SecurityFile, model: SecurityFile): Merged {
  const ids = idsHere(here, model);
  const counts = { added: 0, changed: 0, kept: 0 };
  const lists = ItemKind.options.map((kind) => {
    const incoming = model[kind].map(
      (item: Item) =>
        ({ ...relink(kind, item as never, (id) => ids.get(id) ?? id), id: ids.get(item.id) ?? item.id }) as Item,
    );
    const byId = new Map(incoming.map((item) => [item.id, item]));
    const items = here[kind].map((item: Item) => {
      const said = byId.get(item.id);
      byId.delete(item.id);
      const merged = said === undefined ? item : { ...item, ...whatIsSaid(kind, said) };
      if (changedFields(item, merged).length === 0) counts.kept++;
      else counts.changed++;
      return merged;
    });
    counts.added += byId.size;
    return [kind, [...items, ...byId.values()]];
  });
  const head = {
    ...here.head,
    ...Object.fromEntries(Object.entries(model.head).filter(([, value]) => !isEmpty(value))),
  };
  return { file: SecurityFile.parse({ cordon: here.cordon, head, ...Object.fromEntries(lists) }), ...counts };
}

/** The id here of each item of the model: that of the item it is, or one that nobody has. */
function idsHere(here: SecurityFile, model: SecurityFile): ReadonlyMap<string, string> {
  const newId = newIds();
  const known = new Map<string, string>();
  for (const kind of ItemKind.options)
    for (const item of here[kind] as Item[]) {
      newId(item.id, kind);
      known.set(`${kind}\n${item.id}`, item.id);
    }
  for (const kind of ItemKind.options)
    for (const { id, sourceId } of here[kind] as Item[])
      if (sourceId !== undefined && !known.has(`${kind}\n${sourceId}`)) known.set(`${kind}\n${sourceId}`, id);
  const ids = new Map<string, string>();
  for (const kind of ItemKind.options)
    for (const { id, sourceId } of model[kind] as Item[])
      ids.set(id, known.get(`${kind}\n${sourceId ?? id}`) ?? known.get(`${kind}\n${id}`) ?? newId(id, kind));
  return ids;
}

/** The fields of an item that differ from their defaults, without its id. */
function whatIsSaid(kind: ItemKind, item: Item): Partial<Item> {
  const shape = ITEMS[kind].shape as Record<string, z.ZodType>;
  const said = Object.entries(item).filter(([key, value]) => {
    const usual = shape[key]?.safeParse(undefined);
    return (
      key !== "id" &&
      key !== "sourceId" &&
      !(usual?.success && changedFields({ key: usual.data }, { key: value }).length === 0)
    );
  });
  return Object.fromEntries(said);
}

const isEmpty = (value: unknown) => value === null || value === "" || (Array.isArray(value) && value.length === 0);
