import * as z from "zod";

const MAX_CYCLES = 2000;
const MAX_IDENTIFIERS = 1000;
const short = z.string().min(1).max(200);

/** The front matter of an endoflife.date product (github.com/endoflife-date/endoflife.date, CONTRIBUTING.md), as far as it is read. */
export const EndOfLifeProduct = z.object({
  title: short,
  permalink: z.string().regex(/^\/[a-z0-9][a-z0-9.+_-]{0,99}$/, "A permalink is / and one word"),
  eoesColumn: z.union([z.string().max(200), z.boolean()]).optional(),
  identifiers: z
    .array(z.record(z.string(), z.string().max(2000)))
    .max(MAX_IDENTIFIERS)
    .nullish(),
  releases: z.array(z.unknown()).max(MAX_CYCLES),
});
export type EndOfLifeProduct = z.infer<typeof EndOfLifeProduct>;

export const EndOfLifeRelease = z.object({
  releaseCycle: short,
  codename: z.string().max(200).nullish(),
  releaseDate: z.string(),
  eoas: z.unknown().optional(),
  eol: z.unknown().optional(),
  eoes: z.unknown().optional(),
  latest: z.string().max(200).nullish(),
  latestReleaseDate: z.string().nullish(),
});
export type EndOfLifeRelease = z.infer<typeof EndOfLifeRelease>;
