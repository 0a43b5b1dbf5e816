import { type Item, ItemKind, type SecurityFile } from "../schema.ts";

export interface FieldChange {
  /** "zone", or "path.authentication" inside a flow's communication path. */
  field: string;
  before: unknown;
  after: unknown;
}

export interface ItemChange {
  kind: ItemKind;
  id: string;
  /** Null: added. */
  before: Item | null;
  /** Null: removed. */
  after: Item | null;
  /** Empty when added or removed. */
  fields: FieldChange[];
}

/** Items of two files under the same id side by side: only those that differ, in the order of the kinds, then of the first file. */
export function compareItems(a: SecurityFile, b: SecurityFile): ItemChange[] {
  return ItemKind.options.flatMap((kind) => {
    const [before, after]: Item[][] = [a[kind], b[kind]];
    const there = new Map((after ?? []).map((item) => [item.id, item]));
    const here = new Set((before ?? []).map(({ id }) => id));
    const changed = (before ?? []).flatMap((item): ItemChange[] => {
      const other = there.get(item.id);
      if (other === undefined) return [{ kind, id: item.id, before: item, after: null, fields: [] }];
      const fields = changedFields(item, other);
      return fields.length === 0 ? [] : [{ kind, id: item.id, before: item, after: other, fields }];
    });
    const added = (after ?? []).filter(({ id }) => !here.has(id));
    return [...changed, ...added.map((item) => ({ kind, id: item.id, before: null, after: item, fields: [] }))];
  });
}

/** Fields that differ; those of a communication path each alone. */
export function changedFields(a: object, b: object, prefix = ""): FieldChange[] {
  const [before, after] = [a, b] as Record<string, unknown>[];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) => {
    const [was, is] = [before?.[key], after?.[key]];
    if (isSame(was, is)) return [];
    if (key === "path" && prefix === "" && isRecord(was) && isRecord(is)) return changedFields(was, is, "path.");
    return [{ field: `${prefix}${key}`, before: was, after: is }];
  });
}

const isRecord = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isSame = (a: unknown, b: unknown) =>
  a === b || (typeof a === "object" && typeof b === "object" && text(a) === text(b));

/** One text for the same value, whatever the order of its keys; it never throws, unlike canonical JSON. */
const text = (value: unknown) =>
  JSON.stringify(value, (_key, part: unknown) => (isRecord(part) ? inOrder(part) : part));

const inOrder = (value: object) => Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
