import { type SqlBool, sql } from "kysely";
import type { Scope, Trx } from "../../../platform/db.ts";

/** Clocks, webhooks and events by id, as people call them. */
export async function namesOf(
  trx: Trx,
  { organizationId }: Scope,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> {
  if (ids.length === 0) return [];
  const mine = sql<SqlBool>`organization_id = ${organizationId}::uuid and id = any(${[...ids]}::uuid[])`;
  return trx
    .selectFrom("clock")
    .select(["id", sql<string>`(definition->>'task') || ': ' || subject_label`.as("name")])
    .where(mine)
    .unionAll(trx.selectFrom("webhook").select(["id", "name"]).where(mine))
    .unionAll(trx.selectFrom("calendarEvent").select(["id", "title as name"]).where(mine))
    .unionAll(
      trx
        .selectFrom("calendarFeed as f")
        .innerJoin("member as m", (on) =>
          on.onRef("m.organizationId", "=", "f.organizationId").onRef("m.userId", "=", "f.userId"),
        )
        .select(["f.id", sql<string>`'of ' || m.name`.as("name")])
        .where(sql<SqlBool>`f.organization_id = ${organizationId}::uuid and f.id = any(${[...ids]}::uuid[])`),
    )
    .execute();
}
