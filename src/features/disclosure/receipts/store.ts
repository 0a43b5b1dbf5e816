import type { Insertable } from "kysely";
import type { Scope, Trx } from "../../../platform/db.ts";
import type { DisclosureReceiptRow } from "../tables.ts";

/** How long one sender may take over a receipt before another takes it up. */
const LEASE_MS = 5 * 60_000;

/** Nothing is left to send, and no word of a link is kept. */
export const DONE = { reason: null, sealedToken: null, nextTryAt: null } as const;

export const addReceipt = (
  trx: Trx,
  { organizationId }: Scope,
  receipt: Omit<Insertable<DisclosureReceiptRow>, "organizationId">,
) =>
  trx
    .insertInto("disclosureReceipt")
    .values({ ...receipt, organizationId })
    .execute();

export const findReceipt = (trx: Trx, { organizationId }: Scope, caseId: string) =>
  trx
    .selectFrom("disclosureReceipt")
    .select(["state", "reason", "at"])
    .where("organizationId", "=", organizationId)
    .where("caseId", "=", caseId)
    .executeTakeFirst();

/** Changes the receipt of a case, when it has one; of one that waits only, when `waiting` says so. */
export const changeReceipt = (
  trx: Trx,
  { organizationId }: Scope,
  caseId: string,
  change: Partial<Omit<Insertable<DisclosureReceiptRow>, "organizationId" | "caseId">>,
  { waiting = false } = {},
) =>
  trx
    .updateTable("disclosureReceipt")
    .set(change)
    .where("organizationId", "=", organizationId)
    .where("caseId", "=", caseId)
    .$if(waiting, (query) => query.where("state", "=", "waiting"))
    .executeTakeFirst();

/** Across organisations: those with a receipt to send. */
export const organizationsWithReceipts = async (trx: Trx, now: Date): Promise<string[]> =>
  (
    await trx
      .selectFrom("disclosureReceipt")
      .select("organizationId")
      .distinct()
      .where("nextTryAt", "<=", now)
      .execute()
  ).map(({ organizationId }) => organizationId);

/** Takes one receipt to send, with what it says; nobody else does so for five minutes. Undefined: none waits. */
export async function takeReceipt(trx: Trx, { organizationId }: Scope, now: Date) {
  const due = await trx
    .selectFrom("disclosureReceipt")
    .select(["caseId", "attempts", "inReplyTo", "sealedToken"])
    .where("organizationId", "=", organizationId)
    .where("nextTryAt", "<=", now)
    .orderBy("nextTryAt")
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (due === undefined) return undefined;
  const attempts = due.attempts + 1;
  await trx
    .updateTable("disclosureReceipt")
    .set({ attempts, nextTryAt: new Date(now.getTime() + LEASE_MS) })
    .where("organizationId", "=", organizationId)
    .where("caseId", "=", due.caseId)
    .execute();
  const about = await trx
    .selectFrom("disclosureCase as c")
    .innerJoin("disclosureIntake as i", "i.organizationId", "c.organizationId")
    .select(["c.number", "c.contact", "i.slug", "i.name", "i.contactEmail"])
    .where("c.organizationId", "=", organizationId)
    .where("c.id", "=", due.caseId)
    .executeTakeFirstOrThrow();
  return { ...due, ...about, attempts };
}
