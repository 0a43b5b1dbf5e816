import * as z from "zod";

/** Lists are read page by page from a place, never by page number: rows that come in meanwhile neither repeat nor vanish. */
export const PageInput = z.object({
  cursor: z.string().max(1_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type PageInput = z.infer<typeof PageInput>;

/** How many rows the filter finds. Counting stops at a bound: `exact` false means "at least `count`". */
export const Total = z.object({ count: z.number().int(), exact: z.boolean() });
export type Total = z.infer<typeof Total>;

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable(), total: Total });
