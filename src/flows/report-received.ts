import {
  type Arrival,
  type Heard,
  handleCase,
  hearMail,
  hearReporter,
  type Opened,
  openCase,
  say,
} from "../features/disclosure/disclosure.ts";
import type { Role } from "../features/people/schema.ts";
import { ofReport, ofReportersAnswer } from "../features/work/notices/tellings.ts";
import { clocksOf, startClocks, stopClock, voidClock } from "../features/work/work.ts";
import type { Scope, Trx } from "../platform/db.ts";
import type { FileSeal } from "../platform/seal.ts";
import { planReceipt, type ReceiptTools } from "./mail-receipts.ts";
import { tell } from "./tell.ts";

/** Those who work on reports (`report:handle`). */
const HANDLE: readonly Role[] = ["product-security", "regulatory"];

/** Somebody outside reported a vulnerability: a case is opened, its clocks begin to run, and those who handle it are told. */
export async function reportReceived(
  trx: Trx,
  scope: Scope,
  arrival: Arrival,
  seal: FileSeal,
  now: Date,
): Promise<Opened> {
  const answered = arrival.via === "mail" ? await answerByMail(trx, scope, arrival, now) : null;
  if (answered !== null) return answered;
  const opened = await openCase(trx, scope, arrival, seal, now);
  if (opened.unchanged) return opened;
  await startClocks(trx, scope, {
    event: "vulnerability-report-received",
    subject: { type: "report", id: opened.id, label: opened.number, deviceId: null },
    learnedAt: now,
    evidence: { text: `Report ${opened.number} came in by ${arrival.via}` },
    now,
  });
  await tell(trx, scope, ofReport({ ...opened, via: arrival.via }), { roles: HANDLE }, now);
  return opened;
}

/** A report that came another way than by the form: its reporter gets the link by mail, or from a person. */
export async function reportHandedOn(
  trx: Trx,
  scope: Scope,
  arrival: Arrival,
  tools: ReceiptTools,
  now: Date,
): Promise<Opened> {
  const opened = await reportReceived(trx, scope, arrival, tools.seal, now);
  const { token } = opened;
  if (token !== null) await planReceipt(trx, scope, { ...opened, token }, arrival, tools, now);
  return opened;
}

/** The reporter wrote on the page of the link: who answers for the case is told, or all who could. */
export async function reporterWrote(trx: Trx, scope: Scope, token: string, text: string, now: Date): Promise<void> {
  await tellOfAnswer(trx, scope, await hearReporter(trx, scope, token, text, now), now);
}

const tellOfAnswer = (trx: Trx, scope: Scope, heard: Heard, now: Date) =>
  tell(
    trx,
    scope,
    ofReportersAnswer(heard, now.toISOString()),
    heard.ownerId === null ? { roles: HANDLE } : { people: [heard.ownerId] },
    now,
  );

/** A mail without files whose subject quotes the number of its sender's case belongs to that case. */
async function answerByMail(trx: Trx, scope: Scope, { report, files }: Arrival, now: Date): Promise<Opened | null> {
  const [number] = /CVD-\d{4}-\d{4,}/.exec(report.title) ?? [];
  if (number === undefined || files.length > 0) return null;
  const heard = await hearMail(trx, scope, number, report.contact, report.reproduce, now);
  if (heard === null) return null;
  await tellOfAnswer(trx, scope, heard, now);
  return { id: heard.id, number: heard.number, token: null, unchanged: true };
}

/** A case moved on: the clocks end that its new state is the evidence for. */
export async function moveCase(
  trx: Trx,
  scope: Scope,
  ...[asked, change, now]: Tail<typeof handleCase>
): Promise<void> {
  const { before, state } = await handleCase(trx, scope, asked, change, now);
  if (state === before.state) return;
  const text = `Report ${before.number} became “${state}”`;
  await endClocks(trx, scope, before.id, "iso-29147.acknowledge", text, now);
  if (state === "published") await endClocks(trx, scope, before.id, "cert-cc-disclosure.publish", text, now);
  if (state === "rejected" || state === "closed") await dropClocks(trx, scope, before.id, text, now);
}

/** An answer to the reporter also acknowledges the report. */
export async function sayInCase(trx: Trx, scope: Scope, ...[id, text, internal, now]: Tail<typeof say>): Promise<void> {
  await say(trx, scope, id, text, internal, now);
  if (!internal) await endClocks(trx, scope, id, "iso-29147.acknowledge", "The reporter was answered", now);
}

async function endClocks(trx: Trx, scope: Scope, id: string, clock: string, text: string, now: Date): Promise<void> {
  for (const running of await runningOf(trx, scope, id, now))
    if (running.clock === clock)
      await stopClock(trx, scope, { id: running.id, stoppedAt: now, evidence: { text }, now });
}

async function dropClocks(trx: Trx, scope: Scope, id: string, reason: string, now: Date): Promise<void> {
  for (const { id: clockId, revision } of await runningOf(trx, scope, id, now))
    await voidClock(trx, scope, { id: clockId, revision, reason }, now);
}

const runningOf = async (trx: Trx, scope: Scope, id: string, now: Date) =>
  (await clocksOf(trx, scope, { type: "report", id }, now)).filter(
    ({ state }) => state === "running" || state === "late",
  );

type Tail<F> = F extends (trx: Trx, scope: Scope, ...rest: infer R) => unknown ? R : never;
