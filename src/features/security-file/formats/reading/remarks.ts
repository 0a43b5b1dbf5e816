import type { JsonValue } from "../../../../lib/json.ts";
import { isKept, type KeptFields } from "./kept.ts";

/**
 * Fields of a format that a security file has no place for stand as last lines of the description, `[Threat Dragon] severity: High`:
 * a person reads them, and writing the same format takes them back.
 */
export type Remarks = ReadonlyMap<string, JsonValue>;

export const remarkLine = (title: string, field: string, value: JsonValue): string =>
  `[${title}] ${field}: ${isPlain(value) ? value : JSON.stringify(value)}`;

/** A text that reads back as itself; any other value is written as JSON. */
const isPlain = (value: JsonValue): value is string =>
  typeof value === "string" &&
  value === value.trim() &&
  !/[\n\u2028\u2029]/.test(value) &&
  !/^(?:$|["[{]|-?\d|true$|false$|null$)/.test(value);

export function describe(text: string, remarks: readonly string[]): string {
  return remarks.length === 0 ? text : `${text}${text === "" ? "" : "\n\n"}${remarks.join("\n")}`;
}

/**
 * A description taken apart: its text, and the remarks of one format at its end. Only lines that its reader would write are taken: of
 * the fields `kept`, or of `more` ("*": any).
 */
export function takeRemarks(
  title: string,
  description: string,
  kept: KeptFields,
  ...more: string[]
): { text: string; remarks: Map<string, JsonValue> } {
  const remarks = new Map<string, JsonValue>();
  const start = `[${title}] `;
  let rest = description;
  for (;;) {
    const at = rest.lastIndexOf("\n") + 1;
    const line = rest.slice(at);
    const colon = line.indexOf(": ");
    if (!line.startsWith(start) || colon < 0) break;
    const field = line.slice(start.length, colon);
    if (remarks.has(field)) break;
    const value = readValue(line.slice(colon + 2));
    const known = kept[field];
    if (
      value === undefined ||
      !(known === undefined ? more.includes(field) || more.includes("*") : isKept(known, value))
    )
      break;
    remarks.set(field, value);
    rest = at === 0 ? "" : rest.slice(0, at - 1);
    if (at === 0) break;
  }
  if (remarks.size === 0) return { text: description, remarks };
  const inOrder = new Map([...remarks].reverse());
  if (rest === "") return { text: "", remarks: inOrder };
  return rest.endsWith("\n")
    ? { text: rest.slice(0, -1), remarks: inOrder }
    : { text: description, remarks: new Map() };
}

function readValue(text: string): JsonValue | undefined {
  if (isPlain(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
