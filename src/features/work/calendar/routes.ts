import { createHash, randomBytes } from "node:crypto";
import { implement } from "@orpc/server";
import type { FastifyInstance } from "fastify";
import { calendarFeed, ownDates } from "../../../flows/calendar-feed.ts";
import { Fault } from "../../../lib/fault.ts";
import { newId } from "../../../lib/ids.ts";
import { acrossOrganizations, type Db, inScope, type Scope, type Trx } from "../../../platform/db.ts";
import type { Fetch } from "../../../platform/files/fetch-input.ts";
import { fetchText } from "../../../platform/files/fetch-text.ts";
import type { ApiContext } from "../../../platform/http/context.ts";
import type { DescribedRoute } from "../../../platform/http/openapi.ts";
import { record, recordAll } from "../../../platform/ledger/ledger.ts";
import { calendar } from "../work.ts";
import { calendarContract } from "./contract.ts";
import { readCalendar } from "./read-ics.ts";
import { columnsOf, factsOf, showEvent, type spanOf } from "./show.ts";
import {
  changeEvent,
  type EventRow,
  eventsByUid,
  eventsFrom,
  feedsOf,
  insertEvents,
  insertFeed,
  lockEvent,
  revokeFeed,
} from "./store.ts";

const os = implement(calendarContract).$context<ApiContext>();
const MOST = 500;
const MOST_BYTES = 2 * 1024 * 1024;

export const calendarRoutes = ({ publicUrl, fetch }: { publicUrl: string; fetch: Fetch }) => ({
  list: os.list.handler(({ input: { from }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const dates = (await ownDates(trx, scope, new Date()))
        .map(({ title, category, when, path }) => ({ title, category: category as "Clocks", when, path }))
        // A clock that ran out still waits for somebody.
        .filter(
          ({ when, category }) =>
            category === "Clocks" || ("endsOn" in when ? when.endsOn : when.endsAt.slice(0, 10)) >= from,
        )
        .sort((a, b) => (startOf(a.when) < startOf(b.when) ? -1 : 1));
      return {
        dates: dates.slice(0, MOST),
        events: (await eventsFrom(trx, scope, from, MOST)).map(showEvent),
      };
    }),
  ),

  add: os.add.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const id = newId();
      const [row] = await insertEvents(trx, scope, [
        { ...newRow(input, scope), id, uid: `${id}@cordon`, imported: false },
      ]);
      if (row === undefined) throw new Error("a new event was there already");
      await record(trx, scope, {
        action: "calendar-event.added",
        subject: nameOf(row),
        before: null,
        after: factsOf(row),
      });
      return showEvent(row);
    }),
  ),

  change: os.change.handler(({ input: { id, revision, ...facts }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const before = await take(trx, scope, id);
      if (before.revision !== revision)
        throw new Fault("conflict", "Someone changed this event meanwhile", {
          at: "revision",
          fix: "Look at it again",
        });
      const after = await changeEvent(trx, scope, id, { ...columnsOf(facts), changedAt: new Date() });
      await record(trx, scope, {
        action: "calendar-event.changed",
        subject: nameOf(after),
        before: factsOf(before),
        after: factsOf(after),
      });
      return showEvent(after);
    }),
  ),

  remove: os.remove.handler(({ input: { id }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const before = await take(trx, scope, id);
      await changeEvent(trx, scope, id, { removedAt: new Date() });
      await record(trx, scope, {
        action: "calendar-event.removed",
        subject: nameOf(before),
        before: factsOf(before),
        after: null,
      });
      return { removed: true };
    }),
  ),

  import: os.import.handler(async ({ input, context: { db, scope } }) => {
    const text = "url" in input ? await fetchText(input.url, fetch, MOST_BYTES) : input.text;
    const { events, skipped } = readCalendar(text, "url" in input ? input.url : "file");
    return inScope(db, scope, async (trx) => {
      const known = new Map(
        (
          await eventsByUid(
            trx,
            scope,
            events.map(({ uid }) => uid),
          )
        ).map((row) => [row.uid, row]),
      );
      const fresh = events.filter(({ uid }) => !known.has(uid));
      const added = await insertEvents(
        trx,
        scope,
        fresh.map(({ uid, facts }) => ({ ...newRow(facts, scope), id: newId(), uid, imported: true })),
      );
      let changed = 0;
      const changes = added.map((row) => ({
        action: "calendar-event.added",
        subject: nameOf(row),
        before: null as unknown,
        after: factsOf(row),
      }));
      for (const { uid, facts } of events) {
        const before = known.get(uid);
        if (before === undefined || before.removedAt !== null || same(facts, before)) continue;
        const after = await changeEvent(trx, scope, before.id, { ...columnsOf(facts), changedAt: new Date() });
        const subject = nameOf(after);
        changes.push({ action: "calendar-event.changed", subject, before: factsOf(before), after: factsOf(after) });
        changed += 1;
      }
      await recordAll(trx, scope, changes);
      const unchanged = events.length - added.length - changed;
      return { added: added.length, changed, unchanged, skipped: skipped.slice(0, 100) };
    });
  }),

  feeds: os.feeds.handler(({ context: { db, scope } }) =>
    inScope(db, scope, async (trx) => ({ items: (await feedsOf(trx, scope, scope.actor.id)).map(showFeed) })),
  ),

  makeFeed: os.makeFeed.handler(({ context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      if ((await feedsOf(trx, scope, scope.actor.id)).length >= 10)
        throw new Fault("conflict", "You have ten addresses already", { fix: "Revoke one first" });
      const token = randomBytes(32).toString("base64url");
      const feed = { id: newId(), userId: scope.actor.id, tokenHash: hashOf(token), createdAt: new Date() };
      await insertFeed(trx, scope, feed);
      const subject = { type: "calendar-feed", id: feed.id };
      await record(trx, scope, { action: "calendar-feed.made", subject, before: null, after: { userId: feed.userId } });
      return { feed: showFeed({ ...feed, lastReadAt: null }), url: `${publicUrl}/api/calendar/${token}.ics` };
    }),
  ),

  revokeFeed: os.revokeFeed.handler(({ input: { id }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      if (!(await revokeFeed(trx, scope, scope.actor.id, id, new Date())))
        throw new Fault("not_found", "You have no such address", { at: "id" });
      const subject = { type: "calendar-feed", id };
      await record(trx, scope, { action: "calendar-feed.revoked", subject, before: {}, after: null });
      return { revoked: true };
    }),
  ),
});

/** Plain routes beside the contract, for the API's description. */
export const CALENDAR_ROUTES: readonly DescribedRoute[] = [
  {
    method: "get",
    path: "/calendar/{file}",
    summary: "A person's calendar feed; the word in the address opens it",
    action: "public",
    answers: "text/calendar",
  },
];

const READ_EVERY_MS = 60_000;

/** The feed itself. Calendars send no cookie and no header of ours: the word in the address opens it, and only reading. */
export function addCalendarFeed(app: FastifyInstance, { db, publicUrl }: { db: Db; publicUrl: string }): void {
  app.get<{ Params: { file: string } }>(
    "/api/calendar/:file",
    { config: { can: "public" } },
    async (request, reply) => {
      const token = /^([A-Za-z0-9_-]{43})\.ics$/.exec(request.params.file)?.[1];
      const feed =
        token === undefined
          ? undefined
          : await acrossOrganizations(db, (trx) => calendar.feedByToken(trx, hashOf(token)));
      if (feed === undefined)
        throw new Fault("not_found", "This calendar is unknown or was revoked", {
          fix: "Make a new address in Cordon",
        });
      const { organizationId, userId: id, name } = feed;
      const scope: Scope = { organizationId, actor: { kind: "user", id, name } };
      const now = new Date();
      const text = await inScope(db, scope, async (trx) => {
        if (feed.lastReadAt === null || now.getTime() - feed.lastReadAt.getTime() > READ_EVERY_MS)
          await calendar.markFeedRead(trx, scope, feed.id, now);
        return calendarFeed(trx, scope, publicUrl, now);
      });
      const etag = `"${createHash("sha256").update(text).digest("base64url")}"`;
      reply.headers({ etag, "cache-control": "private, no-cache", "x-robots-tag": "noindex" });
      if (request.headers["if-none-match"] === etag) return reply.code(304).send();
      return reply.type("text/calendar; charset=utf-8").send(text);
    },
  );
}

const hashOf = (token: string): string => createHash("sha256").update(token).digest("base64url");
const startOf = (when: ReturnType<typeof spanOf>): string => ("startsOn" in when ? when.startsOn : when.startsAt);
const nameOf = ({ id }: { id: string }) => ({ type: "calendar-event", id });
const newRow = (facts: Parameters<typeof columnsOf>[0], scope: Scope) => ({
  ...columnsOf(facts),
  addedBy: scope.actor.name,
  changedAt: new Date(),
});
const same = (facts: Parameters<typeof columnsOf>[0], row: EventRow): boolean =>
  JSON.stringify(columnsOf(facts)) === JSON.stringify(columnsOf(factsOf(row)));

async function take(trx: Trx, scope: Scope, id: string): Promise<EventRow> {
  const row = await lockEvent(trx, scope, id);
  if (row === undefined) throw new Fault("not_found", "There is no such event", { at: "id" });
  return row;
}

const showFeed = (feed: { id: string; createdAt: Date; lastReadAt: Date | null }) => ({
  id: feed.id,
  createdAt: feed.createdAt.toISOString(),
  lastReadAt: feed.lastReadAt?.toISOString() ?? null,
});
