import { sql } from "kysely";
import { newId } from "../../../../lib/ids.ts";
import type { Scope, Trx } from "../../../../platform/db.ts";
import { BUNDLE_MS } from "../preferences.ts";
import type { MailTrouble } from "../schema.ts";

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

/** The person left before the mail was sent: nobody's trouble. */
export const GONE = "The person is no longer active";
const REFUSED_DAYS = 14;

/**
 * Whose mails do not arrive, and why, the newest trouble first: those that wait after a failed try, and those whose address was refused
 * within a fortnight, until a later one to the same person is sent. `userId`: of that person alone.
 */
export async function mailTroubles(
  trx: Trx,
  { organizationId }: Scope,
  now: Date,
  userId: string | null = null,
): Promise<(MailTrouble & { userId: string })[]> {
  const { rows } = await sql<{
    userId: string;
    reason: string;
    since: Date;
    refused: boolean;
  }>`select distinct on (m.user_id) m.user_id, m.reason, m.failed_at is not null as refused,
      min(m.created_at) over (partition by m.user_id) as since
    from mail m
    where m.organization_id = ${organizationId}::uuid and m.sent_at is null and m.reason is not null and m.reason <> ${GONE}
      and (${userId}::uuid is null or m.user_id = ${userId}::uuid)
      and (m.failed_at is null or m.failed_at > ${now}::timestamptz - make_interval(days => ${REFUSED_DAYS}))
      and not exists (select from mail later where later.organization_id = m.organization_id and later.user_id = m.user_id
        and later.sent_at > coalesce(m.failed_at, 'infinity'::timestamptz))
    order by m.user_id, m.created_at desc`.execute(trx);
  return rows
    .sort((a, b) => b.since.getTime() - a.since.getTime())
    .map(({ since, ...row }) => ({ ...row, since: since.toISOString() }));
}

/** Mails that are neither sent nor given up. */
export const countWaitingMails = async (trx: Trx, { organizationId }: Scope): Promise<number> =>
  (
    await trx
      .selectFrom("mail")
      .select((e) => e.fn.countAll<number>().as("count"))
      .where("organizationId", "=", organizationId)
      .where("sentAt", "is", null)
      .where("failedAt", "is", null)
      .executeTakeFirstOrThrow()
  ).count;
