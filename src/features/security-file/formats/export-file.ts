import { stringify } from "yaml";
import { wordFor } from "../check/structure.ts";
import { changedFields, compareItems } from "../diff/compare-items.ts";
import { type Item, ItemKind, SecurityFile } from "../schema.ts";
import { formatNamed } from "./formats.ts";
import type { Format } from "./port.ts";
import { LossLog } from "./reading/loss-log.ts";
import { newIds } from "./reading/new-ids.ts";
import { clip, oneLine, plainText } from "./reading/plain-text.ts";
import { relink } from "./relink.ts";
import type { FormatName, LossReport } from "./schema.ts";

export interface Exported {
  text: string;
  /** For the file's name: ".json". */
  extension: string;
  mediaType: string;
  report: LossReport;
}

/**
 * A security file in a public format. What is lost is found by reading the result again and comparing: nothing that changed is left out.
 */
export function exportFile(file: SecurityFile, name: FormatName): Exported {
  const format = formatNamed(name);
  const log = new LossLog();
  const { file: named, was } = withIdsOf(format, withNamesOf(format, file, log), log);
  const value = format.write(named);
  const back = format.read(value, new LossLog());
  logChanges(format, named, back, was, log);
  return {
    text:
      format.syntax === "json"
        ? `${JSON.stringify(value, null, 2)}\n`
        : stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }),
    extension: format.extension,
    mediaType: format.syntax === "json" ? "application/json" : "application/yaml",
    report: { format: name, direction: "export", total: log.total, losses: log.losses },
  };
}

/** The file with names that are told apart, where the format knows things by their names. */
function withNamesOf(format: Format, file: SecurityFile, log: LossLog): SecurityFile {
  if (format.nameScope === undefined) return file;
  const taken = new Set<string>();
  const lists = format.kinds.map((kind) => [
    kind,
    file[kind].map((item: Item) => {
      const scope = format.nameScope?.(kind, item) ?? null;
      if (scope === null) return item;
      const key = (name: string) => `${scope}\n${oneLine(plainText(name))}`;
      const name = taken.has(key(item.name)) ? `${clip(item.name, 190)} (${item.id})` : item.name;
      taken.add(key(name));
      if (name !== item.name)
        log.add(
          { kind, id: item.id, name: item.name, pointer: null },
          {
            field: "name",
            value: item.name,
            why: `${format.title} knows things by their names, each once`,
            outcome: "changed",
            instead: `It is ${name}`,
          },
        );
      return { ...item, name };
    }),
  ]);
  return { ...file, ...Object.fromEntries(lists) };
}

/** The file with the ids its items have in the format; `was`: theirs before. */
function withIdsOf(
  format: Format,
  file: SecurityFile,
  log: LossLog,
): { file: SecurityFile; was: ReadonlyMap<string, string> } {
  const ids = new Map<string, string>();
  const newId = newIds();
  for (const kind of [...format.kinds, ...ItemKind.options.filter((one) => !format.kinds.includes(one))]) {
    file[kind].forEach((item: Item, i: number) => {
      const id = newId(format.kinds.includes(kind) ? (format.idOf?.(kind, item, i, file) ?? item.id) : item.id, kind);
      ids.set(item.id, id);
      const at = { kind, id: item.id, name: item.name, pointer: null };
      const why = format.lacks["*.id"] ?? `${format.title} writes ids in another way`;
      if (id !== item.id && format.kinds.includes(kind))
        log.add(at, { field: "id", value: item.id, why, outcome: "changed", instead: `It is ${id}` });
    });
  }
  const was = new Map([...ids].map(([id, now]) => [now, id]));
  if ([...ids].every(([id, now]) => id === now)) return { file, was };
  const lists = ItemKind.options.map((kind) => [
    kind,
    file[kind].map((item: Item) => ({
      ...relink(kind, item as never, (id) => ids.get(id) ?? id),
      id: ids.get(item.id),
    })),
  ]);
  return { file: SecurityFile.parse({ ...file, ...Object.fromEntries(lists) }), was };
}

function logChanges(
  format: Format,
  file: SecurityFile,
  back: SecurityFile,
  was: ReadonlyMap<string, string>,
  log: LossLog,
): void {
  const none = (field: string) => format.lacks[field] ?? format.lacks[`*.${field.split(".")[1]}`];
  for (const { field, before, after } of changedFields(file.head, back.head)) {
    const at = { kind: "head", id: null, name: "The whole file", pointer: null };
    log.add(at, { field, value: before, why: none(`head.${field}`) ?? noPlace(format), ...outcomeOf(after) });
  }
  for (const { kind, id, before, after, fields } of compareItems(file, back)) {
    if (before === null) {
      if (after === null || kind === "layouts") continue;
      const at = { kind, id, name: after.name, pointer: null };
      log.add(at, {
        field: null,
        value: after.name,
        why: format.lacks[`${kind}.new`] ?? `${format.title} makes an item of its own of it`,
        outcome: "changed",
        instead: `It comes back as one of ${kind}`,
      });
      continue;
    }
    const at = { kind, id: was.get(id) ?? id, name: before.name, pointer: null };
    if (after === null) {
      log.add(at, { field: null, value: before.name, why: format.lacks[kind] ?? noneOf(format, kind) });
      continue;
    }
    for (const change of fields) {
      if (change.field === "sourceId" && change.before === undefined) continue;
      log.add(at, {
        field: change.field,
        value: change.before,
        why: none(`${kind}.${change.field}`) ?? noPlace(format),
        ...outcomeOf(change.after),
      });
    }
  }
}

const noneOf = (format: Format, kind: ItemKind) =>
  format.kinds.includes(kind) ? `${format.title} cannot say it` : `${format.title} has no ${wordFor(kind)} of its own`;

const noPlace = (format: Format) => `${format.title} has no place for it, or says it in fewer words`;

/** Whether something is left of a value. */
function outcomeOf(after: unknown): { outcome: "dropped" | "changed"; instead?: string } {
  const empty = after === undefined || after === null || after === "" || (Array.isArray(after) && after.length === 0);
  return empty ? { outcome: "dropped" } : { outcome: "changed", instead: `It comes back as ${text(after)}` };
}

function text(value: unknown): string {
  const full = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  const line = full.replace(/\s+/g, " ");
  return line.length > 120 ? `${line.slice(0, 120).toWellFormed()}…` : line;
}
