import { type Insertable, sql } from "kysely";
import type { Scope, Trx } from "../../../platform/db.ts";
import type { ClockRow } from "../tables.ts";
import type { ClockFacts } from "./clock-facts.ts";
import type { Evidence } from "./schema.ts";

const DEFAULTS = { timeZone: "UTC", offInstruments: [] as string[], revision: 0 };

export const readSettings = async (trx: Trx, { organizationId }: Scope) =>
  (await trx
    .selectFrom("clockSettings")
    .select(["timeZone", "offInstruments", "revision"])
    .where("organizationId", "=", organizationId)
    .executeTakeFirst()) ?? DEFAULTS;

/** Writes the settings when nobody changed them since that revision. False: somebody did. */
export async function writeSettings(
  trx: Trx,
  { organizationId }: Scope,
  revision: number,
  values: { timeZone: string; offInstruments: string[] },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto("clockSettings")
    .values({ organizationId, ...values })
    .onConflict((conflict) =>
      conflict
        .column("organizationId")
        .doUpdateSet((e) => ({ ...values, revision: e("clockSettings.revision", "+", 1) }))
        .where("clockSettings.revision", "=", revision),
    )
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Adds clocks; one that runs or ran for the same subject already is left as it is. Returns only the new ones. */
export const addClocks = (
  trx: Trx,
  { organizationId }: Scope,
  clocks: readonly Omit<Insertable<ClockRow>, "organizationId">[],
): Promise<ClockFacts[]> =>
  clocks.length === 0
    ? Promise.resolve([])
    : trx
        .insertInto("clock")
        .values(clocks.map((clock) => ({ ...clock, organizationId })))
        .onConflict((conflict) =>
          conflict
            .columns(["organizationId", "clock", "subjectType", "subjectId"])
            .where("voidedAt", "is", null)
            .doNothing(),
        )
        .returningAll()
        .execute();

export const findClock = (trx: Trx, { organizationId }: Scope, id: string): Promise<ClockFacts | undefined> =>
  trx
    .selectFrom("clock")
    .selectAll()
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .executeTakeFirst();

export const lockClock = (trx: Trx, { organizationId }: Scope, id: string): Promise<ClockFacts | undefined> =>
  trx
    .selectFrom("clock")
    .selectAll()
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();

export const changeClock = (
  trx: Trx,
  { organizationId }: Scope,
  id: string,
  change: Partial<
    Pick<
      ClockFacts,
      | "ownerId"
      | "ownerName"
      | "nextStageAt"
      | "stoppedAt"
      | "stoppedBy"
      | "stopRecordedAt"
      | "voidedAt"
      | "voidedBy"
      | "voidReason"
    >
  > & { stopEvidence?: Evidence },
): Promise<ClockFacts> => {
  const { stopEvidence, ...rest } = change;
  return trx
    .updateTable("clock")
    .set({ ...rest, ...(stopEvidence === undefined ? {} : { stopEvidence: JSON.stringify(stopEvidence) }) })
    .set((e) => ({ revision: e("revision", "+", 1) }))
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
};

/** Keeps which stage a clock has told of. No change that a person made: whoever has the clock open may still stop it. */
export const keepStage = (
  trx: Trx,
  { organizationId }: Scope,
  id: string,
  stage: Pick<ClockFacts, "stage" | "nextStageAt">,
): Promise<ClockFacts> =>
  trx
    .updateTable("clock")
    .set(stage)
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();

export interface ClockMatch {
  show: "running" | "all";
  subjectType?: string | undefined;
  subjectId?: string | undefined;
  deviceId?: string | undefined;
}

const matching = (trx: Trx, { organizationId }: Scope, match: ClockMatch) =>
  trx
    .selectFrom("clock")
    .where("organizationId", "=", organizationId)
    .$if(match.show === "running", (q) => q.where("stoppedAt", "is", null).where("voidedAt", "is", null))
    .$if(match.subjectType !== undefined, (q) => q.where("subjectType", "=", match.subjectType ?? ""))
    .$if(match.subjectId !== undefined, (q) => q.where("subjectId", "=", match.subjectId ?? ""))
    .$if(match.deviceId !== undefined, (q) => q.where("deviceId", "=", match.deviceId ?? ""));

/** What is due first comes first; of all, the newest due date first. One more than asked for. */
export const pageOfClocks = (
  trx: Trx,
  scope: Scope,
  match: ClockMatch,
  { after, limit }: { after: readonly [string, string] | null; limit: number },
): Promise<ClockFacts[]> =>
  matching(trx, scope, match)
    .selectAll()
    .$if(after !== null, (q) =>
      q.where(
        match.show === "running"
          ? sql<boolean>`(due_at, id) > (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`
          : sql<boolean>`(due_at, id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`,
      ),
    )
    .orderBy("dueAt", match.show === "running" ? "asc" : "desc")
    .orderBy("id", match.show === "running" ? "asc" : "desc")
    .limit(limit + 1)
    .execute();

export const countClocks = async (trx: Trx, scope: Scope, match: ClockMatch, bound: number): Promise<number> => {
  const { count } = await trx
    .selectFrom(matching(trx, scope, match).select("id").limit(bound).as("counted"))
    .select((e) => e.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
};

/** Running clocks whose next stage has come, locked; those another process works on are left to it. */
export const takeDueClocks = (trx: Trx, { organizationId }: Scope, now: Date, limit: number): Promise<ClockFacts[]> =>
  trx
    .selectFrom("clock")
    .selectAll()
    .where("organizationId", "=", organizationId)
    .where("nextStageAt", "<=", now)
    .orderBy("nextStageAt")
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();

/** Across organisations: those with a clock to be heard. */
export const organizationsWithDueClocks = async (trx: Trx, now: Date): Promise<string[]> =>
  (await trx.selectFrom("clock").select("organizationId").distinct().where("nextStageAt", "<=", now).execute()).map(
    ({ organizationId }) => organizationId,
  );
