import * as z from "zod";
import { FeedAge } from "../schema.ts";

/** What an intelligence file says about itself, in its table of contents. */
export const About = z.object({
  builtAt: z.string(),
  /** SHA-256 of all that the file says, the time it was built aside. Empty in files built before it was kept. */
  content: z.string().default(""),
  feeds: z.array(FeedAge),
  ecosystems: z.array(z.string()),
  counts: z.object({
    records: z.number().int(),
    vulnerabilities: z.number().int(),
    keys: z.number().int(),
    entries: z.number().int(),
    ranges: z.number().int(),
    exploited: z.number().int(),
    epss: z.number().int(),
    sameProduct: z.number().int(),
    refusedAliases: z.number().int(),
    replacedRecords: z.number().int(),
    /** Files built before support was read have none. */
    support: z.number().int().default(0),
  }),
});
export type About = z.infer<typeof About>;
