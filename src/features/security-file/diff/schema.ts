import * as z from "zod";
import { ItemId } from "../item/schema.ts";
import { ItemKind } from "../schema.ts";

/** An item named, so that a reader needs no second look-up. */
export const ItemName = z.object({ kind: ItemKind, id: ItemId, name: z.string() });
export type ItemName = z.infer<typeof ItemName>;

/** What a change is about, as FDA's premarket guidance asks of a modification (VII.D). `wording`: nothing but words. */
export const Aspect = z.enum([
  "architecture",
  "interfaces",
  "cryptography",
  "authentication",
  "update",
  "controls",
  "components",
  "clinical",
  "assurance",
  "wording",
]);
export type Aspect = z.infer<typeof Aspect>;

export const FieldDifference = z.object({
  /** "zone"; "path.authentication" inside a flow's communication path. */
  field: z.string(),
  aspect: Aspect,
  /** As JSON has it; absent where there was none. */
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});
export type FieldDifference = z.infer<typeof FieldDifference>;

export const ItemDifference = ItemName.extend({
  change: z.enum(["added", "removed", "changed"]),
  /** Everything it is about; the field of a change has its own. */
  aspects: z.array(Aspect),
  /** Empty when added or removed. */
  fields: z.array(FieldDifference),
});
export type ItemDifference = z.infer<typeof ItemDifference>;

/** Something of the newer file that rests on what changed, and was not touched itself. */
export const Invalidated = ItemName.extend({
  todo: z.string(),
  /** From what changed to what it rests on directly. */
  because: z.array(ItemName).min(1),
});
export type Invalidated = z.infer<typeof Invalidated>;

/** FDA premarket guidance, section VII.D: a proposal, which a person decides. */
export const Proposal = z.object({
  impact: z.enum(["may-impact", "unlikely"]),
  section: z.enum(["VII.D.1", "VII.D.2"]),
  reasons: z.array(z.object({ aspect: Aspect, because: z.string(), at: ItemName.nullable() })).min(1),
  /** What a submission holds then, each with what asks for it. */
  documents: z.array(z.object({ name: z.string(), basis: z.string() })),
});
export type Proposal = z.infer<typeof Proposal>;

/** Two security files, release to release. */
export const FileDiff = z.object({
  counts: z.object({ added: z.number().int(), removed: z.number().int(), changed: z.number().int() }),
  items: z.array(ItemDifference),
  /** Fields of the file's head that differ. */
  head: z.array(FieldDifference),
  invalidated: z.array(Invalidated),
  proposal: Proposal,
});
export type FileDiff = z.infer<typeof FileDiff>;
