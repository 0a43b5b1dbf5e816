import { sql } from "kysely";
import type { Scope, Trx } from "../../../platform/db.ts";
import type { IntakeSettings } from "../schema.ts";
import type { DisclosureIntakeRow } from "../tables.ts";

export const findIntake = (trx: Trx, scope: Scope): Promise<DisclosureIntakeRow | undefined> =>
  trx.selectFrom("disclosureIntake").selectAll().where("organizationId", "=", scope.organizationId).executeTakeFirst();

/** What of an open intake anybody may know before its organisation is entered. */
export type OpenIntake = Pick<DisclosureIntakeRow, "organizationId" | "slug" | "name" | "contactEmail" | "languages">;

/** Intakes that are open, by name; runs across organisations. */
export const openIntakes = (trx: Trx): Promise<OpenIntake[]> =>
  trx
    .selectFrom("disclosureIntake")
    .select(["organizationId", "slug", "name", "contactEmail", "languages"])
    .where("enabled", "=", true)
    .orderBy("name")
    .orderBy("organizationId")
    .limit(100)
    .execute();

/** Adds the intake of an organisation that has none; false when the path is another's, or it has one by now. */
export async function addIntake(trx: Trx, scope: Scope, settings: IntakeSettings, salt: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto("disclosureIntake")
    .values({ ...settings, salt, organizationId: scope.organizationId, lastNumber: 0, revision: 1 })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function writeIntake(
  trx: Trx,
  scope: Scope,
  revision: number,
  settings: IntakeSettings,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("disclosureIntake")
    .set((e) => ({ ...settings, revision: e("revision", "+", 1) }))
    .where("organizationId", "=", scope.organizationId)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The next number of the organisation's reports. The row waits for its other takers until the transaction ends. */
export async function takeNumber(trx: Trx, scope: Scope): Promise<number | undefined> {
  const row = await trx
    .updateTable("disclosureIntake")
    .set((e) => ({ lastNumber: e("lastNumber", "+", 1) }))
    .where("organizationId", "=", scope.organizationId)
    .returning("lastNumber")
    .executeTakeFirst();
  return row?.lastNumber;
}

/** Counts one more in each bucket of this hour and forgets what is older than a day. Returns the counts in the buckets' order. */
export async function countUp(trx: Trx, scope: Scope, buckets: readonly string[], now: Date): Promise<number[]> {
  const { organizationId } = scope;
  await sql`delete from disclosure_count where organization_id = ${organizationId}::uuid
    and hour < ${now}::timestamptz - interval '1 day'`.execute(trx);
  const { rows } = await sql<{
    bucket: string;
    count: number;
  }>`insert into disclosure_count (organization_id, bucket, hour, count)
    select ${organizationId}::uuid, bucket, date_trunc('hour', ${now}::timestamptz), 1
    from unnest(${[...buckets].sort()}::text[]) as bucket
    on conflict (organization_id, bucket, hour) do update set count = disclosure_count.count + 1
    returning bucket, count`.execute(trx);
  return buckets.map((bucket) => rows.find((row) => row.bucket === bucket)?.count ?? 0);
}

export const organizationName = async (trx: Trx, { organizationId }: Scope): Promise<string> =>
  (
    await trx
      .selectFrom("organization")
      .select("name")
      .where("organizationId", "=", organizationId)
      .executeTakeFirstOrThrow()
  ).name;
