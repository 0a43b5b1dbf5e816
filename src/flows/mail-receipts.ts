import { type Arrival, type Opened, receipts } from "../features/disclosure/disclosure.ts";
import { addressBucket } from "../features/disclosure/opened-at.ts";
import { writeReceipt } from "../features/disclosure/receipts/letter.ts";
import { whyNotMailed } from "../features/disclosure/receipts/why-not-mailed.ts";
import { nextTry } from "../features/work/notices/back-off.ts";
import { Fault } from "../lib/fault.ts";
import { acrossOrganizations, type Db, inScope, type Scope, type Trx } from "../platform/db.ts";
import type { Schedule } from "../platform/jobs/job.ts";
import { record } from "../platform/ledger/ledger.ts";
import type { Log } from "../platform/log.ts";
import type { SendMail } from "../platform/mail.ts";
import type { FileSeal } from "../platform/seal.ts";

/** Receipts in an hour: to one address, and in all. Whoever forges senders makes us write to others no more often. */
const TO_ONE = 3;
const IN_ALL = 60;

export interface ReceiptTools {
  seal: FileSeal;
  /** The sender of our mails; null where no mail server is set up. */
  mailFrom: string | null;
}

/** Says how the reporter of a new case gets the link: by a mail that waits from now on, or from a person, and why. */
export async function planReceipt(
  trx: Trx,
  scope: Scope,
  { id, token }: Opened & { token: string },
  { report: { contact }, via, sourceId, answerable = false }: Arrival,
  { seal, mailFrom }: ReceiptTools,
  now: Date,
): Promise<void> {
  const intake = await receipts.intake(trx, scope);
  if (intake === undefined) return;
  const why =
    whyNotMailed({ via, contact, answerable }, intake, mailFrom) ?? (await tooMany(trx, scope, intake, contact, now));
  const receipt = { ...receipts.DONE, caseId: id, at: now, inReplyTo: null };
  await receipts.add(
    trx,
    scope,
    why === null
      ? {
          ...{ ...receipt, state: "waiting", nextTryAt: now },
          inReplyTo: sourceId !== null && /^<[^\s<>]{1,250}>$/.test(sourceId) ? sourceId : null,
          sealedToken: seal.closeBytes(Buffer.from(token), placeOf(scope, id)),
        }
      : { ...receipt, state: "by-hand", reason: why },
  );
}

async function tooMany(trx: Trx, scope: Scope, { salt }: { salt: string }, contact: string, now: Date) {
  const buckets = [`receipt:${addressBucket(salt, contact.toLowerCase())}`, "receipt:all"];
  const [one = 0, all = 0] = await receipts.countUp(trx, scope, buckets, now);
  return one > TO_ONE || all > IN_ALL ? "very many receipts went out within the hour" : null;
}

/** The word of the link in a receipt that waits. Fault `tampered`. */
const tokenIn = (scope: Scope, caseId: string, sealed: Buffer, seal: FileSeal): string =>
  seal.openBytes(sealed, placeOf(scope, caseId)).toString();

const placeOf = ({ organizationId }: Scope, caseId: string) => `${organizationId}/${caseId}/link`;

/** It was sent; or it waits again; or a person must send the link. */
async function closeReceipt(
  trx: Trx,
  scope: Scope,
  caseId: string,
  outcome: { sentAt: Date } | { againAt: Date; reason: string } | { failedAt: Date; reason: string },
): Promise<void> {
  if ("sentAt" in outcome) {
    await receipts.change(
      trx,
      scope,
      caseId,
      { ...receipts.DONE, state: "sent", at: outcome.sentAt },
      { waiting: true },
    );
    const subject = { type: "report", id: caseId };
    await record(trx, scope, { action: "report.receipt-mailed", subject, before: null, after: {} });
  } else if ("againAt" in outcome) {
    const { againAt, reason } = outcome;
    await receipts.change(trx, scope, caseId, { reason, nextTryAt: againAt }, { waiting: true });
  } else {
    const { failedAt, reason } = outcome;
    await receipts.change(
      trx,
      scope,
      caseId,
      { ...receipts.DONE, state: "by-hand", at: failedAt, reason },
      { waiting: true },
    );
  }
}

export interface PostOffice {
  /** Null: no mail server is set up any more. */
  send: SendMail | null;
  seal: FileSeal;
  baseUrl: string;
}

interface Run {
  db: Db;
  log: Log;
  signal: AbortSignal;
}

const MOST_AT_ONCE = 100;

/** Sends the receipts that wait, each taken, sent and closed: at least once, under one Message-ID and with one link. */
export async function sendReceipts({ db, log, signal }: Run, office: PostOffice, now: () => Date): Promise<number> {
  let sent = 0;
  for (const organizationId of await acrossOrganizations(db, (trx) => receipts.due(trx, now()))) {
    const scope: Scope = { organizationId, actor: { kind: "system", id: "schedule", name: "Cordon" } };
    for (let i = 0; i < MOST_AT_ONCE && !signal.aborted; i++) {
      const taken = await inScope(db, scope, (trx) => receipts.take(trx, scope, now()));
      if (taken === undefined) break;
      const outcome = await sendOne(office, scope, taken, now);
      await inScope(db, scope, (trx) => closeReceipt(trx, scope, taken.caseId, outcome));
      if ("sentAt" in outcome) sent += 1;
      else log.warn({ organizationId, attempt: taken.attempts }, "a receipt was not sent");
    }
  }
  return sent;
}

type Taken = NonNullable<Awaited<ReturnType<typeof receipts.take>>>;

async function sendOne(
  { send, seal, baseUrl }: PostOffice,
  scope: Scope,
  { caseId, attempts, inReplyTo, sealedToken, number, contact, slug, name, contactEmail }: Taken,
  now: () => Date,
): Promise<Parameters<typeof closeReceipt>[3]> {
  try {
    if (send === null || sealedToken === null) throw new Fault("bad_input", "no mail server is set up");
    const form = `${baseUrl}/report/${slug}`;
    const link = `${form}/case/${tokenIn(scope, caseId, sealedToken, seal)}`;
    const replyTo = contactEmail === "" ? null : contactEmail;
    await send({
      to: contact,
      id: caseId,
      ...writeReceipt({ number, name, link, form }),
      answers: { inReplyTo, replyTo },
    });
    return { sentAt: now() };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const againAt = error.code === "unavailable" ? nextTry(attempts, now()) : null;
    const reason = error.message;
    return againAt === null ? { failedAt: now(), reason } : { againAt, reason };
  }
}

export const receiptSchedule = (office: PostOffice): Schedule => ({
  name: "receipt.send",
  cron: "* * * * *",
  run: (run) => sendReceipts(run, office, () => new Date()),
});
