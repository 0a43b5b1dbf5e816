import * as z from "zod";
import { LossReport } from "../formats/schema.ts";
import { ItemId } from "../item/schema.ts";
import { FileHead, ITEMS, ItemKind, SecurityFile } from "../schema.ts";

const put = <K extends ItemKind>(kind: K) =>
  z.strictObject({
    do: z.literal("put"),
    kind: z.literal(kind),
    item: ITEMS[kind],
    /** The revision of it that was seen; null: it is new. */
    was: z.number().int().nullable(),
  });

/** One change of a file: an item is written or taken out, or what holds for the whole file is written. */
export const FileChange = z.discriminatedUnion("do", [
  z.discriminatedUnion("kind", [
    put("zones"),
    put("elements"),
    put("ports"),
    put("assets"),
    put("credentials"),
    put("flows"),
    put("updatePaths"),
    put("states"),
    put("useCases"),
    put("assumptions"),
    put("functions"),
    put("hazards"),
    put("situations"),
    put("harms"),
    put("threats"),
    put("risks"),
    put("requirements"),
    put("controls"),
    put("tests"),
    put("evidence"),
    put("labels"),
    put("layouts"),
  ]),
  z.strictObject({ do: z.literal("remove"), kind: ItemKind, id: ItemId, was: z.number().int() }),
  z.strictObject({ do: z.literal("head"), head: FileHead, was: z.number().int().nullable() }),
]);
export type FileChange = z.infer<typeof FileChange>;

/** A file as it is on the server. Revisions are of the file; an item's is the one it was last changed in. */
export const StoredFile = z.object({
  /** Null: none yet. */
  file: SecurityFile.nullable(),
  revision: z.number().int(),
  revisions: z.record(ItemId, z.number().int()),
  headRevision: z.number().int(),
  changedAt: z.iso.datetime().nullable(),
  changedBy: z.string().nullable(),
});
export type StoredFile = z.infer<typeof StoredFile>;

export const Changed = z.object({
  revision: z.number().int(),
  /** Of what was changed; null: it is gone. */
  revisions: z.record(ItemId, z.number().int().nullable()),
});
export type Changed = z.infer<typeof Changed>;

/** A whole file came in: what is different now, and what did not fit where another tool wrote it. */
export const FileReceipt = Changed.extend({ report: LossReport.nullable() });
export type FileReceipt = z.infer<typeof FileReceipt>;

/** A change as it was made. */
export const ChangeMade = z.object({
  revision: z.number().int(),
  note: z.string(),
  changedBy: z.string(),
  changedAt: z.iso.datetime(),
  changes: z.array(
    z.object({
      kind: z.union([ItemKind, z.literal("head")]),
      id: z.string(),
      name: z.string(),
      did: z.enum(["added", "changed", "removed"]),
    }),
  ),
});
export type ChangeMade = z.infer<typeof ChangeMade>;
