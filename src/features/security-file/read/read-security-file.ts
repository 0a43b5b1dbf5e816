import { isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import type * as z from "zod";
import { Fault } from "../../../lib/fault.ts";
import { parseJson } from "../../../lib/json.ts";
import { complexKeyAt } from "../../../lib/yaml-keys.ts";
import { FileHead, ItemKind, SecurityFile } from "../schema.ts";

/** 32 million characters of JSON, or 8 million of YAML, which is slower to read. */
const MAX_JSON = 32 * 1024 * 1024;
const MAX_YAML = 8 * 1024 * 1024;

/** One document of a file: the whole, or in folder form the lists it holds. */
export interface FileDocument {
  /** As messages name it. */
  name: string;
  text: string;
}

export interface ReadFile {
  file: SecurityFile;
  /** Where an item stands ("threats.yaml:12:5"), where that is known. */
  placeOf(id: string): string | null;
}

interface Parsed {
  name: string;
  value: unknown;
  /** The place of a path in the document. */
  place(path: readonly PropertyKey[]): string;
}

/**
 * Reads a security file from one document or several (folder form: each holds some of the lists). Throws `Fault` with the place of the
 * first thing that is wrong: not YAML or JSON, an unknown or missing field, a value of the wrong kind, a file that is too large.
 */
export function readSecurityFile(documents: readonly FileDocument[]): ReadFile {
  const parsed = documents.map(parse);
  const whole: Record<string, unknown> = { cordon: null };
  const lists = new Map<string, { document: Parsed; from: number; count: number }[]>();
  for (const document of parsed) {
    if (typeof document.value !== "object" || document.value === null || Array.isArray(document.value))
      throw refusal(document, [], "It is no map of lists", FIRST_LINE);
    for (const [key, value] of Object.entries(document.value)) {
      if (key === "cordon" || key === "head") {
        if (whole[key] !== undefined && whole[key] !== null)
          throw refusal(document, [key], `“${key}” stands in two documents`, "Keep it in one of them");
        whole[key] = value;
        lists.set(key, [{ document, from: 0, count: 1 }]);
        continue;
      }
      if (!ItemKind.safeParse(key).success)
        throw refusal(
          document,
          [key],
          `“${key}” is no list of a security file`,
          `Lists are ${ItemKind.options.join(", ")}`,
        );
      if (!Array.isArray(value)) throw refusal(document, [key], `“${key}” is no list`, "Write it as a list of items");
      whole[key] ??= [];
      const before = whole[key] as unknown[];
      const parts = lists.get(key) ?? [];
      parts.push({ document, from: before.length, count: value.length });
      lists.set(key, parts);
      for (const one of value) before.push(one);
    }
  }
  if (whole.cordon === null)
    throw new Fault("bad_input", "It is no security file", { at: documents[0]?.name ?? "input", fix: FIRST_LINE });
  const origin = (path: readonly PropertyKey[]) => {
    const [key, at, ...rest] = path;
    const parts = lists.get(String(key)) ?? [];
    if (typeof at !== "number") return { document: parts[0]?.document ?? parsed[0], path };
    const part = parts.find(({ from, count }) => at >= from && at < from + count);
    return { document: part?.document ?? parsed[0], path: [key ?? "", at - (part?.from ?? 0), ...rest] };
  };
  const result = SecurityFile.safeParse(whole);
  if (!result.success) throw firstIssue(result.error, origin);
  const positions = new Map<string, readonly PropertyKey[]>();
  for (const kind of ItemKind.options)
    result.data[kind].forEach(({ id }, i) => {
      if (!positions.has(id)) positions.set(id, [kind, i]);
    });
  return {
    file: result.data,
    placeOf: (id) => {
      const position = positions.get(id);
      if (position === undefined) return null;
      const { document, path } = origin(position);
      return document?.place(path) ?? null;
    },
  };
}

const FIRST_LINE = "A security file starts with “cordon: security-file/1”";

function firstIssue(
  error: z.ZodError,
  origin: (path: readonly PropertyKey[]) => { document: Parsed | undefined; path: readonly PropertyKey[] },
): Fault {
  const [issue] = error.issues;
  const { document, path } = origin(issue?.path ?? []);
  const more = error.issues.length > 1 ? ` (and ${error.issues.length - 1} more)` : "";
  const said = `${path.join(".") || "The file"}: ${issue?.message ?? "wrong"}${more}`;
  return new Fault("bad_input", said, {
    at: document?.place(path) ?? "input",
    fix: "docs/security-file.md lists every field; unknown ones are refused",
  });
}

const refusal = (document: Parsed, path: readonly PropertyKey[], reason: string, fix: string) =>
  new Fault("bad_input", reason, { at: document.place(path), fix });

function parse({ name, text }: FileDocument): Parsed {
  const isJson = /^\s*[[{]/.test(text.slice(0, 1_000));
  const most = isJson ? MAX_JSON : MAX_YAML;
  if (text.length > most)
    throw new Fault(
      "too_large",
      `A security file has at most ${most / 1024 / 1024} million characters of ${isJson ? "JSON" : "YAML"}`,
      {
        at: name,
        fix: isJson ? "Split the device into parts with a file each" : "Write it as JSON, which may be larger",
      },
    );
  return isJson ? parseAsJson(name, text) : parseAsYaml(name, text);
}

function parseAsJson(name: string, text: string): Parsed {
  const value = parseJson(text, { name });
  return { name, value, place: (path) => (path.length === 0 ? name : `${name}#/${path.map(String).join("/")}`) };
}

function parseAsYaml(name: string, text: string): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "silent" });
  const at = (offset: number | undefined) => {
    if (offset === undefined) return name;
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  const [broken] = document.errors;
  if (broken !== undefined)
    throw new Fault("bad_input", `This is not YAML: ${broken.message}`, { at: at(broken.pos[0]) });
  const complex = complexKeyAt(document);
  if (complex !== null) throw new Fault("bad_input", "A key is a list or a map", { at: at(complex) });
  return { name, value: plainValue(document, name), place: (path) => at(offsetOf(document.contents, path)) };
}

function plainValue(document: ReturnType<typeof parseDocument>, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw new Fault("bad_input", "The aliases of this YAML unfold too far", { at: name, cause });
  }
}

/** The offset of the deepest node on a path that is there. */
function offsetOf(start: unknown, path: readonly PropertyKey[]): number | undefined {
  let node = start;
  let offset = rangeOf(node);
  for (const step of path) {
    let next: unknown;
    if (isSeq(node)) next = node.items[Number(step)];
    else if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
      next = pair?.value ?? pair?.key;
    }
    if (next === undefined || next === null) break;
    node = next;
    offset = rangeOf(node) ?? offset;
  }
  return offset;
}

const rangeOf = (node: unknown) => (node as { range?: [number, number, number] | null } | null)?.range?.[0];

/** An empty file. */
export const emptyFile = (): SecurityFile =>
  SecurityFile.parse({ cordon: "security-file/1", head: FileHead.parse({}) });
