import type { Insertable, Selectable } from "kysely";
import type { Scope, Trx } from "../../../platform/db.ts";
import type { NoticeRow } from "../tables.ts";
import { DEFAULT_PREFERENCES } from "./preferences.ts";
import type { NoticePreferences } from "./schema.ts";

/** Adds notices; who was told of the same change already is not told again. Returns how many are new. */
export async function insertNotices(
  trx: Trx,
  { organizationId }: Scope,
  notices: readonly Omit<Insertable<NoticeRow>, "organizationId" | "readAt" | "mailId">[],
): Promise<number> {
  if (notices.length === 0) return 0;
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto("notice")
    .values(notices.map((notice) => ({ ...notice, organizationId, readAt: null, mailId: null })))
    .onConflict((conflict) =>
      conflict.columns(["organizationId", "userId", "kind", "subjectType", "subjectId", "change"]).doNothing(),
    )
    .executeTakeFirstOrThrow();
  return Number(numInsertedOrUpdatedRows ?? 0);
}

/** A person's notices, newest first; one more than asked for. */
export const pageOfNotices = (
  trx: Trx,
  { organizationId }: Scope,
  userId: string,
  { below, unread, limit }: { below: string | null; unread: boolean; limit: number },
): Promise<Selectable<NoticeRow>[]> =>
  trx
    .selectFrom("notice")
    .selectAll()
    .where("organizationId", "=", organizationId)
    .where("userId", "=", userId)
    .$if(unread, (q) => q.where("readAt", "is", null))
    .$if(below !== null, (q) => q.where("id", "<", below ?? ""))
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();

export const countNotices = async (
  trx: Trx,
  { organizationId }: Scope,
  userId: string,
  unread: boolean,
  bound: number,
): Promise<number> => {
  const found = trx
    .selectFrom("notice")
    .select("id")
    .where("organizationId", "=", organizationId)
    .where("userId", "=", userId)
    .$if(unread, (q) => q.where("readAt", "is", null))
    .limit(bound);
  const { count } = await trx
    .selectFrom(found.as("counted"))
    .select((e) => e.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
};

/** Marks a person's notices as read: those named, or all. One that was read before its mail went is not mailed. */
export const markRead = async (
  trx: Trx,
  { organizationId }: Scope,
  userId: string,
  ids: readonly string[] | null,
  now: Date,
): Promise<string[]> =>
  (
    await trx
      .updateTable("notice")
      .set({ readAt: now })
      .where("organizationId", "=", organizationId)
      .where("userId", "=", userId)
      .where("readAt", "is", null)
      .$if(ids !== null, (q) => q.where("id", "in", ids ?? []))
      .returning("id")
      .execute()
  ).map(({ id }) => id);

export async function preferencesOf(
  trx: Trx,
  { organizationId }: Scope,
  userIds: readonly string[],
): Promise<Map<string, NoticePreferences>> {
  if (userIds.length === 0) return new Map();
  const rows = await trx
    .selectFrom("noticeSettings")
    .selectAll()
    .where("organizationId", "=", organizationId)
    .where("userId", "in", userIds)
    .execute();
  return new Map(
    rows.map(({ userId, timeZone, hour, weekday, cadence }) => [
      userId,
      { timeZone, hour, weekday, cadence: { ...DEFAULT_PREFERENCES.cadence, ...cadence } },
    ]),
  );
}

export const writePreferences = (
  trx: Trx,
  { organizationId }: Scope,
  userId: string,
  { cadence, ...rest }: NoticePreferences,
) => {
  const values = { ...rest, cadence: JSON.stringify(cadence) };
  return trx
    .insertInto("noticeSettings")
    .values({ organizationId, userId, ...values })
    .onConflict((conflict) => conflict.columns(["organizationId", "userId"]).doUpdateSet(values))
    .execute();
};
