import { implement } from "@orpc/server";
import type { Selectable } from "kysely";
import * as z from "zod";
import { cutPage, readCursor } from "../../../lib/cursor.ts";
import { refuseUnknownZone } from "../../../lib/time-zone.ts";
import { inScope } from "../../../platform/db.ts";
import type { ApiContext } from "../../../platform/http/context.ts";
import type { NoticeRow } from "../tables.ts";
import { noticesContract } from "./contract.ts";
import { mailTroubles } from "./mail/store.ts";
import { DEFAULT_PREFERENCES } from "./preferences.ts";
import type { Notice } from "./schema.ts";
import { countNotices, markRead, pageOfNotices, preferencesOf, writePreferences } from "./store.ts";

const os = implement(noticesContract).$context<ApiContext>();
const BOUND = 1_000;
const Place = z.tuple([z.uuid()]);

/** `mailIsSetUp`: whether this installation can mail at all. */
export const noticesRoutes = (mailIsSetUp: boolean) => ({
  list: os.list.handler(({ input: { cursor, limit, unread = false }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const me = scope.actor.id;
      const below = readCursor(cursor, Place)?.[0] ?? null;
      const rows = await pageOfNotices(trx, scope, me, { below, unread, limit });
      const count = await countNotices(trx, scope, me, unread, BOUND + 1);
      const total = { count: Math.min(count, BOUND), exact: count <= BOUND };
      const page = cutPage(rows, limit, total, (row) => [row.id]);
      return { ...page, items: page.items.map(showNotice) };
    }),
  ),

  unread: os.unread.handler(({ context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const count = await countNotices(trx, scope, scope.actor.id, true, 100);
      return { count: Math.min(count, 99), exact: count < 100 };
    }),
  ),

  read: os.read.handler(({ input: { ids }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => ({
      changed: await markRead(trx, scope, scope.actor.id, ids ?? null, new Date()),
    })),
  ),

  preferences: os.preferences.handler(({ context: { db, scope } }) =>
    inScope(db, scope, async (trx) => ({
      ...((await preferencesOf(trx, scope, [scope.actor.id])).get(scope.actor.id) ?? DEFAULT_PREFERENCES),
      mailIsSetUp,
      mailTrouble: mailIsSetUp ? ((await mailTroubles(trx, scope, new Date(), scope.actor.id))[0] ?? null) : null,
    })),
  ),

  setPreferences: os.setPreferences.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      refuseUnknownZone(input.timeZone);
      await writePreferences(trx, scope, scope.actor.id, input);
      return input;
    }),
  ),
});

const showNotice = (row: Selectable<NoticeRow>): Notice => ({
  id: row.id,
  kind: row.kind,
  title: row.title,
  happened: row.happened,
  safe: row.safe,
  nextStep: row.nextStep,
  path: row.path,
  createdAt: row.createdAt.toISOString(),
  readAt: row.readAt?.toISOString() ?? null,
  mailedAt: row.mailAt?.toISOString() ?? null,
});
