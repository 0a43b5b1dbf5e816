import * as z from "zod";

/** At most so many of one person's own. */
export const MOST_FILTERS = 50;

/** A filter as it stands in the page's address, without the question mark. */
const Search = z
  .string()
  .max(1_000)
  .regex(/^[\x21-\x7e]*$/, "it is the part of an address after the question mark")
  .refine((text) => !text.startsWith("?") && !text.includes("#"), "without ? and #");

const Name = z.string().trim().min(1, "Give it a name").max(80);

export const SavedFilter = z.object({
  id: z.uuid(),
  name: z.string(),
  search: z.string(),
  /** Everybody in the organisation sees it. */
  shared: z.boolean(),
  owner: z.object({ id: z.string(), name: z.string() }),
  mine: z.boolean(),
  /** The inbox opens with it, for me. */
  isDefault: z.boolean(),
  revision: z.number().int(),
});
export type SavedFilter = z.infer<typeof SavedFilter>;

export const NewFilter = z.object({ name: Name, search: Search });
export type NewFilter = z.infer<typeof NewFilter>;

export const FilterChange = z.object({
  revision: z.number().int(),
  name: Name.optional(),
  search: Search.optional(),
});
export type FilterChange = z.infer<typeof FilterChange>;
