import * as z from "zod";

/** A place advisories are read from: an https address, or a file or folder inside a folder the administrator allowed. */
export const Source = z.object({
  id: z.uuid(),
  name: z.string(),
  location: z.string(),
  enabled: z.boolean(),
  revision: z.number().int(),
});
export type Source = z.infer<typeof Source>;

export const NewSource = z.object({
  name: z.string().trim().min(1).max(100),
  location: z.string().trim().min(1).max(1_000),
  enabled: z.boolean().default(true),
});
export type NewSource = z.infer<typeof NewSource>;

export const SourceChange = z.object({
  revision: z.number().int(),
  name: z.string().trim().min(1).max(100).optional(),
  location: z.string().trim().min(1).max(1_000).optional(),
  enabled: z.boolean().optional(),
});
export type SourceChange = z.infer<typeof SourceChange>;

/** One run of reading all sources, building the index and assessing every release again. */
export const SyncRun = z.object({
  id: z.uuid(),
  startedAt: z.iso.datetime(),
  startedBy: z.string(),
  finishedAt: z.iso.datetime().nullable(),
  state: z.enum(["queued", "reading", "building", "assessing", "done", "failed"]),
  /** What is being read or assessed now. */
  step: z.string(),
  /** Records read so far, or releases assessed so far. */
  done: z.number().int(),
  /** Null while the end is not known (reading). */
  total: z.number().int().nullable(),
  records: z.number().int(),
  newFindings: z.number().int(),
  goneFindings: z.number().int(),
  /** Sources or records that could not be used, at most 100: the rest was. */
  problems: z.array(z.object({ at: z.string(), reason: z.string() })),
  /** Why it failed, in words for a person. */
  failure: z.string().nullable(),
});
export type SyncRun = z.infer<typeof SyncRun>;

export const Feed = z.object({
  name: z.string(),
  newestAt: z.string().nullable(),
  ageDays: z.number().nullable(),
  records: z.number().int(),
  /** Older than seven days, or undated. */
  stale: z.boolean(),
});
export type Feed = z.infer<typeof Feed>;

export const IntelStatus = z.object({
  /** Null: no advisories were loaded yet. */
  index: z
    .object({
      builtAt: z.iso.datetime(),
      advisories: z.number().int(),
      sizeBytes: z.number().int(),
      sha256: z.string(),
    })
    .nullable(),
  feeds: z.array(Feed),
  sources: z.array(Source),
  lastRun: SyncRun.nullable(),
  /** True: a run is under way; a new one cannot start. */
  running: z.boolean(),
});
export type IntelStatus = z.infer<typeof IntelStatus>;
