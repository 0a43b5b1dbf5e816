import type * as z from "zod";
import type { JsonObject, JsonValue } from "../../../../lib/json.ts";
import { changedFields } from "../../diff/compare-items.ts";
import { ITEMS, type Item } from "../../schema.ts";
import type { Source } from "../reading/source.ts";
import { CARRIED, type CarriedKind } from "./fields.ts";

const PREFIX = "cordon:";

/** The fields of an item that differ from what reading `plain` would give, as attributes; null when there are none. */
export function attributesOf<K extends CarriedKind>(
  kind: K,
  item: Item<K>,
  plain: Partial<Item<K>>,
): JsonObject | null {
  const shape = ITEMS[kind].shape as Record<string, z.ZodType>;
  const given = item as Record<string, unknown>;
  const out: JsonObject = {};
  for (const field of CARRIED[kind]) {
    const expected = (plain as Record<string, unknown>)[field] ?? shape[field]?.safeParse(undefined).data;
    if (changedFields({ one: given[field] }, { one: expected }).length > 0)
      out[`${PREFIX}${field}`] = given[field] as JsonValue;
  }
  return Object.keys(out).length === 0 ? null : out;
}

/** The same fields read back, each only when it has its shape. The other attributes are told to the log. */
export function takeAttributes<K extends CarriedKind>(source: Source, kind: K): Partial<Item<K>> {
  const shape = ITEMS[kind].shape as Record<string, z.ZodType>;
  const attributes = source.part("attributes");
  const out: Record<string, unknown> = {};
  for (const field of CARRIED[kind]) {
    const value = attributes.take(`${PREFIX}${field}`);
    if (value === undefined && !attributes.keys().includes(`${PREFIX}${field}`)) continue;
    const parsed = shape[field]?.safeParse(value ?? null);
    if (parsed?.success) out[field] = parsed.data;
    else attributes.lose(`${PREFIX}${field}`, value, "It does not have the shape of that field");
  }
  attributes.close();
  source.drop("It is made for another program", "properties");
  return out as Partial<Item<K>>;
}
