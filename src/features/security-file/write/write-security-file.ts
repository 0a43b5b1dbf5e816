import { stringify } from "yaml";
import * as z from "zod";
import { FileHead, ITEMS, ItemKind, type SecurityFile } from "../schema.ts";

/** A security file as one YAML text: lists in their order, items by id, what has its default left out. The same file gives the same text. */
export const writeSecurityFile = (file: SecurityFile): string => yaml({ cordon: file.cordon, ...partsOf(file) });

/** A security file as a folder: `file.yaml` and one document per list that has items. */
export function writeFolder(file: SecurityFile): { name: string; text: string }[] {
  const { head, ...lists } = partsOf(file);
  return [
    { name: "file.yaml", text: yaml({ cordon: file.cordon, ...(head === undefined ? {} : { head }) }) },
    ...Object.entries(lists).map(([kind, items]) => ({ name: `${nameOf(kind)}.yaml`, text: yaml({ [kind]: items }) })),
  ];
}

/** The same as plain values, defaults left out: what differs between two of them differs in the files. */
export function partsOf(file: SecurityFile): Record<string, unknown> {
  const head = pruned(FileHead, file.head) as object;
  const lists = ItemKind.options.flatMap((kind) => {
    const items = [...file[kind]].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
    return items.length === 0 ? [] : [[kind, items.map((item) => pruned(ITEMS[kind], item))] as const];
  });
  return { ...(Object.keys(head).length === 0 ? {} : { head }), ...Object.fromEntries(lists) };
}

const yaml = (value: unknown) => stringify(value, { lineWidth: 120, aliasDuplicateObjects: false });

const nameOf = (kind: string) => kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** A value without what its schema gives it anyway. */
function pruned(schema: z.ZodType, value: unknown): unknown {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodArray && Array.isArray(value))
    return value.map((one) => pruned(inner.element as z.ZodType, one));
  if (!(inner instanceof z.ZodObject) || typeof value !== "object" || value === null) return value;
  const kept = Object.entries(inner.shape as Record<string, z.ZodType>).flatMap(([key, field]) => {
    const given = (value as Record<string, unknown>)[key];
    if (given === undefined || isDefault(field, given)) return [];
    return [[key, pruned(field, given)]];
  });
  return Object.fromEntries(kept);
}

function unwrapped(schema: z.ZodType): z.ZodType {
  if (
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodOptional
  )
    return unwrapped(schema.unwrap() as z.ZodType);
  return schema;
}

function isDefault(field: z.ZodType, given: unknown): boolean {
  if (!(field instanceof z.ZodDefault || field instanceof z.ZodPrefault)) return false;
  return JSON.stringify(field.parse(undefined)) === JSON.stringify(given);
}
