import * as z from "zod";

/** One document of a source that is kept: its bytes are in the store under their SHA-256. */
export const KeptDocument = z.object({
  /** The source's own name for it, `PyPI/all.zip`; what a later document of the same name replaces. */
  name: z.string().min(1).max(1_000),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sizeBytes: z.number().int().nonnegative(),
  url: z.string(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  /** Documents are read in this order: of two that speak of one record, the later counts. */
  sequence: z.number().int().nonnegative(),
  fetchedAt: z.iso.datetime(),
  records: z.number().int().nonnegative(),
  unusable: z.number().int().nonnegative(),
});
export type KeptDocument = z.infer<typeof KeptDocument>;

export const LoadProblem = z.object({ at: z.string(), reason: z.string() });
export type LoadProblem = z.infer<typeof LoadProblem>;

/** All that is remembered of a source between two visits. `cursor` is the plug-in's own. */
export const SourceState = z.object({
  plugIn: z.string(),
  cursor: z.json(),
  documents: z.array(KeptDocument),
  /** Validators of small documents that only say what changed, by address. */
  seen: z.record(z.string(), z.object({ etag: z.string().nullable(), lastModified: z.string().nullable() })),
  triedAt: z.iso.datetime().nullable(),
  /** When the source last said all it had to say. */
  succeededAt: z.iso.datetime().nullable(),
  /** When it last said something new. */
  changedAt: z.iso.datetime().nullable(),
  /** Why the last visit ended early, for a person; null: it did not. */
  failure: z
    .object({ code: z.string(), reason: z.string(), at: z.string().nullable(), fix: z.string().nullable() })
    .nullable(),
  /** Records that could not be used at the last visit, at most 20 named. */
  problems: z.array(LoadProblem),
});
export type SourceState = z.infer<typeof SourceState>;

export const noState = (plugIn: string): SourceState => ({
  plugIn,
  cursor: null,
  documents: [],
  seen: {},
  triedAt: null,
  succeededAt: null,
  changedAt: null,
  failure: null,
  problems: [],
});

/** A source as a folder or a bundle holds it: what was chosen of it, and its state. The key is its name, with `@` another provider. */
export const FetchedSource = z.object({
  bases: z.record(z.string(), z.string()),
  choice: z.array(z.string()),
  state: SourceState,
});
export type FetchedSource = z.infer<typeof FetchedSource>;
export const FetchedSources = z.record(z.string().min(1).max(500), FetchedSource);

/** True when what arrived knows less recent things than what is here. */
export const isOlder = (
  arrived: Pick<SourceState, "succeededAt">,
  here: Pick<SourceState, "succeededAt"> | undefined,
): boolean =>
  here !== undefined &&
  here.succeededAt !== null &&
  (arrived.succeededAt === null || arrived.succeededAt < here.succeededAt);
