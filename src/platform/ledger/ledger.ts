import { asJson, canonicalJson } from "../../lib/canonical-json.ts";
import { chain, GENESIS, type Link, sha256 } from "../../lib/hash-chain.ts";
import type { Scope, Trx } from "../db.ts";
import { addJob } from "../jobs/add-job.ts";
import { CHECKPOINT_JOB, isDue } from "./checkpoint-job.ts";
import { type LedgerEntry, toRow } from "./entry.ts";

/**
 * What happened, for the ledger. `action` is `noun.verb-in-the-past` (`finding.accepted`). `before` and `after` are the subject's
 * state, null before it was made and after it was removed; only their SHA-256 is kept, yet never pass a secret or a patient's datum:
 * short values can be guessed from their hash.
 */
export interface Change {
  action: string;
  subject: { type: string; id: string };
  before: unknown;
  after: unknown;
}

/**
 * Adds a change to the organisation's ledger, in the transaction that makes it. Writers of one organisation wait here for each
 * other until they commit: call it last.
 */
export const record = async (trx: Trx, scope: Scope, change: Change): Promise<void> => recordAll(trx, scope, [change]);

/** Several changes of one transaction, in their order. */
export async function recordAll(trx: Trx, scope: Scope, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  const { organizationId, actor } = scope;
  const head = await lockHead(trx, organizationId);
  const at = new Date().toISOString();
  let last: Link = head;
  const entries = changes.map((change): LedgerEntry => {
    const entry = chain(last, {
      organizationId,
      at,
      actor: { kind: actor.kind, id: actor.id, name: actor.name },
      action: change.action,
      subject: { type: change.subject.type, id: change.subject.id },
      beforeHash: stateHash(change.before),
      afterHash: stateHash(change.after),
    });
    last = entry;
    return entry;
  });
  for (let i = 0; i < entries.length; i += 1000)
    await trx
      .insertInto("ledgerEntry")
      .values(entries.slice(i, i + 1000).map(toRow))
      .execute();
  await trx
    .updateTable("ledgerHead")
    .set({ sequence: last.sequence, hash: last.hash })
    .where("organizationId", "=", organizationId)
    .execute();
  if (isDue(head.sequence, last.sequence)) await addJob(trx, scope, CHECKPOINT_JOB, {}, { key: "head" });
}

async function lockHead(trx: Trx, organizationId: string): Promise<Link> {
  await trx
    .insertInto("ledgerHead")
    .values({ organizationId, ...GENESIS })
    .onConflict((conflict) => conflict.column("organizationId").doNothing())
    .execute();
  return trx
    .selectFrom("ledgerHead")
    .select(["sequence", "hash"])
    .where("organizationId", "=", organizationId)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

const stateHash = (state: unknown): string | null =>
  state === null || state === undefined ? null : sha256(canonicalJson(asJson(state)));
