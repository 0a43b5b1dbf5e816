import { asJson, canonicalJson } from "../../../lib/canonical-json.ts";
import { Fault } from "../../../lib/fault.ts";
import { checkStructure, wordFor } from "../check/structure.ts";
import { entriesOf } from "../links.ts";
import { type Item, ItemKind, type SecurityFile } from "../schema.ts";
import type { FileChange } from "./schema.ts";

/** A file, and the revision each of its items was last changed in. */
export interface Versioned {
  file: SecurityFile;
  revisions: ReadonlyMap<string, number>;
  headRevision: number;
}

/** What one item was, and is. */
export interface Difference {
  kind: ItemKind | "head";
  id: string;
  before: object | null;
  after: object | null;
}

export interface Applied {
  file: SecurityFile;
  /** Only what is different now. */
  differences: Difference[];
}

/**
 * Applies changes, all of them or none. Fault `conflict` for an item that somebody changed since it was seen, `not_found` for one that
 * is gone, `bad_input` where the file would be broken afterwards: it names the item, the field and the way out.
 */
export function applyChanges({ file, revisions, headRevision }: Versioned, changes: readonly FileChange[]): Applied {
  const items = new Map<string, { kind: ItemKind; item: Item }>();
  for (const { kind, item } of entriesOf(file)) items.set(item.id, { kind, item });
  const before = new Map(items);
  let head = file.head;
  const touched = new Set<string>();
  changes.forEach((change, i) => {
    if (change.do === "head") {
      refuseStale(change.was, headRevision === 0 ? null : headRevision, "what holds for the whole file", i);
      head = change.head;
      return;
    }
    const id = change.do === "put" ? change.item.id : change.id;
    if (touched.has(id))
      throw new Fault("bad_input", `“${id}” is changed twice`, { at: `changes.${i}`, fix: "Send its last state only" });
    touched.add(id);
    const known = items.get(id);
    if (known !== undefined && known.kind !== change.kind)
      throw new Fault("bad_input", `“${id}” is already a ${wordFor(known.kind)}`, {
        at: `changes.${i}`,
        fix: "Ids are unique over all kinds: choose another",
      });
    refuseStale(change.was, revisions.get(id) ?? null, `the ${wordFor(change.kind)} “${known?.item.name ?? id}”`, i);
    if (change.do === "remove") items.delete(id);
    else items.set(id, { kind: change.kind, item: change.item });
  });
  const next = assemble(head, items);
  refuseBroken(next);
  const differences = [...touched].flatMap((id): Difference[] => {
    const was = before.get(id);
    const is = items.get(id);
    const kind = is?.kind ?? was?.kind;
    if (kind === undefined || same(was?.item, is?.item)) return [];
    return [{ kind, id, before: was?.item ?? null, after: is?.item ?? null }];
  });
  if (!same(head, file.head)) differences.push({ kind: "head", id: "head", before: file.head, after: head });
  return { file: next, differences };
}

/** The changes that make one file out of another. */
export function changesTo({ file, revisions, headRevision }: Versioned, next: SecurityFile): FileChange[] {
  const kept = new Set<string>();
  const changes: FileChange[] = [];
  for (const { kind, item } of entriesOf(next)) {
    kept.add(item.id);
    changes.push({ do: "put", kind, item, was: revisions.get(item.id) ?? null } as FileChange);
  }
  for (const { kind, item } of entriesOf(file))
    if (!kept.has(item.id)) changes.push({ do: "remove", kind, id: item.id, was: revisions.get(item.id) ?? 0 });
  changes.push({ do: "head", head: next.head, was: headRevision === 0 ? null : headRevision });
  return changes;
}

function assemble(
  head: SecurityFile["head"],
  items: ReadonlyMap<string, { kind: ItemKind; item: Item }>,
): SecurityFile {
  const lists = new Map<ItemKind, Item[]>(ItemKind.options.map((kind) => [kind, []]));
  for (const { kind, item } of items.values()) lists.get(kind)?.push(item);
  return { cordon: "security-file/1", head, ...Object.fromEntries(lists) } as SecurityFile;
}

const same = (a: unknown, b: unknown) => canonicalJson(asJson(a)) === canonicalJson(asJson(b));

function refuseStale(was: number | null, is: number | null, what: string, i: number): void {
  if (was === is) return;
  if (is === null) throw new Fault("not_found", `Somebody took out ${what} meanwhile`, { at: `changes.${i}` });
  throw new Fault("conflict", `Somebody changed ${what} since you opened it`, {
    at: `changes.${i}.was`,
    fix: "Look at it again, then change it",
  });
}

function refuseBroken(file: SecurityFile): void {
  const [first, ...more] = checkStructure(file);
  if (first === undefined) return;
  throw new Fault("bad_input", `${first.message}${more.length === 0 ? "" : ` (and ${more.length} more)`}`, {
    at: first.at === null ? "file" : [first.at.kind, first.at.id, first.field].filter((one) => one !== null).join("."),
    fix: first.fix,
  });
}
