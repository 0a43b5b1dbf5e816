import type { Scope, Trx } from "../../platform/db.ts";

export interface EntryFilter {
  actorId?: string | undefined;
  action?: string | undefined;
  subjectType?: string | undefined;
  subjectId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

const matching = (trx: Trx, { organizationId }: Scope, filter: EntryFilter) =>
  trx
    .selectFrom("ledgerEntry")
    .where("organizationId", "=", organizationId)
    .$if(filter.actorId !== undefined, (q) => q.where("actorId", "=", filter.actorId ?? ""))
    .$if(filter.action !== undefined, (q) => q.where("action", "like", `${escapeLike(filter.action ?? "")}%`))
    .$if(filter.subjectType !== undefined, (q) => q.where("subjectType", "=", filter.subjectType ?? ""))
    .$if(filter.subjectId !== undefined, (q) => q.where("subjectId", "=", filter.subjectId ?? ""))
    .$if(filter.from !== undefined, (q) => q.where("at", ">=", new Date(filter.from ?? 0)))
    .$if(filter.to !== undefined, (q) => q.where("at", "<=", new Date(filter.to ?? 0)));

/** Entries, newest first, from below a number on; one more than asked for. */
export const pageOfEntries = (
  trx: Trx,
  scope: Scope,
  filter: EntryFilter,
  { below, limit }: { below: number | null; limit: number },
) =>
  matching(trx, scope, filter)
    .selectAll()
    .$if(below !== null, (q) => q.where("sequence", "<", below ?? 0))
    .orderBy("sequence", "desc")
    .limit(limit + 1)
    .execute();

export const countEntries = async (trx: Trx, scope: Scope, filter: EntryFilter, bound: number): Promise<number> => {
  const { count } = await trx
    .selectFrom(matching(trx, scope, filter).select("sequence").limit(bound).as("counted"))
    .select((e) => e.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
};

/** The last entry's number, hash and time, and the last signed one's. */
export async function headOf(trx: Trx, { organizationId }: Scope) {
  const last = await trx
    .selectFrom("ledgerEntry")
    .select(["sequence", "hash", "at"])
    .where("organizationId", "=", organizationId)
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();
  const checkpoint = await trx
    .selectFrom("ledgerCheckpoint")
    .select(["sequence", "hash", "at"])
    .where("organizationId", "=", organizationId)
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();
  return { last, checkpoint };
}

const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, "\\$&");
