import { Fault } from "../../lib/fault.ts";
import { newId } from "../../lib/ids.ts";
import { storable } from "../../lib/storable.ts";
import { catalogueTexts } from "../../platform/catalogue-texts.ts";
import type { Scope, Trx } from "../../platform/db.ts";
import { record, recordAll } from "../../platform/ledger/ledger.ts";
import { eventsFrom, feedByToken, markFeedRead } from "./calendar/store.ts";
import type { ClockFacts } from "./clocks/clock-facts.ts";
import { dueOf } from "./clocks/due.ts";
import { stageAt } from "./clocks/escalation.ts";
import { type Picked, pickClocks } from "./clocks/pick.ts";
import { type ClockCatalogue, readCatalogue } from "./clocks/read-edition.ts";
import type { Clock, ClockEvent, ClockSubject, Evidence } from "./clocks/schema.ts";
import { showClock } from "./clocks/show.ts";
import {
  addClocks,
  changeClock,
  countClocks,
  findClock,
  keepStage,
  lockClock,
  organizationsWithDueClocks,
  pageOfClocks,
  readSettings,
  takeDueClocks,
  writeSettings,
} from "./clocks/store.ts";
import { namesOf } from "./names/store.ts";
import { organizationsWithDeliveries, organizationsWithMail } from "./notices/due/store.ts";
import { hookBody } from "./notices/hook-body.ts";
import {
  bundleMails,
  closeMail,
  countWaitingMails,
  forgetMails,
  GONE,
  mailTroubles,
  takeMail,
} from "./notices/mail/store.ts";
import { DEFAULT_PREFERENCES, mailTime } from "./notices/preferences.ts";
import type { Telling } from "./notices/schema.ts";
import { insertNotices, preferencesOf } from "./notices/store.ts";
import { closeDelivery, queueDeliveries, takeDelivery, webhooksOf } from "./notices/webhooks/store.ts";

let read: ClockCatalogue | null = null;

/** The clocks of `catalogs/`, read once. Fault `bad_configuration` for a bad file: a server asks for it before it answers anybody. */
export function clockCatalogue(): ClockCatalogue {
  read ??= readCatalogue(catalogueTexts("clocks"), catalogueTexts("holidays"));
  return read;
}

export interface ClockStart {
  event: ClockEvent;
  subject: ClockSubject;
  /** When it was learned or decided: from there the clock counts, not from when it was entered. */
  learnedAt: Date;
  evidence: Evidence;
  /** Who answers for it; without one, whoever starts it. */
  owner?: { id: string; name: string };
  now?: Date;
}

/**
 * Starts every clock of the catalogue that this event starts and whose instrument the organisation has switched on, by the edition
 * in force on the day. One that runs or ran for the same subject stays as it is: calling twice starts nothing twice. Returns only
 * what it started. Fault `bad_input` when it was learned in the future.
 */
export const startClocks = (trx: Trx, scope: Scope, start: ClockStart): Promise<Clock[]> =>
  startPicked(trx, scope, { event: start.event }, start);

const AHEAD_MS = 5 * 60_000;

async function startPicked(
  trx: Trx,
  scope: Scope,
  trigger: { event: ClockEvent } | { after: string },
  { subject, learnedAt, evidence, owner, now = new Date() }: Omit<ClockStart, "event">,
): Promise<Clock[]> {
  if (learnedAt.getTime() > now.getTime() + AHEAD_MS)
    throw new Fault("bad_input", "A clock cannot start in the future", {
      at: "learnedAt",
      fix: "Give the moment when it became known",
    });
  const { timeZone, offInstruments } = await readSettings(trx, scope);
  const catalogue = clockCatalogue();
  const picked = pickClocks(catalogue, trigger, localDay(learnedAt, timeZone), offInstruments);
  const answers = owner ?? (scope.actor.kind === "user" ? scope.actor : null);
  const event = "event" in trigger ? trigger.event : `after ${trigger.after}`;
  const rows = picked.map((one) => ({
    ...rowOf(one, catalogue, timeZone, learnedAt),
    event,
    subjectType: subject.type,
    subjectId: storable(subject.id),
    subjectLabel: storable(subject.label).slice(0, 300),
    deviceId: subject.deviceId ?? null,
    ownerId: answers?.id ?? null,
    ownerName: answers?.name ?? null,
    startedBy: scope.actor.name,
    startEvidence: JSON.stringify({ ...evidence, text: storable(evidence.text) }),
    recordedAt: now,
    // The first thing heard of a clock is that it runs.
    nextStageAt: now,
  }));
  const started = await addClocks(trx, scope, rows);
  await recordAll(
    trx,
    scope,
    started.map((clock) => ({ action: "clock.started", subject: nameOf(clock), before: null, after: factsOf(clock) })),
  );
  return started.map((clock) => showClock(clock, now));
}

function rowOf({ edition, definition }: Picked, { holidays }: ClockCatalogue, timeZone: string, startedAt: Date) {
  const named = "holidays" in definition.due ? definition.due.holidays : null;
  const { title, market, source } = edition;
  return {
    id: newId(),
    clock: definition.id,
    instrument: edition.instrument,
    edition: edition.edition,
    definition: JSON.stringify({ ...definition, title, market, source }),
    timeZone,
    startedAt,
    ...dueOf(startedAt, definition.due, timeZone, named === null ? null : (holidays.get(named) ?? null)),
  };
}

export interface ClockStop {
  id: string;
  /** What was seen, where a person stops it. */
  revision?: number;
  /** When it was done: it may be earlier than when it is entered. */
  stoppedAt: Date;
  evidence: Evidence;
  now?: Date;
}

/**
 * Stops a clock with the evidence that what it asks for was done, and starts those that begin with its end. Late stays late. Fault
 * `not_found`, or `conflict` when it does not run or somebody changed it; `bad_input` when it was done before it began or is still to come.
 */
export async function stopClock(
  trx: Trx,
  scope: Scope,
  { id, revision, stoppedAt, evidence, now = new Date() }: ClockStop,
): Promise<Clock> {
  const before = await takeRunning(trx, scope, id, revision);
  if (stoppedAt < before.startedAt || stoppedAt.getTime() > now.getTime() + AHEAD_MS)
    throw new Fault("bad_input", "It was done between the start of the clock and now", {
      at: "stoppedAt",
      fix: "Give the moment when it was done",
    });
  const after = await changeClock(trx, scope, id, {
    stoppedAt,
    stoppedBy: scope.actor.name,
    stopRecordedAt: now,
    stopEvidence: { ...evidence, text: storable(evidence.text) },
    nextStageAt: null,
  });
  await record(trx, scope, change("clock.stopped", before, after));
  await startPicked(
    trx,
    scope,
    { after: before.clock },
    {
      subject: subjectOf(before),
      learnedAt: stoppedAt,
      evidence,
      now,
      ...(before.ownerId === null ? {} : { owner: { id: before.ownerId, name: before.ownerName ?? "" } }),
    },
  );
  return showClock(after, now);
}

/**
 * Says that a clock was started by mistake, and why: it stays in the record, and the same event may start it again. Of one that was
 * stopped it says that the stop was the mistake: it runs again, as another one, from where it began, and those that began with its end
 * and still run are void too. Fault `conflict` when it is void already or somebody changed it.
 */
export async function voidClock(
  trx: Trx,
  scope: Scope,
  { id, revision, reason }: { id: string; revision: number; reason: string },
  now: Date,
): Promise<Clock> {
  const before = await take(trx, scope, id, revision);
  if (before.voidedAt !== null) throw alreadyDone("voided");
  const values = { voidedAt: now, voidedBy: scope.actor.name, voidReason: storable(reason), nextStageAt: null };
  const after = await changeClock(trx, scope, id, values);
  await record(trx, scope, change("clock.voided", before, after));
  if (before.stoppedAt !== null) await runAgain(trx, scope, before, now);
  return showClock(after, now);
}

async function runAgain(trx: Trx, scope: Scope, stopped: ClockFacts, now: Date): Promise<void> {
  for (const next of await clocksOf(trx, scope, subjectOf(stopped), now))
    if (next.event === `after ${stopped.clock}` && (next.state === "running" || next.state === "late")) {
      const { id, revision } = next;
      await voidClock(trx, scope, { id, revision, reason: "What it counted from was stopped by mistake" }, now);
    }
  const { definition, startEvidence, ...facts } = stopped;
  const started = await addClocks(trx, scope, [
    {
      ...facts,
      id: newId(),
      definition: JSON.stringify(definition),
      startEvidence: JSON.stringify(startEvidence),
      recordedAt: now,
      revision: 1,
      ...{ stage: null, nextStageAt: now, stoppedAt: null, stoppedBy: null, stopRecordedAt: null, stopEvidence: null },
    },
  ]);
  await recordAll(
    trx,
    scope,
    started.map((clock) => ({ action: "clock.started", subject: nameOf(clock), before: null, after: factsOf(clock) })),
  );
}

/** Says who answers for a clock; null: nobody by name, so that those whose role it is hear of it. */
export async function assignClock(
  trx: Trx,
  scope: Scope,
  { id, revision, owner }: { id: string; revision: number; owner: { id: string; name: string } | null },
  now: Date,
): Promise<Clock> {
  const before = await takeRunning(trx, scope, id, revision);
  const after = await changeClock(trx, scope, id, { ownerId: owner?.id ?? null, ownerName: owner?.name ?? null });
  await record(trx, scope, change("clock.assigned", before, after));
  return showClock(after, now);
}

async function takeRunning(trx: Trx, scope: Scope, id: string, revision: number | undefined): Promise<ClockFacts> {
  const clock = await take(trx, scope, id, revision);
  if (clock.stoppedAt !== null || clock.voidedAt !== null)
    throw alreadyDone(clock.voidedAt === null ? "stopped" : "voided");
  return clock;
}

const alreadyDone = (how: "stopped" | "voided") =>
  new Fault("conflict", `This clock was ${how} already`, { at: "id", fix: "Look at it again" });

async function take(trx: Trx, scope: Scope, id: string, revision: number | undefined): Promise<ClockFacts> {
  const clock = await lockClock(trx, scope, id);
  if (clock === undefined) throw new Fault("not_found", "There is no such clock", { at: "id" });
  if (revision !== undefined && revision !== clock.revision)
    throw new Fault("conflict", "Someone changed this clock since you opened it", {
      at: "revision",
      fix: "Look at it again",
    });
  return clock;
}

/** All clocks of a subject, voided ones too, the one due last first. At most 200. */
export const clocksOf = async (
  trx: Trx,
  scope: Scope,
  subject: { type: string; id: string },
  now = new Date(),
): Promise<Clock[]> =>
  (
    await pageOfClocks(
      trx,
      scope,
      { show: "all", subjectType: subject.type, subjectId: subject.id },
      { after: null, limit: 199 },
    )
  ).map((clock) => showClock(clock, now));

/**
 * Moves a locked clock to the stage it is in now and records that it was told of; the notices belong into the same transaction.
 * Null when there is nothing to tell.
 */
export async function heardOf(trx: Trx, scope: Scope, clock: ClockFacts, now: Date) {
  const { stage, nextAt } = stageAt(clock.startedAt, clock.dueAt, now);
  const after = await keepStage(trx, scope, clock.id, { stage, nextStageAt: nextAt });
  if (stage === null || stage === clock.stage) return null;
  await record(trx, scope, {
    ...change("clock.escalated", clock, after),
    before: { stage: clock.stage },
    after: { stage },
  });
  return { stage, clock: showClock(after, now) };
}

/** What the pages and the schedule read and write of clocks. */
export const clocks = {
  countClocks,
  findClock,
  organizationsWithDueClocks,
  pageOfClocks,
  readSettings,
  takeDueClocks,
  writeSettings,
};

const localDay = (at: Date, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString();

const nameOf = ({ id }: { id: string }) => ({ type: "clock", id });
const subjectOf = (clock: ClockFacts): ClockSubject => ({
  type: clock.subjectType,
  id: clock.subjectId,
  label: clock.subjectLabel,
  deviceId: clock.deviceId,
});
const change = (action: string, before: ClockFacts, after: ClockFacts) => ({
  action,
  subject: nameOf(after),
  before: factsOf(before),
  after: factsOf(after),
});

const factsOf = ({
  recordedAt,
  startedAt,
  dueAt,
  stoppedAt,
  stopRecordedAt,
  voidedAt,
  nextStageAt: _,
  ...rest
}: ClockFacts) => ({
  ...rest,
  recordedAt: recordedAt.toISOString(),
  startedAt: startedAt.toISOString(),
  dueAt: dueAt.toISOString(),
  stoppedAt: stoppedAt?.toISOString() ?? null,
  stopRecordedAt: stopRecordedAt?.toISOString() ?? null,
  voidedAt: voidedAt?.toISOString() ?? null,
});

/**
 * Tells people of a change, in its transaction: in the app at once, by mail when they want it, and every webhook that asked for it.
 * Nobody is told of what they did themselves, nor twice of the same change.
 */
export async function addNotices(
  trx: Trx,
  scope: Scope,
  telling: Telling,
  userIds: readonly string[],
  now: Date,
): Promise<void> {
  const { actor } = scope;
  const to = [...new Set(userIds)].filter((id) => actor.kind !== "user" || id !== actor.id);
  const preferences = await preferencesOf(trx, scope, to);
  const { subject, title, happened, safe, ...rest } = telling;
  const said = { ...rest, title: storable(title), happened: storable(happened), safe: storable(safe) };
  await insertNotices(
    trx,
    scope,
    to.map((userId) => {
      const wanted = preferences.get(userId) ?? DEFAULT_PREFERENCES;
      const mailAt = mailTime(wanted.cadence[telling.kind], wanted, now);
      return { ...said, id: newId(), userId, subjectType: subject.type, subjectId: subject.id, createdAt: now, mailAt };
    }),
  );
  const hooks = (await webhooksOf(trx, scope)).filter(
    ({ enabled, kinds }) => enabled && (kinds.length === 0 || kinds.includes(telling.kind)),
  );
  const body = hookBody({ ...said, subject }, scope.organizationId, now);
  const change = [telling.kind, subject.type, subject.id, telling.change].join(" ");
  await queueDeliveries(
    trx,
    scope,
    hooks.map(({ id }) => ({ webhookId: id, kind: telling.kind, change, body })),
    now,
  );
}

/** What sending reads and writes; the stories are `flows/send-mail.ts` and `flows/call-webhooks.ts`. */
export const outbox = {
  bundleMails,
  closeDelivery,
  closeMail,
  countWaitingMails,
  forgetMails,
  GONE,
  mailTroubles,
  organizationsWithDeliveries,
  organizationsWithMail,
  takeDelivery,
  takeMail,
};

/** What the calendar feed reads; the story is `flows/calendar-feed.ts`. */
export const calendar = { eventsFrom, feedByToken, markFeedRead };

/** Clocks, webhooks and events by id, as people call them. */
export const nameWorkThings = namesOf;
