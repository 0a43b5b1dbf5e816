/** An object as parsed data has them; lists are not objects here. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A text or a number as text; nothing for whatever else stands there. `String` fails on an object whose `toString` is no function. */
export const textOf = (value: unknown): string =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
