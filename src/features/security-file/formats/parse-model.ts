import { LineCounter, parseDocument } from "yaml";
import { Fault } from "../../../lib/fault.ts";
import { type JsonValue, parseJson } from "../../../lib/json.ts";
import { complexKeyAt } from "../../../lib/yaml-keys.ts";
import type { LossLog } from "./reading/loss-log.ts";

/** 64 million characters of JSON, or 4 million of YAML, which takes much more memory and time to read. */
export const MAX_JSON = 64 * 1024 * 1024;
export const MAX_YAML = 4 * 1024 * 1024;
const MAX_VALUES = 3_000_000;
const MAX_DEPTH = 100;

/**
 * The value of a model's text, JSON or YAML. Of a key that stands twice the last counts, as other tools read it, and the log says so.
 * Faults `bad_input` with the place, `too_large` beyond the limits; aliases that unfold too far are refused.
 */
export function parseModel(text: string, name: string, log: LossLog): JsonValue {
  const json = /^\s*[[{]/.test(text.slice(0, 10_000));
  const most = json ? MAX_JSON : MAX_YAML;
  if (text.length > most)
    throw new Fault(
      "too_large",
      `A model has at most ${most / 1024 / 1024} million characters of ${json ? "JSON" : "YAML"}`,
      {
        at: name,
        fix: json ? "Split the model" : "Convert it to JSON, which may be larger",
      },
    );
  if (!json) return parseYaml(text, name);
  const twice = (at: string, pointer: string) =>
    log.add(
      { kind: "file", id: null, name: at, pointer },
      {
        field: null,
        why: "The same key stands twice in one object",
        outcome: "changed",
        instead: "The last one counts",
      },
    );
  return parseJson(text, {
    name,
    maxDepth: MAX_DEPTH,
    maxValues: MAX_VALUES,
    onDuplicateKey: ({ at, pointer }) => twice(at, pointer),
  });
}

function parseYaml(text: string, name: string): JsonValue {
  refuseDeep(text, name);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: "silent",
    merge: true,
    schema: "core",
  });
  const at = (offset: number) => `${name}:${lines.linePos(offset).line}:${lines.linePos(offset).col}`;
  const [broken] = document.errors;
  if (broken !== undefined)
    throw new Fault("bad_input", `This is neither JSON nor YAML: ${broken.message}`, {
      at: at(broken.pos[0]),
      ...(broken.message.includes("quote") && {
        fix: "Indent the lines of a quoted text deeper than its key: YAML wants it, and some readers do not mind",
      }),
    });
  const complex = complexKeyAt(document);
  if (complex !== null) throw new Fault("bad_input", "A key is a list or a map", { at: at(complex) });
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 1_000 });
  } catch (cause) {
    throw new Fault("bad_input", "The aliases of this YAML unfold too far", { at: name, cause });
  }
  return asJson(value, { left: MAX_VALUES, name, depth: 0 });
}

/** A copy that holds nothing twice: YAML's aliases make one object stand in many places, which would be counted once only. */
function asJson(value: unknown, budget: { left: number; name: string; depth: number }): JsonValue {
  budget.left--;
  if (budget.left < 0 || budget.depth > MAX_DEPTH)
    throw new Fault(
      "too_large",
      budget.left < 0
        ? `The YAML holds more than ${MAX_VALUES} values`
        : `The YAML is nested deeper than ${MAX_DEPTH} levels`,
      { at: budget.name },
    );
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value !== "object") return String(value);
  budget.depth++;
  const copy = Array.isArray(value)
    ? value.map((one) => asJson(one, budget))
    : Object.fromEntries(Object.entries(value).map(([key, one]) => [key, asJson(one, budget)]));
  budget.depth--;
  return copy;
}

/** Nesting by indentation or brackets that would exhaust the YAML reader's stack. */
function refuseDeep(text: string, name: string): void {
  let brackets = 0;
  let dashes = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === "\n") dashes = 0;
    if (char === "[" || char === "{") brackets++;
    else if ((char === "]" || char === "}") && brackets > 0) brackets--;
    else if ((char === "-" || char === "?" || char === ":") && text[i + 1] === " ") dashes++;
    if (brackets > 1_000 || dashes > 1_000)
      throw new Fault("too_large", "The YAML is nested too deeply", { at: `${name}, character ${i + 1}` });
  }
}
