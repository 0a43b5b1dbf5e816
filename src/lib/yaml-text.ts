import { LineCounter, parseDocument } from "yaml";
import type * as z from "zod";
import { Fault } from "./fault.ts";
import { complexKeyAt } from "./yaml-keys.ts";

/** Reads a catalogue's YAML text into its shape. Fault `bad_configuration` names file, line and field. */
export function readCatalogueText<T>(text: string, name: string, shape: z.ZodType<T>): T {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "silent" });
  const at = (offset: number | undefined) => (offset === undefined ? name : `${name}:${lines.linePos(offset).line}`);
  const [broken] = document.errors;
  if (broken !== undefined) throw bad(at(broken.pos[0]), `This is not YAML: ${broken.message}`);
  const complex = complexKeyAt(document);
  if (complex !== null) throw bad(at(complex), "A key is a list or a map");
  const parsed = shape.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw bad(name, `${(issue?.path ?? []).map(String).join(".")}: ${issue?.message ?? "wrong"}`);
}

const bad = (at: string, reason: string) =>
  new Fault("bad_configuration", reason, { at, fix: "Restore the catalogue's files of this release" });
