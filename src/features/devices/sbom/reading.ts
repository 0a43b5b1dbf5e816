import { Fault } from "../../../lib/fault.ts";
import { isObject, type JsonObject, type JsonValue, member } from "../../../lib/json.ts";
import type { SbomLimits } from "./limits.ts";
import type { Problem } from "./schema.ts";

/** What every reader carries along: the document's name, its limits, and what went wrong so far. */
export interface Reading {
  readonly name: string;
  readonly limits: SbomLimits;
  /** Notes something that could not be used; the reading goes on. */
  report(at: string, reason: string): void;
  /** Counts one more component; faults `too_large` at the limit. */
  countComponent(at: string): void;
  /** Counts one more XML element or tag; faults `too_large` at the limit. */
  countValue(at: string): void;
  problems(): Problem[];
}

const SPLIT = "Split it into one SBOM per subsystem.";

export function startReading(name: string, limits: SbomLimits): Reading {
  const problems: Problem[] = [];
  let unlisted = 0;
  let components = 0;
  let values = 0;
  return {
    name,
    limits,
    report(at, reason) {
      if (problems.length < limits.maxProblems) problems.push({ at: clip(at), reason: clip(reason) });
      else unlisted++;
    },
    countComponent(at) {
      components++;
      if (components > limits.maxComponents) {
        const reason = `The SBOM has more than ${limits.maxComponents} components.`;
        throw new Fault("too_large", reason, { at: `${name} ${at}`, fix: SPLIT });
      }
    },
    countValue(at) {
      values++;
      if (values > limits.maxValues) {
        const reason = `The SBOM holds more than ${limits.maxValues} values.`;
        throw new Fault("too_large", reason, { at: `${name}:${at}`, fix: SPLIT });
      }
    },
    problems() {
      if (unlisted === 0) return problems;
      return [...problems, { at: name, reason: `${unlisted} more problems are not listed.` }];
    },
  };
}

/** Documents are quoted in problems, but only so far. */
const clip = (text: string) => (text.length > 300 ? `${text.slice(0, 300)}…` : text);

/** Where an object stands in its document. JSON: its pointer. XML and tag-value: `line:column` remembered while parsing. */
export type Locate = (object: JsonObject, pointer: string) => string;

export const locateByPointer: Locate = (_, pointer) => (pointer === "" ? "/" : pointer);

/** A member that should be text: trimmed, null when absent or empty; anything else is reported and, if a number, used. */
export function readText(reading: Reading, object: JsonObject, key: string, at: string): string | null {
  const value = member(object, key);
  if (typeof value === "string") return value.trim() || null;
  if (value === undefined || value === null) return null;
  if (typeof value === "number") {
    reading.report(`${at}/${key}`, `${key} is a number where text is expected; it was read as text.`);
    return String(value);
  }
  reading.report(`${at}/${key}`, `${key} is not text; it was left out.`);
  return null;
}

/** The objects of a member that should be a list of objects, one by one, each with its pointer below `pointer`. */
export function* readObjects(
  reading: Reading,
  object: JsonObject,
  key: string,
  pointer: string,
): Generator<{ object: JsonObject; pointer: string }> {
  for (const [index, value] of readList(reading, object, key, pointer).entries()) {
    const at = `${pointer}/${key}/${index}`;
    if (isObject(value)) yield { object: value, pointer: at };
    else reading.report(at, "This is not an object; it was left out.");
  }
}

export function readList(reading: Reading, object: JsonObject, key: string, pointer: string): JsonValue[] {
  const value = member(object, key);
  if (Array.isArray(value)) return value;
  if (value !== undefined && value !== null) {
    reading.report(`${pointer}/${key}`, `${key} is not a list; it was left out.`);
  }
  return [];
}

/** The strings of a member that should be a list of strings. */
export function readTexts(reading: Reading, object: JsonObject, key: string, pointer: string): string[] {
  const texts: string[] = [];
  for (const [index, value] of readList(reading, object, key, pointer).entries()) {
    if (typeof value === "string" && value.trim() !== "") texts.push(value.trim());
    else reading.report(`${pointer}/${key}/${index}`, "This is not text; it was left out.");
  }
  return texts;
}
