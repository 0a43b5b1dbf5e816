import type { JsonObject, JsonValue } from "../../../../lib/json.ts";
import type { Remarks } from "./remarks.ts";

/**
 * A field that a format has and a security file has not: kept as a remark and written back.
 * `silent`: the value that says nothing; it makes no remark, and is what is written where there is none (undefined: the field is left out).
 */
export interface KeptField {
  as: "text" | "number" | "flag" | "texts" | "any";
  silent?: JsonValue;
  /** The only words allowed. */
  words?: readonly string[];
}
export type KeptFields = Readonly<Record<string, KeptField>>;

export function fitsKept(field: KeptField, value: JsonValue): boolean {
  if (field.words !== undefined && !(typeof value === "string" && field.words.includes(value))) return false;
  if (field.as === "text") return typeof value === "string";
  if (field.as === "number") return typeof value === "number";
  if (field.as === "flag") return typeof value === "boolean";
  return field.as === "any" || (Array.isArray(value) && value.every((one) => typeof one === "string"));
}

/** Whether reading such a field makes a remark of it. */
export const isKept = (field: KeptField, value: JsonValue): boolean =>
  fitsKept(field, value) && !saysNothing(value) && JSON.stringify(value) !== JSON.stringify(field.silent);

/** The fields as they are written: from the remarks, else as what says nothing. */
export function keptFields(fields: KeptFields, remarks: Remarks): JsonObject {
  const out: JsonObject = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = remarks.get(name);
    if (value !== undefined && fitsKept(field, value)) out[name] = value;
    else if (field.silent !== undefined) out[name] = field.silent;
  }
  return out;
}

export const saysNothing = (value: JsonValue | undefined): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  value === false ||
  (Array.isArray(value) && value.every((one) => one === null)) ||
  (typeof value === "object" && !Array.isArray(value) && Object.keys(value).length === 0);
