import * as z from "zod";

/** A line of the ledger. */
export const Entry = z.object({
  sequence: z.number().int(),
  at: z.iso.datetime(),
  actor: z.object({ kind: z.enum(["user", "key", "system"]), id: z.string(), name: z.string() }),
  /** What was done, as `noun.verb-in-the-past`: `release.phase-entered`. */
  action: z.string(),
  /** `name`: what people call it now; null when it is gone, or has no name. The ledger itself keeps the id. */
  subject: z.object({ type: z.string(), id: z.string(), name: z.string().nullable() }),
  /** SHA-256 of the subject before and after; null before it was made and after it was removed. */
  beforeHash: z.string().nullable(),
  afterHash: z.string().nullable(),
  previousHash: z.string(),
  hash: z.string(),
});
export type Entry = z.infer<typeof Entry>;

/** The head signed at one moment; nobody can rewrite what came before it without the keys. */
export const Checkpoint = z.object({ sequence: z.number().int(), hash: z.string(), at: z.iso.datetime() });
export type Checkpoint = z.infer<typeof Checkpoint>;

export const LedgerState = z.object({
  head: z.object({ sequence: z.number().int(), hash: z.string(), at: z.iso.datetime().nullable() }),
  checkpoint: Checkpoint.nullable(),
});
export type LedgerState = z.infer<typeof LedgerState>;

export const Verification = z.object({
  ok: z.boolean(),
  entries: z.number().int(),
  /** The first entry that does not verify and why. */
  firstBad: z.object({ sequence: z.number().int(), reason: z.string() }).nullable(),
  checkedAt: z.iso.datetime(),
  tookMs: z.number(),
});
export type Verification = z.infer<typeof Verification>;
