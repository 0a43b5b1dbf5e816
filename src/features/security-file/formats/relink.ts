import type * as z from "zod";
import { ItemId } from "../item/schema.ts";
import { ITEMS, type Item, type ItemKind } from "../schema.ts";

/** Stands for what cannot be without the link that went. */
const GONE = Symbol("gone");

/** What a link becomes; `field` as the list of links writes it: "targets.*". */
type To = (id: string, field: string) => string | null;

/**
 * The item with every link passed through `to`: a new id, or null where there is nothing behind it. A list loses such an entry, a field
 * that may be empty becomes null. Null when the item itself cannot be without the link (a flow without an end).
 */
export function relink<K extends ItemKind>(kind: K, item: Item<K>, to: To): Item<K> | null {
  const changed = follow(ITEMS[kind], item, to, "");
  return changed === GONE ? null : (changed as Item<K>);
}

type Shape = { readonly [key: string]: z.ZodType };
type Def = { type: string; innerType?: z.ZodType; element?: z.ZodType; options?: z.ZodType[]; shape?: Shape };

function follow(schema: z.ZodType, value: unknown, to: To, at: string): unknown {
  if (value === null || value === undefined || !hasLinks(schema)) return value;
  if (schema === ItemId) return to(String(value), at) ?? GONE;
  const def = schema.def as Def;
  if (def.type === "union") return to(String(value), at) ?? value;
  if (def.type === "nullable") {
    const inner = follow(def.innerType as z.ZodType, value, to, at);
    return inner === GONE ? null : inner;
  }
  if (def.innerType !== undefined) return follow(def.innerType, value, to, at);
  if (def.element !== undefined && Array.isArray(value))
    return value.map((one) => follow(def.element as z.ZodType, one, to, `${at}.*`)).filter((one) => one !== GONE);
  if (def.shape === undefined) return value;
  const out: Record<string, unknown> = { ...(value as object) };
  for (const [key, inner] of Object.entries(def.shape)) {
    if (key === "id" || !Object.hasOwn(out, key)) continue;
    const changed = follow(inner, out[key], to, at === "" ? key : `${at}.${key}`);
    if (changed === GONE) return GONE;
    out[key] = changed;
  }
  return out;
}

const known = new WeakMap<z.ZodType, boolean>();

function hasLinks(schema: z.ZodType): boolean {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const def = schema.def as Def;
  const inner = [
    def.innerType,
    def.element,
    ...(def.options ?? []),
    ...Object.entries(def.shape ?? {}).flatMap(([key, one]) => (key === "id" ? [] : [one])),
  ];
  const found = schema === ItemId || inner.some((one) => one !== undefined && hasLinks(one));
  known.set(schema, found);
  return found;
}
