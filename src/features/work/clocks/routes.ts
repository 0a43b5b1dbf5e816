import { implement } from "@orpc/server";
import * as z from "zod";
import { findAssignee } from "../../../flows/find-people.ts";
import { cutPage, readCursor } from "../../../lib/cursor.ts";
import { Fault } from "../../../lib/fault.ts";
import { refuseUnknownZone } from "../../../lib/time-zone.ts";
import { inScope, type Scope, type Trx } from "../../../platform/db.ts";
import type { ApiContext } from "../../../platform/http/context.ts";
import { record } from "../../../platform/ledger/ledger.ts";
import { assignClock, clockCatalogue, clocks, startClocks, stopClock, voidClock } from "../work.ts";
import { clocksContract } from "./contract.ts";
import { inForceOn } from "./pick.ts";
import type { ClockSettings } from "./schema.ts";
import { showClock } from "./show.ts";

const os = implement(clocksContract).$context<ApiContext>();
const BOUND = 10_000;
const Place = z.tuple([z.iso.datetime(), z.uuid()]);

export const clocksRoutes = {
  list: os.list.handler(({ input: { cursor, limit, ...match }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const now = new Date();
      const rows = await clocks.pageOfClocks(trx, scope, match, { after: readCursor(cursor, Place), limit });
      const count = await clocks.countClocks(trx, scope, match, BOUND + 1);
      const total = { count: Math.min(count, BOUND), exact: count <= BOUND };
      const page = cutPage(rows, limit, total, (row) => [row.dueAt.toISOString(), row.id]);
      return { ...page, items: page.items.map((row) => showClock(row, now)) };
    }),
  ),

  get: os.get.handler(({ input: { id }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const clock = await clocks.findClock(trx, scope, id);
      if (clock === undefined) throw new Fault("not_found", "There is no such clock", { at: "id" });
      return showClock(clock, new Date());
    }),
  ),

  start: os.start.handler(({ input: { learnedAt, ...start }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => ({
      items: await startClocks(trx, scope, { ...start, learnedAt: new Date(learnedAt) }),
    })),
  ),

  stop: os.stop.handler(({ input: { stoppedAt, ...stop }, context: { db, scope } }) =>
    inScope(db, scope, (trx) => stopClock(trx, scope, { ...stop, stoppedAt: new Date(stoppedAt) })),
  ),

  void: os.void.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, (trx) => voidClock(trx, scope, input, new Date())),
  ),

  assign: os.assign.handler(({ input: { id, revision, userId }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const owner = userId === null ? null : await findAssignee(trx, scope, userId);
      return assignClock(trx, scope, { id, revision, owner }, new Date());
    }),
  ),

  settings: os.settings.handler(({ context: { db, scope } }) =>
    inScope(db, scope, (trx) => showSettings(trx, scope, new Date())),
  ),

  changeSettings: os.changeSettings.handler(({ input: { revision, timeZone, off }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      refuseUnknown(timeZone, off);
      const before = await clocks.readSettings(trx, scope);
      const after = { timeZone, offInstruments: [...new Set(off)].sort() };
      if (before.revision !== revision || !(await clocks.writeSettings(trx, scope, revision, after)))
        throw new Fault("conflict", "Someone changed these settings meanwhile", {
          at: "revision",
          fix: "Look at them again",
        });
      await record(trx, scope, {
        action: "clock-settings.changed",
        subject: { type: "organization", id: scope.organizationId },
        before: { timeZone: before.timeZone, offInstruments: before.offInstruments },
        after,
      });
      return showSettings(trx, scope, new Date());
    }),
  ),
};

function refuseUnknown(timeZone: string, off: readonly string[]): void {
  const known = clockCatalogue().editions.map(({ instrument }) => instrument);
  const unknown = off.find((one) => !known.includes(one));
  if (unknown !== undefined) throw new Fault("bad_input", `There is no instrument ${unknown}`, { at: "/off" });
  refuseUnknownZone(timeZone);
}

async function showSettings(trx: Trx, scope: Scope, now: Date): Promise<ClockSettings> {
  const { timeZone, offInstruments, revision } = await clocks.readSettings(trx, scope);
  const { editions } = clockCatalogue();
  const current = inForceOn(editions, now.toISOString().slice(0, 10));
  const shown = [...current, ...editions.filter(({ status }) => status === "proposed")];
  return {
    timeZone,
    revision,
    instruments: shown.map(({ clocks: defined, ...edition }) => ({
      instrument: edition.instrument,
      title: edition.title,
      market: edition.market,
      edition: edition.edition,
      inForceFrom: edition.inForceFrom,
      status: edition.status,
      source: edition.source,
      appliesTo: edition.appliesTo,
      on: edition.status === "in-force" && !offInstruments.includes(edition.instrument),
      clocks: defined.map((clock) => ({
        id: clock.id,
        task: clock.task,
        section: clock.section,
        startsOn: clock.startsOn ?? [],
        startsAfter: clock.startsAfter ?? null,
        startsWhen: clock.startsWhen,
        stopsWhen: clock.stopsWhen,
        due: clock.due,
      })),
    })),
  };
}
