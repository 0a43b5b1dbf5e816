import { newId } from "../../../../lib/ids.ts";
import type { Scope, Trx } from "../../../../platform/db.ts";
import { BUNDLE_MS } from "../preferences.ts";

/** How long one sender may take over a mail before another takes it up. */
const LEASE_MS = 5 * 60_000;

/** Puts the notices whose time has come into one mail per person; what comes within a minute goes along, what was read meanwhile not. */
export async function bundleMails(trx: Trx, { organizationId }: Scope, now: Date): Promise<number> {
  const due = await trx
    .selectFrom("notice")
    .select("userId")
    .distinct()
    .where("organizationId", "=", organizationId)
    .where("mailId", "is", null)
    .where("mailAt", "<=", now)
    .execute();
  let mails = 0;
  for (const { userId } of due) {
    const waiting = await trx
      .selectFrom("notice")
      .select(["id", "readAt"])
      .where("organizationId", "=", organizationId)
      .where("userId", "=", userId)
      .where("mailId", "is", null)
      .where("mailAt", "<=", new Date(now.getTime() + BUNDLE_MS))
      .orderBy("id")
      .forUpdate()
      .skipLocked()
      .execute();
    const read = waiting.filter(({ readAt }) => readAt !== null).map(({ id }) => id);
    const unread = waiting.filter(({ readAt }) => readAt === null).map(({ id }) => id);
    if (read.length > 0) await setMail(trx, organizationId, read, { mailAt: null });
    if (unread.length === 0) continue;
    const id = newId();
    const mail = { organizationId, id, userId, createdAt: now, nextTryAt: now };
    await trx
      .insertInto("mail")
      .values({ ...mail, sentAt: null, failedAt: null, reason: null })
      .execute();
    await setMail(trx, organizationId, unread, { mailId: id });
    mails += 1;
  }
  return mails;
}

/** Where no mail server is set up, what waits for a mail waits no longer: it stands in the app. */
export const forgetMails = (trx: Trx, { organizationId }: Scope, now: Date) =>
  trx
    .updateTable("notice")
    .set({ mailAt: null })
    .where("organizationId", "=", organizationId)
    .where("mailId", "is", null)
    .where("mailAt", "<=", now)
    .execute();

const setMail = (
  trx: Trx,
  organizationId: string,
  ids: readonly string[],
  values: { mailAt: null } | { mailId: string },
) =>
  trx.updateTable("notice").set(values).where("organizationId", "=", organizationId).where("id", "in", ids).execute();

/** Takes one mail to send; nobody else does so for five minutes. Undefined: none waits. */
export async function takeMail(trx: Trx, { organizationId }: Scope, now: Date) {
  const mail = await trx
    .selectFrom("mail")
    .select(["id", "userId", "attempts"])
    .where("organizationId", "=", organizationId)
    .where("nextTryAt", "<=", now)
    .orderBy("nextTryAt")
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (mail === undefined) return undefined;
  const attempts = mail.attempts + 1;
  await changeMail(trx, organizationId, mail.id, { attempts, nextTryAt: new Date(now.getTime() + LEASE_MS) });
  const told = await trx
    .selectFrom("notice")
    .select(["title", "happened", "safe", "nextStep", "path"])
    .where("organizationId", "=", organizationId)
    .where("mailId", "=", mail.id)
    .orderBy("id")
    .execute();
  return { ...mail, attempts, told };
}

export const closeMail = (
  trx: Trx,
  { organizationId }: Scope,
  id: string,
  outcome: { sentAt: Date } | { nextTryAt: Date; reason: string } | { failedAt: Date; reason: string },
) => changeMail(trx, organizationId, id, { nextTryAt: null, ...outcome });

const changeMail = (
  trx: Trx,
  organizationId: string,
  id: string,
  values: Partial<{
    attempts: number;
    nextTryAt: Date | null;
    sentAt: Date;
    failedAt: Date;
    reason: string;
  }>,
) => trx.updateTable("mail").set(values).where("organizationId", "=", organizationId).where("id", "=", id).execute();
