import type { Scope, Trx } from "../../../platform/db.ts";
import type { InvitationRow } from "../tables.ts";

export const addInvitation = (
  trx: Trx,
  { organizationId }: Scope,
  invitation: Omit<InvitationRow, "organizationId" | "usedAt" | "withdrawnAt">,
): Promise<InvitationRow> =>
  trx
    .insertInto("invitation")
    .values({ ...invitation, organizationId, usedAt: null, withdrawnAt: null })
    .returningAll()
    .executeTakeFirstOrThrow();

/** Neither used nor withdrawn nor expired. */
const open = (trx: Trx, now: Date) =>
  trx
    .selectFrom("invitation")
    .selectAll()
    .where("usedAt", "is", null)
    .where("withdrawnAt", "is", null)
    .where("expiresAt", ">", now);

/** Across organisations: whose link this is. */
export const findByLink = (trx: Trx, tokenHash: string, now: Date) =>
  open(trx, now).where("tokenHash", "=", tokenHash).executeTakeFirst();

/** Across organisations: what waits for an e-mail address. */
export const findByEmail = (trx: Trx, email: string, now: Date): Promise<InvitationRow[]> =>
  open(trx, now).where("email", "=", email).where("purpose", "=", "invitation").execute();

export const listInvitations = (trx: Trx, { organizationId }: Scope, now: Date): Promise<InvitationRow[]> =>
  open(trx, now)
    .where("organizationId", "=", organizationId)
    .where("purpose", "=", "invitation")
    .orderBy("createdAt", "desc")
    .limit(1000)
    .execute();

/** Uses an invitation up. Undefined when somebody else was faster, or it is over. */
export const claim = (trx: Trx, { organizationId }: Scope, id: string, now: Date): Promise<InvitationRow | undefined> =>
  trx
    .updateTable("invitation")
    .set({ usedAt: now })
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .where("usedAt", "is", null)
    .where("withdrawnAt", "is", null)
    .where("expiresAt", ">", now)
    .returningAll()
    .executeTakeFirst();

export const withdraw = (
  trx: Trx,
  { organizationId }: Scope,
  id: string,
  now: Date,
): Promise<InvitationRow | undefined> =>
  trx
    .updateTable("invitation")
    .set({ withdrawnAt: now })
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .where("usedAt", "is", null)
    .where("withdrawnAt", "is", null)
    .returningAll()
    .executeTakeFirst();

/** Of links to be let in by, only the newest works: the one for a first administrator, and each person's own for recovery. */
export const withdrawLinks = (
  trx: Trx,
  { organizationId }: Scope,
  which: { purpose: "first-administrator" } | { purpose: "recovery"; email: string },
  now: Date,
) =>
  trx
    .updateTable("invitation")
    .set({ withdrawnAt: now })
    .where("organizationId", "=", organizationId)
    .where("purpose", "=", which.purpose)
    .$if("email" in which, (query) => query.where("email", "=", "email" in which ? which.email : ""))
    .where("usedAt", "is", null)
    .where("withdrawnAt", "is", null)
    .execute();
