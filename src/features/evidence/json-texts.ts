import { isObject, type JsonObject, type JsonValue, member } from "../../lib/json.ts";

/** The text of a member; null where it is none. Numbers are read as text. */
export function textOf(value: JsonValue | undefined, ...path: string[]): string | null {
  const found = path.reduce<JsonValue | undefined>((inner, key) => member(inner, key), value);
  if (typeof found === "string") return found.trim() === "" ? null : found;
  return typeof found === "number" ? String(found) : null;
}

/** The objects of a list; anything else in it is left out. */
export const objectsIn = (value: JsonValue | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

export const textsIn = (value: JsonValue | undefined): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
