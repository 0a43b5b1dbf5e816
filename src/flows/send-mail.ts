import { listPeople } from "../features/people/people.ts";
import { nextTry } from "../features/work/notices/back-off.ts";
import { writeLetter } from "../features/work/notices/letter.ts";
import { outbox } from "../features/work/work.ts";
import { Fault } from "../lib/fault.ts";
import { acrossOrganizations, type Db, inScope, type Scope } from "../platform/db.ts";
import type { Schedule } from "../platform/jobs/job.ts";
import type { Log } from "../platform/log.ts";
import type { SendMail } from "../platform/mail.ts";

interface MailTools {
  db: Db;
  log: Log;
  /** Null: no mail server is set up. */
  send: SendMail | null;
  publicUrl: string;
  signal: AbortSignal;
}

const MOST_AT_ONCE = 200;

/**
 * Sends what waits for a mail. Notices become one mail per person in a first transaction; each mail is then taken, sent, and marked as
 * sent. Killed in between, it is sent again minutes later under the same Message-ID: at least once, and shown once.
 */
export async function sendMails(tools: MailTools, now: () => Date): Promise<number> {
  const { db, signal, send } = tools;
  let sent = 0;
  for (const organizationId of await acrossOrganizations(db, (trx) => outbox.organizationsWithMail(trx, now()))) {
    const scope: Scope = { organizationId, actor: { kind: "system", id: "schedule", name: "Cordon" } };
    await inScope(db, scope, async (trx) => {
      if (send === null) await outbox.forgetMails(trx, scope, now());
      else await outbox.bundleMails(trx, scope, now());
    });
    if (send === null) continue;
    for (let i = 0; i < MOST_AT_ONCE && !signal.aborted; i++) {
      const outcome = await sendOne(tools, send, scope, now);
      // The next ones would fail as well: they wait for the next run, and only this one counts a try.
      if (outcome === "none" || outcome === "no server") break;
      if (outcome === "sent") sent += 1;
    }
  }
  return sent;
}

async function sendOne(
  { db, log, publicUrl }: MailTools,
  send: SendMail,
  scope: Scope,
  now: () => Date,
): Promise<"none" | "sent" | "not sent" | "no server"> {
  const taken = await inScope(db, scope, async (trx) => {
    const mail = await outbox.takeMail(trx, scope, now());
    if (mail === undefined) return undefined;
    const person = (await listPeople(trx, scope)).find(({ userId }) => userId === mail.userId);
    const { name } = await trx
      .selectFrom("organization")
      .select("name")
      .where("organizationId", "=", scope.organizationId)
      .executeTakeFirstOrThrow();
    return { ...mail, to: person?.state === "active" ? person.email : null, organization: name };
  });
  if (taken === undefined) return "none";
  const { id, to, told, organization, attempts } = taken;
  const close = (outcome: Parameters<typeof outbox.closeMail>[3]) =>
    inScope(db, scope, (trx) => outbox.closeMail(trx, scope, id, outcome));
  if (to === null) {
    await close({ failedAt: now(), reason: outbox.GONE });
    return "not sent";
  }
  try {
    await send({ to, id, ...writeLetter(told, { publicUrl, organization }) });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const again = error.code === "unavailable" ? nextTry(attempts, now()) : null;
    const reason = error.at === undefined ? error.message : `${error.message}: look at ${error.at}`;
    await close(again === null ? { failedAt: now(), reason } : { nextTryAt: again, reason });
    log.warn(
      { organizationId: scope.organizationId, attempt: attempts, code: error.code },
      `${again === null ? "a mail was given up" : "a mail waits"}${error.at === undefined ? "" : `: look at ${error.at}`}`,
    );
    return error.at === undefined ? "not sent" : "no server";
  }
  await close({ sentAt: now() });
  return "sent";
}

export const mailSchedule = (send: SendMail | null, publicUrl: string): Schedule => ({
  name: "mail.send",
  cron: "* * * * *",
  run: ({ db, log, signal }) => sendMails({ db, log, send, publicUrl, signal }, () => new Date()),
});
