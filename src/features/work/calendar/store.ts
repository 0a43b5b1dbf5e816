import { type Insertable, type Selectable, sql } from "kysely";
import type { Scope, Trx } from "../../../platform/db.ts";
import type { CalendarEventRow, CalendarFeedRow } from "../tables.ts";

export type EventRow = Selectable<CalendarEventRow>;

/** Events not over before a day, the next first; those that repeat count as not over. */
export const eventsFrom = (trx: Trx, { organizationId }: Scope, day: string, limit: number): Promise<EventRow[]> =>
  trx
    .selectFrom("calendarEvent")
    .selectAll()
    .where("organizationId", "=", organizationId)
    .where("removedAt", "is", null)
    .where((e) =>
      e.or([
        e("repeats", "is not", null),
        e(sql`coalesce(ends_on::timestamp, ends_at at time zone 'UTC')`, ">=", sql`${day}::timestamp`),
      ]),
    )
    .orderBy(sql`coalesce(starts_on::timestamp, starts_at at time zone 'UTC')`)
    .orderBy("id")
    .limit(limit)
    .execute();

export const lockEvent = (trx: Trx, { organizationId }: Scope, id: string): Promise<EventRow | undefined> =>
  trx
    .selectFrom("calendarEvent")
    .selectAll()
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .where("removedAt", "is", null)
    .forUpdate()
    .executeTakeFirst();

/** Events by their UID, removed ones too: what somebody removed does not come back with the next import. */
export const eventsByUid = (trx: Trx, { organizationId }: Scope, uids: readonly string[]): Promise<EventRow[]> =>
  uids.length === 0
    ? Promise.resolve([])
    : trx
        .selectFrom("calendarEvent")
        .selectAll()
        .where("organizationId", "=", organizationId)
        .where("uid", "in", uids)
        .forUpdate()
        .execute();

export const insertEvents = (
  trx: Trx,
  { organizationId }: Scope,
  events: readonly Omit<Insertable<CalendarEventRow>, "organizationId" | "removedAt">[],
): Promise<EventRow[]> =>
  events.length === 0
    ? Promise.resolve([])
    : trx
        .insertInto("calendarEvent")
        .values(events.map((event) => ({ ...event, organizationId, removedAt: null })))
        .onConflict((conflict) => conflict.columns(["organizationId", "uid"]).doNothing())
        .returningAll()
        .execute();

export const changeEvent = (
  trx: Trx,
  { organizationId }: Scope,
  id: string,
  values: Partial<Omit<EventRow, "organizationId" | "id" | "uid" | "revision">>,
): Promise<EventRow> =>
  trx
    .updateTable("calendarEvent")
    .set(values)
    .set((e) => ({ revision: e("revision", "+", 1) }))
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();

export const insertFeed = (
  trx: Trx,
  { organizationId }: Scope,
  feed: Pick<CalendarFeedRow, "id" | "userId" | "tokenHash" | "createdAt">,
) =>
  trx
    .insertInto("calendarFeed")
    .values({ ...feed, organizationId, lastReadAt: null, revokedAt: null })
    .execute();

export const feedsOf = (trx: Trx, { organizationId }: Scope, userId: string): Promise<Selectable<CalendarFeedRow>[]> =>
  trx
    .selectFrom("calendarFeed")
    .selectAll()
    .where("organizationId", "=", organizationId)
    .where("userId", "=", userId)
    .where("revokedAt", "is", null)
    .orderBy("createdAt", "desc")
    .limit(20)
    .execute();

/** Revokes a feed of a person; false when there is none of that id. */
export const revokeFeed = async (trx: Trx, { organizationId }: Scope, userId: string, id: string, now: Date) =>
  (
    await trx
      .updateTable("calendarFeed")
      .set({ revokedAt: now })
      .where("organizationId", "=", organizationId)
      .where("userId", "=", userId)
      .where("id", "=", id)
      .where("revokedAt", "is", null)
      .executeTakeFirst()
  ).numUpdatedRows === 1n;

export const markFeedRead = (trx: Trx, { organizationId }: Scope, id: string, now: Date) =>
  trx
    .updateTable("calendarFeed")
    .set({ lastReadAt: now })
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .execute();

/** Across organisations: whose feed it is, while the person is active. */
export const feedByToken = (trx: Trx, tokenHash: string) =>
  trx
    .selectFrom("calendarFeed as f")
    .innerJoin("member as m", (on) =>
      on.onRef("m.organizationId", "=", "f.organizationId").onRef("m.userId", "=", "f.userId"),
    )
    .select(["f.id", "f.organizationId", "f.userId", "f.lastReadAt", "m.name", "m.roles"])
    .where("f.tokenHash", "=", tokenHash)
    .where("f.revokedAt", "is", null)
    .where("m.state", "=", "active")
    .executeTakeFirst();
