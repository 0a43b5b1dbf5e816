import type { Trx } from "../../../../platform/db.ts";

/** Across organisations: those with a notice or a mail whose time has come. */
export async function organizationsWithMail(trx: Trx, now: Date): Promise<string[]> {
  const rows = await trx
    .selectFrom("notice")
    .select("organizationId")
    .where("mailId", "is", null)
    .where("mailAt", "<=", now)
    .union(trx.selectFrom("mail").select("organizationId").where("nextTryAt", "<=", now))
    .execute();
  return rows.map(({ organizationId }) => organizationId);
}

/** Across organisations: those with a delivery to make. */
export const organizationsWithDeliveries = async (trx: Trx, now: Date): Promise<string[]> =>
  (
    await trx.selectFrom("webhookDelivery").select("organizationId").distinct().where("nextTryAt", "<=", now).execute()
  ).map(({ organizationId }) => organizationId);
