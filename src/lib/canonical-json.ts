/** A value JSON can hold without loss: no undefined, no NaN, no Date. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * The one text of a JSON value (RFC 8785): keys sorted by UTF-16 code units, no white space, numbers and strings as ECMAScript
 * writes them. Throws a TypeError for a number that is not finite and for a string with a lone surrogate.
 */
export function canonicalJson(value: JsonValue): string {
  if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError("JSON has no such number");
  if (typeof value === "string" && !value.isWellFormed()) throw new TypeError("The text holds half a surrogate pair");
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.keys(value)
    .sort()
    .map((key) => `${canonicalJson(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${members.join(",")}}`;
}

const isArray = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/** What JSON keeps of a value: Dates become text, absent members go. For hashing rows and results that hold Dates. */
export const asJson = (value: unknown): JsonValue => (value === undefined ? null : JSON.parse(JSON.stringify(value)));
