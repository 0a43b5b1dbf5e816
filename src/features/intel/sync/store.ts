import { sql } from "kysely";
import type { Scope, Trx } from "../../../platform/db.ts";
import type { SourceState } from "../loading/schema.ts";
import type { FeedAge } from "../schema.ts";
import type { IntelRunRow, IntelSourceRow } from "../tables.ts";

const SOURCE = ["id", "name", "location", "enabled", "plugIn", "choice", "revision"] as const;

export const sourcesOf = (trx: Trx, scope: Scope) =>
  trx
    .selectFrom("intelSource")
    .select(SOURCE)
    .where("organizationId", "=", scope.organizationId)
    .orderBy("name")
    .orderBy("id")
    .execute();

/** Sources with how each stands; without the lists of their documents, which may be long. */
export const standingsOf = (trx: Trx, scope: Scope) =>
  trx
    .selectFrom("intelSource as s")
    .leftJoin("intelSourceState as t", (join) =>
      join.onRef("t.organizationId", "=", "s.organizationId").onRef("t.sourceId", "=", "s.id"),
    )
    .select(["s.id", "s.name", "s.location", "s.enabled", "s.plugIn", "s.choice", "s.revision"])
    .select([
      "t.triedAt",
      "t.succeededAt",
      "t.changedAt",
      "t.failure",
      "t.problems",
      "t.records",
      "t.sizeBytes",
      "t.cursor",
    ])
    .where("s.organizationId", "=", scope.organizationId)
    .orderBy("s.name")
    .orderBy("s.id")
    .execute();

/** What is remembered of a source, and whether everything is to be taken again; undefined before its first visit. */
export const stateOf = (trx: Trx, scope: Scope, sourceId: string) =>
  trx
    .selectFrom("intelSourceState")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .where("sourceId", "=", sourceId)
    .executeTakeFirst();

/** Keeps where a visit is; nothing when the source was removed meanwhile. */
export async function keepState(
  trx: Trx,
  scope: Scope,
  sourceId: string,
  state: Omit<SourceState, "plugIn">,
  anew: boolean,
): Promise<void> {
  const still = await lockSource(trx, scope, sourceId);
  if (still === undefined) return;
  const row = {
    cursor: JSON.stringify(state.cursor),
    documents: JSON.stringify(state.documents),
    seen: JSON.stringify(state.seen),
    triedAt: dateOf(state.triedAt),
    succeededAt: dateOf(state.succeededAt),
    changedAt: dateOf(state.changedAt),
    failure: state.failure === null ? null : JSON.stringify(state.failure),
    problems: JSON.stringify(state.problems),
    records: state.documents.reduce((sum, { records }) => sum + records, 0),
    sizeBytes: state.documents.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    anew,
  };
  await trx
    .insertInto("intelSourceState")
    .values({ organizationId: scope.organizationId, sourceId, ...row })
    .onConflict((conflict) => conflict.columns(["organizationId", "sourceId"]).doUpdateSet(row))
    .execute();
}

/** True when there is something to forget. */
export async function askAnew(trx: Trx, scope: Scope, sourceId: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("intelSourceState")
    .set({ anew: true })
    .where("organizationId", "=", scope.organizationId)
    .where("sourceId", "=", sourceId)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text));

export const lockSource = (trx: Trx, scope: Scope, id: string) =>
  trx
    .selectFrom("intelSource")
    .select(SOURCE)
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();

/** False when the same source has the location already. */
export async function insertSource(
  trx: Trx,
  scope: Scope,
  source: Omit<IntelSourceRow, "organizationId" | "revision" | "choice"> & { choice?: string[] },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto("intelSource")
    .values({ organizationId: scope.organizationId, ...source })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

export const updateSource = (
  trx: Trx,
  scope: Scope,
  id: string,
  change: Partial<{ name: string; location: string; enabled: boolean; choice: string[]; revision: number }>,
) =>
  trx
    .updateTable("intelSource")
    .set(change)
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .returning(SOURCE)
    .executeTakeFirstOrThrow();

export const deleteSource = (trx: Trx, scope: Scope, id: string) =>
  trx.deleteFrom("intelSource").where("organizationId", "=", scope.organizationId).where("id", "=", id).execute();

/** What an organisation's releases are compared with, or undefined. */
export const currentIndex = (trx: Trx, scope: Scope) =>
  trx.selectFrom("intelIndex").selectAll().where("organizationId", "=", scope.organizationId).executeTakeFirst();

/**
 * The same, and it stays the current one until the transaction ends: a new index waits. So nothing that was compared with an old index
 * is written after the new one is there.
 */
export const holdIndex = (trx: Trx, scope: Scope) =>
  trx
    .selectFrom("intelIndex")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .forShare()
    .executeTakeFirst();

export const writeIndex = (
  trx: Trx,
  scope: Scope,
  index: {
    sha256: string;
    sizeBytes: number;
    advisories: number;
    feeds: readonly FeedAge[];
    builtAt: Date;
    madeOf: string | null;
  },
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

const STARTING = 7_301;

/** Until the transaction ends nobody else starts a run of the organisation: two that see none open would start two. */
export const holdStarts = (trx: Trx, scope: Scope) =>
  sql`select pg_advisory_xact_lock(${STARTING}, hashtext(${scope.organizationId}))`.execute(trx);

/** Forgets runs that ended before: one an hour would stand there for ever. */
export async function dropOldRuns(trx: Trx, scope: Scope, before: Date): Promise<void> {
  const old = await trx
    .deleteFrom("jobRun")
    .where("organizationId", "=", scope.organizationId)
    .where("endedAt", "<", before)
    .where((is) =>
      is("id", "in", is.selectFrom("intelRun").select("id").where("organizationId", "=", scope.organizationId)),
    )
    .returning("id")
    .execute();
  if (old.length === 0) return;
  await trx
    .deleteFrom("intelRun")
    .where("organizationId", "=", scope.organizationId)
    .where(
      "id",
      "in",
      old.map(({ id }) => id),
    )
    .execute();
}

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
