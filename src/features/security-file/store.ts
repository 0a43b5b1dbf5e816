import { sql } from "kysely";
import { storableJson } from "../../lib/storable.ts";
import type { Scope, Trx } from "../../platform/db.ts";
import type { FileHead, ItemKind } from "./schema.ts";
import type { ItemChange } from "./tables.ts";
import type { AcceptanceMatrix } from "./threats/schema.ts";

export const findFile = (trx: Trx, scope: Scope, releaseId: string) =>
  trx
    .selectFrom("securityFile")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .where("releaseId", "=", releaseId)
    .executeTakeFirst();

export const itemsOf = (trx: Trx, scope: Scope, releaseId: string) =>
  trx
    .selectFrom("securityFileItem")
    .select(["id", "kind", "body", "revision"])
    .where("organizationId", "=", scope.organizationId)
    .where("releaseId", "=", releaseId)
    .orderBy("id")
    .execute();

/** Which of these releases have a security file. */
export async function releasesWithFile(trx: Trx, scope: Scope, releaseIds: readonly string[]): Promise<string[]> {
  const rows = await trx
    .selectFrom("securityFile")
    .select("releaseId")
    .where("organizationId", "=", scope.organizationId)
    .where(sql<boolean>`release_id = any(${[...releaseIds]}::uuid[])`)
    .orderBy("releaseId")
    .execute();
  return rows.map((row) => row.releaseId);
}

/** Releases of a device that have a security file. */
export async function filesOfDevice(trx: Trx, scope: Scope, deviceId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select s.release_id as id from security_file s
    join release r on r.organization_id = s.organization_id and r.id = s.release_id
    where s.organization_id = ${scope.organizationId}::uuid and r.device_id = ${deviceId}::uuid order by id`.execute(
    trx,
  );
  return rows.map((row) => row.id);
}

export const itemsOfKinds = (trx: Trx, scope: Scope, releaseId: string, kinds: readonly ItemKind[]) =>
  trx
    .selectFrom("securityFileItem")
    .select(["id", "kind", "body"])
    .where("organizationId", "=", scope.organizationId)
    .where("releaseId", "=", releaseId)
    .where("kind", "in", [...kinds])
    .orderBy("id")
    .execute();

/** Writes what holds for the whole file, and its revision. */
export async function putFile(
  trx: Trx,
  scope: Scope,
  row: { releaseId: string; revision: number; head: FileHead; headRevision: number },
  now: Date,
): Promise<void> {
  const values = {
    ...row,
    head: storableJson(row.head),
    changedBy: scope.actor.name,
    changedAt: now,
  };
  await trx
    .insertInto("securityFile")
    .values({ organizationId: scope.organizationId, ...values })
    .onConflict((conflict) => conflict.columns(["organizationId", "releaseId"]).doUpdateSet(values))
    .execute();
}

/** Writes or takes out items. */
export async function putItems(
  trx: Trx,
  scope: Scope,
  releaseId: string,
  differences: readonly ItemChange[],
  revision: number,
): Promise<void> {
  const items = differences.filter(({ kind }) => kind !== "head");
  const gone = items.filter(({ after }) => after === null).map(({ id }) => id);
  const there = items.filter(({ after }) => after !== null);
  if (gone.length > 0)
    await sql`delete from security_file_item where organization_id = ${scope.organizationId}::uuid
      and release_id = ${releaseId}::uuid and id = any(${gone}::text[])`.execute(trx);
  if (there.length > 0)
    await sql`insert into security_file_item (organization_id, release_id, id, kind, body, revision)
      select ${scope.organizationId}::uuid, ${releaseId}::uuid, id, kind, body::jsonb, ${revision}
      from unnest(${there.map(({ id }) => id)}::text[], ${there.map(({ kind }) => kind)}::text[],
        ${there.map(({ after }) => storableJson(after))}::text[]) as given (id, kind, body)
      on conflict (organization_id, release_id, id) do update
        set kind = excluded.kind, body = excluded.body, revision = excluded.revision`.execute(trx);
}

export const insertChange = (
  trx: Trx,
  scope: Scope,
  row: { releaseId: string; revision: number; differences: readonly ItemChange[]; note: string },
  now: Date,
) =>
  trx
    .insertInto("securityFileChange")
    .values({
      organizationId: scope.organizationId,
      releaseId: row.releaseId,
      revision: row.revision,
      changes: storableJson(row.differences),
      note: row.note,
      changedById: scope.actor.id,
      changedBy: scope.actor.name,
      changedAt: now,
    })
    .execute();

/** Changes of a file, newest first, below a revision. */
export const changesOf = (trx: Trx, scope: Scope, releaseId: string, below: number, limit: number) =>
  trx
    .selectFrom("securityFileChange")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .where("releaseId", "=", releaseId)
    .where("revision", "<", below)
    .orderBy("revision", "desc")
    .limit(limit)
    .execute();

export const matricesOf = (trx: Trx, scope: Scope) =>
  trx
    .selectFrom("acceptanceMatrix")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .orderBy("addedAt", "desc")
    .limit(1_000)
    .execute();

/** Keeps an edition. False: there is one of that name and edition already. */
export async function insertMatrix(
  trx: Trx,
  scope: Scope,
  id: string,
  matrix: AcceptanceMatrix,
  now: Date,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto("acceptanceMatrix")
    .values({
      organizationId: scope.organizationId,
      id,
      name: matrix.name,
      edition: matrix.edition,
      matrix: storableJson(matrix),
      addedBy: scope.actor.name,
      addedAt: now,
    })
    .onConflict((conflict) => conflict.columns(["organizationId", "name", "edition"]).doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}
