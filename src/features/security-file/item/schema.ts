import * as z from "zod";

/**
 * Names one thing of a security file. Unique across all kinds of one file, so that a link is an id and nothing else.
 * Kept as written: tools that read the file find the id again.
 */
export const ItemId = z
  .string()
  .max(100)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    "An id has letters, digits, dots, dashes and underscores, and starts with a letter or digit",
  );
export type ItemId = z.infer<typeof ItemId>;

export const Ids = z.array(ItemId).max(5_000).default([]);
export const Name = z.string().trim().min(1).max(300);
/** A short statement; empty: not stated. */
export const Line = z.string().trim().max(1_000).default("");
/** Prose; empty: none. */
export const Prose = z.string().max(20_000).default("");

/** What every item has. */
export const item = {
  id: ItemId,
  name: Name,
  description: Prose,
  /** The id another tool gave it, where it came from one. */
  sourceId: z.string().max(300).optional(),
};
