import * as z from "zod";
import type { LedgerEntryRow } from "../tables.ts";

const Hash = z.string().regex(/^[0-9a-f]{64}$/);

/** One line of a ledger. `sequence` has no gaps; the hashes of the subject say what it was without saying what was in it. */
export const LedgerEntry = z.strictObject({
  organizationId: z.string(),
  sequence: z.int().positive(),
  at: z.iso.datetime(),
  actor: z.strictObject({ kind: z.enum(["user", "key", "system"]), id: z.string(), name: z.string() }),
  action: z.string(),
  subject: z.strictObject({ type: z.string(), id: z.string() }),
  beforeHash: Hash.nullable(),
  afterHash: Hash.nullable(),
  previousHash: Hash,
  hash: Hash,
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;

export const toEntry = (row: LedgerEntryRow): LedgerEntry => ({
  organizationId: row.organizationId,
  sequence: row.sequence,
  at: row.at.toISOString(),
  actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
  action: row.action,
  subject: { type: row.subjectType, id: row.subjectId },
  beforeHash: row.beforeHash,
  afterHash: row.afterHash,
  previousHash: row.previousHash,
  hash: row.hash,
});

export const toRow = (entry: LedgerEntry): LedgerEntryRow => ({
  organizationId: entry.organizationId,
  sequence: entry.sequence,
  at: new Date(entry.at),
  actorKind: entry.actor.kind,
  actorId: entry.actor.id,
  actorName: entry.actor.name,
  action: entry.action,
  subjectType: entry.subject.type,
  subjectId: entry.subject.id,
  beforeHash: entry.beforeHash,
  afterHash: entry.afterHash,
  previousHash: entry.previousHash,
  hash: entry.hash,
});
