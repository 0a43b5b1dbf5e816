import { type Document, isMap, isPair, LineCounter, parseDocument } from "yaml";
import type * as z from "zod";
import { Fault } from "../../lib/fault.ts";
import { nearest } from "../../lib/nearest.ts";

/** The file's content and a way to say on which line a key stands. */
export interface ConfigText {
  value: unknown;
  lineOf(path: readonly PropertyKey[]): number | null;
}

export function readYaml(text: string, name: string): ConfigText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = error.linePos?.[0].line;
    const reason = error.message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "");
    throw new Fault("bad_configuration", `This is not YAML: ${reason}`, { at: `${name}:${line}` });
  }
  return { value: document.toJS({ maxAliasCount: 0 }) ?? {}, lineOf: (path) => lineOf(document, lines, path) };
}

function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number | null {
  const key = path.at(-1);
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const pair = isMap(parent)
    ? parent.items.find((item) => isPair(item) && String(item.key) === String(key))
    : undefined;
  const start =
    pair?.key !== null && typeof pair?.key === "object" && "range" in pair.key ? rangeStart(pair.key.range) : null;
  return start === null ? null : lines.linePos(start).line;
}

const rangeStart = (range: unknown): number | null =>
  Array.isArray(range) && typeof range[0] === "number" ? range[0] : null;

/** The first thing wrong with a configuration: the key, where it stands, and the nearest known key when it is unknown. */
export function configFault(
  error: z.ZodError,
  known: readonly string[],
  where: (path: readonly PropertyKey[]) => string,
): Fault {
  const issue = error.issues[0];
  if (issue?.code === "unrecognized_keys") {
    const path = [...issue.path, issue.keys[0] ?? ""];
    const key = path.join(".");
    const sections = known.map((one) => one.split(".")[0] ?? "");
    const guess = nearest(key, [...known, ...sections]);
    const fix = guess === null ? `Known keys: ${known.join(", ")}` : `Did you mean ${guess}?`;
    return new Fault("bad_configuration", `There is no key ${key}`, { at: where(path), fix });
  }
  const key = issue?.path.join(".") ?? "";
  return new Fault("bad_configuration", `${key}: ${issue?.message}`, {
    at: where(issue?.path ?? []),
    fix: "See docs/configuration.md",
  });
}
