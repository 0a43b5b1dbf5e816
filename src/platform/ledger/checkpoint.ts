import * as z from "zod";
import { acrossOrganizations, type Db, inScope, type Scope, type Trx } from "../db.ts";
import { type SigningKeys, signRecord } from "./keys.ts";

/** The head of a ledger, signed: nobody rewrites what stands before it without the keys. `previousSequence`: 0 for the first. */
export const Checkpoint = z.strictObject({
  organizationId: z.string(),
  sequence: z.int().positive(),
  hash: z.string(),
  previousSequence: z.int().nonnegative(),
  at: z.iso.datetime(),
  keyId: z.string(),
  signatures: z.strictObject({ ed25519: z.string(), mlDsa65: z.string() }),
});
export type Checkpoint = z.infer<typeof Checkpoint>;

export const CHECKPOINT = "ledger-checkpoint/1";

/** Signs the organisation's head when entries came since the last checkpoint. True when it did. */
export async function signHead(trx: Trx, scope: Scope, keys: SigningKeys): Promise<boolean> {
  const { organizationId } = scope;
  const head = await trx
    .selectFrom("ledgerHead")
    .select(["sequence", "hash"])
    .where("organizationId", "=", organizationId)
    .forUpdate()
    .executeTakeFirst();
  const last = await lastCheckpoint(trx, organizationId);
  if (head === undefined || head.sequence === 0 || head.sequence === last?.sequence) return false;
  const at = new Date();
  const body = {
    organizationId,
    ...head,
    previousSequence: last?.sequence ?? 0,
    at: at.toISOString(),
    keyId: keys.public.keyId,
  };
  await trx
    .insertInto("ledgerKey")
    .values({ organizationId, ...keys.public })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await trx
    .insertInto("ledgerCheckpoint")
    .values({ ...body, at, ...signRecord(keys, CHECKPOINT, body) })
    .execute();
  return true;
}

export const lastCheckpoint = (trx: Trx, organizationId: string) =>
  trx
    .selectFrom("ledgerCheckpoint")
    .select(["sequence", "hash", "at"])
    .where("organizationId", "=", organizationId)
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();

/** Signs the head of every organisation that has new entries. Returns how many it signed. */
export async function signAllHeads(db: Db, keys: SigningKeys): Promise<number> {
  const organizations = await acrossOrganizations(db, (trx) =>
    trx.selectFrom("ledgerHead").select("organizationId").execute(),
  );
  let signed = 0;
  for (const { organizationId } of organizations) {
    const scope = { organizationId, actor: { kind: "system", id: "ledger", name: "Cordon" } } as const;
    if (await inScope(db, scope, (trx) => signHead(trx, scope, keys))) signed += 1;
  }
  return signed;
}
