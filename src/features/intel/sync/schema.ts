import * as z from "zod";

/** A place advisories are read from: an https address, or a file or folder inside a folder the administrator allowed. */
export const Source = z.object({
  id: z.uuid(),
  name: z.string(),
  location: z.string(),
  enabled: z.boolean(),
  /** Which source of the catalogue it is; null: read as it is, every time in full. */
  plugIn: z.string().nullable(),
  choice: z.array(z.string()),
  revision: z.number().int(),
  /** How it stands; null for one that is read as it is, or was never visited. */
  standing: z
    .object({
      triedAt: z.iso.datetime().nullable(),
      /** When it last said all it had to say. */
      succeededAt: z.iso.datetime().nullable(),
      changedAt: z.iso.datetime().nullable(),
      /** Why the last visit ended early; what was known before stays in use. */
      failure: z
        .object({ code: z.string(), reason: z.string(), at: z.string().nullable(), fix: z.string().nullable() })
        .nullable(),
      problems: z.array(z.object({ at: z.string(), reason: z.string() })),
      records: z.number().int(),
      sizeBytes: z.number().int(),
      /** Where the next visit goes on, as the source writes it. */
      cursor: z.string(),
      /** True: not looked at for twice as long as it should be, or it failed. */
      late: z.boolean(),
    })
    .nullable(),
});
export type Source = z.infer<typeof Source>;

const Choice = z.array(z.string().trim().min(1).max(60)).max(60);

export const NewSource = z.object({
  name: z.string().trim().min(1).max(100),
  /** Of a source of the catalogue: another address than the published one. */
  location: z.string().trim().min(1).max(1_000),
  enabled: z.boolean().default(true),
  plugIn: z.string().max(60).nullable().default(null),
  choice: Choice.default([]),
});
export type NewSource = z.infer<typeof NewSource>;

/** A source that can be had with one click. */
export const CatalogueEntry = z.object({
  name: z.string(),
  title: z.string(),
  gives: z.string(),
  publisher: z.string(),
  terms: z.string(),
  home: z.url(),
  /** Its published address, or the mirror this installation is set up with. */
  address: z.string(),
  everyHours: z.number().int(),
  /** About how much is downloaded the first time. */
  firstBytes: z.number().int(),
  choice: z.object({ of: z.string(), standard: z.array(z.string()) }).nullable(),
  /** What an API key would bring; null: no key is of use. */
  keyHelps: z.string().nullable(),
  /** True: this installation has a key for it. */
  hasKey: z.boolean(),
});
export type CatalogueEntry = z.infer<typeof CatalogueEntry>;

export const SourceChange = z.object({
  revision: z.number().int(),
  name: z.string().trim().min(1).max(100).optional(),
  location: z.string().trim().min(1).max(1_000).optional(),
  enabled: z.boolean().optional(),
  choice: Choice.optional(),
});
export type SourceChange = z.infer<typeof SourceChange>;

/** One run of reading all sources, building the index and assessing every release again. */
export const SyncRun = z.object({
  id: z.uuid(),
  startedAt: z.iso.datetime(),
  startedBy: z.string(),
  finishedAt: z.iso.datetime().nullable(),
  state: z.enum(["queued", "fetching", "reading", "building", "assessing", "done", "failed"]),
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
