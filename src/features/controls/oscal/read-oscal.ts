import { parseDocument } from "yaml";
import type * as z from "zod";
import { Fault } from "../../../lib/fault.ts";
import { type JsonValue, member, parseJson } from "../../../lib/json.ts";
import { decodeText } from "../../../lib/text.ts";
import { complexKeyAt } from "../../../lib/yaml-keys.ts";
import type { Loss } from "../schema.ts";
import { losses } from "./losses.ts";
import { OscalCatalog, OscalProfile } from "./schema.ts";

export type OscalDocument =
  | { model: "catalog"; document: OscalCatalog; losses: Loss[] }
  | { model: "profile"; document: OscalProfile; losses: Loss[] };

export const MAX_OSCAL_BYTES = 50 * 1024 * 1024;
/** The yaml library keeps some 1 kB for each value. */
export const MAX_OSCAL_YAML_BYTES = 10 * 1024 * 1024;
const MAX_DEPTH = 60;
const MAX_VALUES = 3_000_000;
const VERSION = /^1\.[012]\.\d+(-\S+)?$/;

/**
 * An OSCAL catalogue or profile, version 1.0 to 1.2, from JSON or YAML; what has no place here is in its losses.
 * Faults `bad_input` with the place: not OSCAL, XML, another model or version; `too_large`.
 */
export function readOscal(bytes: Uint8Array, name: string): OscalDocument {
  if (bytes.length > MAX_OSCAL_BYTES)
    throw new Fault("too_large", `The file has more than ${MAX_OSCAL_BYTES / 1024 / 1024} MB`, { at: name });
  const text = decodeText(bytes, name);
  const value = parse(text, name);
  const catalog = member(value, "catalog");
  if (catalog !== undefined) return { model: "catalog", ...shaped(catalog, OscalCatalog, { name, model: "catalog" }) };
  const profile = member(value, "profile");
  if (profile !== undefined) return { model: "profile", ...shaped(profile, OscalProfile, { name, model: "profile" }) };
  const [other = "nothing"] = typeof value === "object" && value !== null ? Object.keys(value) : [];
  throw new Fault("bad_input", `This is no OSCAL catalogue or profile; its root is ${other.slice(0, 100)}`, {
    at: name,
    fix: "Give a file whose root is `catalog` or `profile`",
  });
}

function parse(text: string, name: string): JsonValue {
  const start = text.trimStart().slice(0, 1);
  if (start === "<")
    throw new Fault("bad_input", "OSCAL's XML is not read", {
      at: name,
      fix: "Take the JSON file that its publisher has beside it, or convert it: `oscal-cli convert --to=json FILE.xml FILE.json`",
    });
  if (start === "{" || start === "[") return parseJson(text, { name, maxDepth: MAX_DEPTH, maxValues: MAX_VALUES });
  return parseYaml(text, name);
}

function parseYaml(text: string, name: string): JsonValue {
  if (text.length > MAX_OSCAL_YAML_BYTES)
    throw new Fault("too_large", `As YAML the file may have ${MAX_OSCAL_YAML_BYTES / 1024 / 1024} MB`, {
      at: name,
      fix: "Take the JSON form of it",
    });
  const document = parseDocument(text, { prettyErrors: true, logLevel: "silent" });
  const [broken] = document.errors;
  if (broken !== undefined)
    throw new Fault("bad_input", `This is neither JSON nor YAML: ${broken.message}`, { at: name });
  if (complexKeyAt(document) !== null) throw new Fault("bad_input", "A key is a list or a map", { at: name });
  try {
    // Through JSON: no dates, no maps, and the same limits as for JSON.
    const plain = JSON.stringify(document.toJS({ maxAliasCount: 0 }));
    return parseJson(plain ?? "null", { name, maxDepth: MAX_DEPTH, maxValues: MAX_VALUES });
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw new Fault("bad_input", "The YAML uses aliases", {
      at: name,
      fix: "Write each value where it belongs",
      cause,
    });
  }
}

function shaped<T>(
  given: JsonValue,
  shape: z.ZodType<T>,
  { name, model }: { name: string; model: string },
): { document: T; losses: Loss[] } {
  const version = member(member(given, "metadata"), "oscal-version");
  if (typeof version !== "string" || !VERSION.test(version))
    throw new Fault("bad_input", `OSCAL ${JSON.stringify(version ?? null).slice(0, 50)} is not read`, {
      at: `${name} /${model}/metadata/oscal-version`,
      fix: "Give a document of OSCAL 1.0, 1.1 or 1.2",
    });
  const parsed = shape.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = (issue?.path ?? []).map((step) => `/${String(step)}`).join("");
    throw new Fault("bad_input", `This is not as OSCAL says: ${issue?.message ?? "wrong"}`, {
      at: `${name} /${model}${path}`,
      fix: "Check the file with its publisher, or against the OSCAL JSON schema",
    });
  }
  return {
    document: parsed.data,
    losses: losses(given, parsed.data).map(({ at, what }) => ({ at: `/${model}${at}`, what })),
  };
}
