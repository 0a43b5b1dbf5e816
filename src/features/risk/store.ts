import { sql } from "kysely";
import type { Scope, Trx } from "../../platform/db.ts";
import type { RiskWord } from "./schema.ts";
import type { ComponentReachRow, RiskAnswerRow, RiskDecisionRow } from "./tables.ts";

type New<Row> = Omit<Row, "organizationId">;

export const insertAnswer = (
  trx: Trx,
  scope: Scope,
  row: New<Omit<RiskAnswerRow, "proposed">> & { proposed: string | null },
) =>
  trx
    .insertInto("riskAnswer")
    .values({ organizationId: scope.organizationId, ...row })
    .execute();

/** Every answer about a vulnerability (under any of its names) in a release, newest first. */
export const answersOf = (trx: Trx, scope: Scope, releaseId: string, names: readonly string[]) =>
  trx
    .selectFrom("riskAnswer")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .where("releaseId", "=", releaseId)
    .where("advisory", "in", [...names])
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(1_000)
    .execute();

export const insertDecision = (
  trx: Trx,
  scope: Scope,
  row: New<Omit<RiskDecisionRow, "proposal">> & { proposal: string },
) =>
  trx
    .insertInto("riskDecision")
    .values({ organizationId: scope.organizationId, ...row })
    .execute();

/** Every decision about a vulnerability in a release, newest first, those taken back too. */
export const decisionsOf = (trx: Trx, scope: Scope, releaseId: string, names: readonly string[]) =>
  trx
    .selectFrom("riskDecision")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .where("releaseId", "=", releaseId)
    .where("advisory", "in", [...names])
    .orderBy("decidedAt", "desc")
    .orderBy("id", "desc")
    .limit(100)
    .execute();

export const findDecision = (trx: Trx, scope: Scope, id: string) =>
  trx
    .selectFrom("riskDecision")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .executeTakeFirst();

export const undoDecision = (trx: Trx, scope: Scope, id: string, undoneAt: Date) =>
  trx
    .updateTable("riskDecision")
    .set({ undoneAt, undoneBy: scope.actor.name })
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .execute();

export const insertReach = (trx: Trx, scope: Scope, row: New<ComponentReachRow>) =>
  trx
    .insertInto("componentReach")
    .values({ organizationId: scope.organizationId, ...row })
    .execute();

/** What counts now of what was recorded about the parts of these releases. */
export async function reachOf(trx: Trx, scope: Scope, releaseIds: readonly string[]): Promise<ComponentReachRow[]> {
  const { rows } = await sql<ComponentReachRow>`select * from (
      select distinct on (release_id, identity) * from component_reach
      where organization_id = ${scope.organizationId}::uuid and release_id = any(${[...releaseIds]}::uuid[])
      order by release_id, identity, at desc, id desc) newest
    where functions is not null`.execute(trx);
  return rows;
}

/** Releases of a device, for which something was recorded about a part. */
export async function reachOfDevice(trx: Trx, scope: Scope, deviceId: string): Promise<ComponentReachRow[]> {
  const { rows } = await sql<{ id: string }>`select distinct c.release_id as id from component_reach c
    join release r on r.organization_id = c.organization_id and r.id = c.release_id
    where c.organization_id = ${scope.organizationId}::uuid and r.device_id = ${deviceId}::uuid`.execute(trx);
  return rows.length === 0
    ? []
    : reachOf(
        trx,
        scope,
        rows.map((row) => row.id),
      );
}

export interface WaitingRow {
  advisory: string;
  title: string;
  releaseId: string;
  version: string;
  deviceId: string;
  deviceName: string;
  functions: { kind: string; name: string; harm: string }[];
  harm: number;
  findingId: string;
  answered: number;
  risk: RiskWord | null;
}

/** Open vulnerabilities in releases whose questions to the bedside are not all answered, worst first; each with its worst finding. */
export async function waitingAtBedside(
  trx: Trx,
  scope: Scope,
  questions: readonly string[],
  limit: number,
): Promise<WaitingRow[]> {
  const { rows } = await sql<WaitingRow>`
    with worst as (
      select distinct on (priority, release_id, advisory) id, release_id, device_id, advisory, title, harm, priority from (
        select id, release_id, device_id, advisory, title, harm, priority from finding
        where organization_id = ${scope.organizationId}::uuid and gone_at is null and state in ('new', 'in-triage', 'affected')
        order by priority desc, id desc limit ${limit * 20}) top
      order by priority desc, release_id, advisory, id desc)
    select w.advisory, w.title, w.release_id, r.version, w.device_id, d.name as device_name, d.functions, w.harm, w.id as finding_id,
      coalesce(given.count, 0)::int as answered, decided.risk
    from worst w
    join release r on r.organization_id = ${scope.organizationId}::uuid and r.id = w.release_id
    join device d on d.organization_id = r.organization_id and d.id = w.device_id
    left join lateral (select count(*) filter (where answer is not null) as count from (
        select distinct on (a.question) a.answer from risk_answer a
        where a.organization_id = r.organization_id and a.release_id = w.release_id and a.advisory = w.advisory
          and a.question = any(${[...questions]}::text[])
        order by a.question, a.at desc, a.id desc) newest) given on true
    left join lateral (select c.risk from risk_decision c
        where c.organization_id = r.organization_id and c.release_id = w.release_id and c.advisory = w.advisory and c.undone_at is null
        order by c.decided_at desc, c.id desc limit 1) decided on true
    where r.phase <> 'decommissioned' and coalesce(given.count, 0) < ${questions.length}
      and not exists (select 1 from worst x where x.release_id = w.release_id and x.advisory = w.advisory
        and (x.priority, x.id) > (w.priority, w.id))
    order by w.priority desc, w.id desc limit ${limit}`.execute(trx);
  return rows;
}

/** Decisions, answers and recorded reach by id, as people call them. */
export async function namesOf(trx: Trx, { organizationId }: Scope, ids: readonly string[]) {
  const wanted = sql`organization_id = ${organizationId}::uuid and id = any(${[...ids]}::uuid[])`;
  const { rows } = await sql<{ id: string; name: string }>`
    select id, advisory || ', ' || risk || ' risk' as name from risk_decision where ${wanted}
    union all select id, advisory || ', ' || question as name from risk_answer where ${wanted}
    union all select id, identity as name from component_reach where ${wanted}`.execute(trx);
  return rows;
}
