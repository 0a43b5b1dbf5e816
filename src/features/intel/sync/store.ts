import type { Scope, Trx } from "../../../platform/db.ts";
import type { FeedAge } from "../schema.ts";
import type { IntelRunRow, IntelSourceRow } from "../tables.ts";

export const sourcesOf = (trx: Trx, scope: Scope) =>
  trx
    .selectFrom("intelSource")
    .select(["id", "name", "location", "enabled", "revision"])
    .where("organizationId", "=", scope.organizationId)
    .orderBy("name")
    .orderBy("id")
    .execute();

export const lockSource = (trx: Trx, scope: Scope, id: string) =>
  trx
    .selectFrom("intelSource")
    .select(["id", "name", "location", "enabled", "revision"])
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();

/** False when another source has the location already. */
export async function insertSource(
  trx: Trx,
  scope: Scope,
  source: Omit<IntelSourceRow, "organizationId" | "revision">,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto("intelSource")
    .values({ organizationId: scope.organizationId, ...source })
    .onConflict((conflict) => conflict.columns(["organizationId", "location"]).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

export const updateSource = (
  trx: Trx,
  scope: Scope,
  id: string,
  change: Partial<{ name: string; location: string; enabled: boolean; revision: number }>,
) =>
  trx
    .updateTable("intelSource")
    .set(change)
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .returning(["id", "name", "location", "enabled", "revision"])
    .executeTakeFirstOrThrow();

export const deleteSource = (trx: Trx, scope: Scope, id: string) =>
  trx.deleteFrom("intelSource").where("organizationId", "=", scope.organizationId).where("id", "=", id).execute();

/** What an organisation's releases are compared with, or undefined. */
export const currentIndex = (trx: Trx, scope: Scope) =>
  trx.selectFrom("intelIndex").selectAll().where("organizationId", "=", scope.organizationId).executeTakeFirst();

export const writeIndex = (
  trx: Trx,
  scope: Scope,
  index: { sha256: string; sizeBytes: number; advisories: number; feeds: readonly FeedAge[]; builtAt: Date },
) => {
  const row = { ...index, feeds: JSON.stringify(index.feeds) };
  return trx
    .insertInto("intelIndex")
    .values({ organizationId: scope.organizationId, ...row })
    .onConflict((conflict) => conflict.column("organizationId").doUpdateSet(row))
    .execute();
};

export const insertRun = (trx: Trx, scope: Scope, run: Omit<IntelRunRow, "organizationId">) =>
  trx
    .insertInto("intelRun")
    .values({ organizationId: scope.organizationId, ...run })
    .execute();

/** Runs, newest first, with how far each job is. */
export const runsOf = (trx: Trx, scope: Scope, which: { id?: string; open?: boolean; limit: number }) =>
  trx
    .selectFrom("intelRun as r")
    .innerJoin("jobRun as j", (join) =>
      join.onRef("j.organizationId", "=", "r.organizationId").onRef("j.id", "=", "r.id"),
    )
    .select([
      "r.id",
      "r.startedAt",
      "r.startedBy",
      "j.state",
      "j.done",
      "j.total",
      "j.message",
      "j.result",
      "j.endedAt",
    ])
    .where("r.organizationId", "=", scope.organizationId)
    .$if(which.id !== undefined, (q) => q.where("r.id", "=", which.id ?? ""))
    .$if(which.open === true, (q) => q.where("j.state", "in", ["waiting", "running"]))
    .orderBy("r.id", "desc")
    .limit(which.limit)
    .execute();
