import { Fault } from "./fault.ts";
import { type JsonPlace, lineAndColumn, scanJson } from "./json-scan.ts";

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export type JsonObject = { [key: string]: JsonValue };

export interface JsonOptions {
  /** Of the file or message, for the place in a refusal. */
  name: string;
  /** Deepest nesting of arrays and objects allowed. */
  maxDepth?: number;
  /** Most values (array items and object members) allowed: each costs some 50 bytes of memory, however short its text. */
  maxValues?: number;
  /** Called for each repeated key, whose last value is kept; without it a repeated key is refused. */
  onDuplicateKey?: (place: JsonPlace) => void;
}

export const MAX_JSON_DEPTH = 200;
export const MAX_JSON_VALUES = 10_000_000;

/**
 * Strict JSON (RFC 8259) with bounded nesting and no silently lost keys.
 * `__proto__` and `constructor` become plain own properties; read with `member`, which sees own properties only.
 * Faults `bad_input` with `name:line:column` and JSON pointer (RFC 6901), `too_large` beyond `maxDepth` or `maxValues`.
 */
export function parseJson(text: string, options: JsonOptions): JsonValue {
  const { name, maxDepth = MAX_JSON_DEPTH, maxValues = MAX_JSON_VALUES, onDuplicateKey } = options;
  const { depth, keys, values, stoppedAt } = measure(text, maxDepth, maxValues);
  if (depth > maxDepth || values > maxValues) {
    const at = `${name}:${lineAndColumn(text, stoppedAt)}`;
    const reason =
      depth > maxDepth ? `is nested deeper than ${maxDepth} levels` : `holds more than ${maxValues} values`;
    throw new Fault("too_large", `The JSON ${reason}.`, { at });
  }
  let value: JsonValue;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const { error } = scanJson(text);
    const at = error === null ? name : `${name}:${placeText(error)}`;
    const reason = `This is not JSON: ${error?.reason ?? "it does not parse"}.`;
    throw new Fault("bad_input", reason, { at, fix: "Check that the file is complete and valid JSON.", cause });
  }
  if (keys !== countKeys(value)) reportDuplicates(text, name, onDuplicateKey);
  return value;
}

/** The own property `key` of `value`, if it is an object that has one. */
export function member(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function reportDuplicates(text: string, name: string, onDuplicateKey: JsonOptions["onDuplicateKey"]): void {
  for (const place of scanJson(text).duplicates) {
    if (onDuplicateKey === undefined) {
      const fix = "Keep one of the two; readers disagree on which one counts.";
      throw new Fault("bad_input", "The same key stands twice in one object.", {
        at: `${name}:${placeText(place)}`,
        fix,
      });
    }
    onDuplicateKey(place);
  }
}

const placeText = (place: JsonPlace) => (place.pointer === "" ? place.at : `${place.at} ${place.pointer}`);

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

interface Measure {
  depth: number;
  keys: number;
  values: number;
  stoppedAt: number;
}

/** One pass over the text: how deep it nests and how many values it holds. Only meaningful when the text then parses. */
function measure(text: string, maxDepth: number, maxValues: number): Measure {
  let level = 0;
  let depth = 0;
  let keys = 0;
  let values = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case QUOTE:
        i = endOfString(text, i);
        break;
      case 0x3a:
        keys++;
        break;
      case 0x2c:
        values++;
        break;
      case 0x5b:
      case 0x7b:
        level++;
        values++;
        if (level > depth) depth = level;
        if (level > maxDepth || values > maxValues) return { depth, keys, values, stoppedAt: i };
        break;
      case 0x5d:
      case 0x7d:
        level--;
        break;
    }
  }
  return { depth, keys, values, stoppedAt: text.length };
}

/** Index of the closing quote of the string that opens at `start`, or the end of the text. */
function endOfString(text: string, start: number): number {
  let end = start;
  for (;;) {
    end = text.indexOf('"', end + 1);
    if (end < 0) return text.length;
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end;
  }
}

function countKeys(root: JsonValue): number {
  let keys = 0;
  const open: JsonValue[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== "object" || value === null) continue;
    if (Array.isArray(value)) {
      for (const item of value) if (typeof item === "object") open.push(item);
      continue;
    }
    for (const key in value) {
      keys++;
      const item = value[key];
      if (typeof item === "object") open.push(item);
    }
  }
  return keys;
}
