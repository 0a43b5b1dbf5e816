import type { SecurityFile } from "../schema.ts";
import { aspectOfField, aspectsOf } from "./aspects.ts";
import { changedFields, compareItems, type FieldChange } from "./compare-items.ts";
import { invalidated } from "./invalidated.ts";
import { propose } from "./proposal.ts";
import type { FieldDifference, FileDiff, ItemDifference } from "./schema.ts";

/**
 * The security file of one release against that of another: what was added, removed and changed, what no longer holds because of it, and
 * what FDA's premarket guidance makes of the change (VII.D). The proposal is decided by a person.
 */
export function diffFiles(before: SecurityFile, after: SecurityFile): FileDiff {
  const items = compareItems(before, after).map((change): ItemDifference => {
    const item = change.after ?? change.before;
    return {
      kind: change.kind,
      id: change.id,
      name: item?.name ?? change.id,
      change: change.before === null ? "added" : change.after === null ? "removed" : "changed",
      aspects: aspectsOf(change),
      fields: change.fields.map((field) => difference(field, aspectOfField(change.kind, field.field))),
    };
  });
  const count = (change: ItemDifference["change"]) => items.filter((one) => one.change === change).length;
  return {
    counts: { added: count("added"), removed: count("removed"), changed: count("changed") },
    items,
    head: changedFields(before.head, after.head).map((field) => difference(field, "assurance")),
    invalidated: invalidated(after, items),
    proposal: propose(items, before, after),
  };
}

const difference = ({ field, before, after }: FieldChange, aspect: FieldDifference["aspect"]): FieldDifference => ({
  field,
  aspect,
  ...(before !== undefined && { before }),
  ...(after !== undefined && { after }),
});
