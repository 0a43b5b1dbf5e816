import { type SqlBool, sql } from "kysely";
import type { Scope, Trx } from "../../../platform/db.ts";
import type { Disposition, FindingState } from "../stored/schema.ts";

export interface FindingFilter {
  releaseId: string;
  state?: FindingState | undefined;
  evidenceId?: string | undefined;
}

/** Newer evidence of the same kind and tool, for the same release, in which a finding stands no more. */
const goneIn = sql<string | null>`(select e.id from evidence e
    join evidence last on last.organization_id = e.organization_id and last.id = test_finding.last_evidence_id
    where e.organization_id = test_finding.organization_id and e.release_id = test_finding.release_id and e.kind = test_finding.kind
      and e.tool_name = test_finding.tool_name and e.withdrawn_at is null and e.came_in_at > last.came_in_at
      and not exists (select from evidence_finding l where l.organization_id = e.organization_id and l.evidence_id = e.id
        and l.finding_id = test_finding.id)
    order by e.came_in_at desc limit 1)`;

const matching = (trx: Trx, { organizationId }: Scope, { releaseId, state, evidenceId }: FindingFilter) =>
  trx
    .selectFrom("testFinding")
    .where("organizationId", "=", organizationId)
    .where("releaseId", "=", releaseId)
    .$if(state !== undefined, (query) => query.where("state", "=", state ?? "open"))
    .$if(evidenceId !== undefined, (query) =>
      query.where(
        sql<SqlBool>`exists (select from evidence_finding l where l.organization_id = test_finding.organization_id
          and l.finding_id = test_finding.id and l.evidence_id = ${evidenceId ?? null}::uuid)`,
      ),
    );

/** Open ones first, the gravest first; one more than asked for. */
export const pageOfFindings = (
  trx: Trx,
  scope: Scope,
  filter: FindingFilter,
  { after, limit }: { after: readonly [number, number, string] | null; limit: number },
) =>
  matching(trx, scope, filter)
    .selectAll()
    .select(goneIn.as("goneIn"))
    .$if(after !== null, (query) =>
      query.where(
        sql<SqlBool>`((state = 'open')::int, weight, id) < (${after?.[0] ?? 0}, ${after?.[1] ?? 0}, ${after?.[2] ?? null}::uuid)`,
      ),
    )
    .orderBy(sql`(state = 'open')::int`, "desc")
    .orderBy("weight", "desc")
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();

export async function countFindings(trx: Trx, scope: Scope, filter: FindingFilter): Promise<number> {
  const { count } = await matching(trx, scope, filter)
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Locked until the transaction ends, in one order. Unknown ones are left out. */
export const lockFindings = (trx: Trx, { organizationId }: Scope, ids: readonly string[]) =>
  trx
    .selectFrom("testFinding")
    .selectAll()
    .where("organizationId", "=", organizationId)
    .where("id", "in", [...ids])
    .orderBy("id")
    .forUpdate()
    .execute();

export const findingsById = (trx: Trx, { organizationId }: Scope, ids: readonly string[]) =>
  trx
    .selectFrom("testFinding")
    .selectAll()
    .select(goneIn.as("goneIn"))
    .where("organizationId", "=", organizationId)
    .where("id", "in", [...ids])
    .execute();

export const decideFinding = (
  trx: Trx,
  { organizationId, actor }: Scope,
  id: string,
  disposition: Disposition | null,
  revision: number,
  at: Date,
) =>
  trx
    .updateTable("testFinding")
    .set({
      state: disposition?.state ?? "open",
      disposition: disposition === null ? null : JSON.stringify(disposition),
      decidedAt: at,
      decidedBy: actor.name,
      revision,
    })
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .execute();

/** Open findings of tests, and deferred ones whose day has passed, per release, the gravest first. */
export async function openByRelease(trx: Trx, { organizationId }: Scope, today: string, limit: number) {
  const { rows } = await sql<{
    deviceId: string;
    deviceName: string;
    releaseId: string;
    version: string;
    open: number;
    overdue: number;
    worst: number;
  }>`select d.id as device_id, d.name as device_name, r.id as release_id, r.version,
      count(*) filter (where f.state = 'open')::int as open,
      count(*) filter (where f.state = 'deferred' and f.disposition->>'on' < ${today})::int as overdue,
      max(f.weight) as worst
    from test_finding f
    join release r on r.organization_id = f.organization_id and r.id = f.release_id
    join device d on d.organization_id = r.organization_id and d.id = r.device_id
    where f.organization_id = ${organizationId}::uuid and r.phase <> 'decommissioned'
      and (f.state = 'open' or (f.state = 'deferred' and f.disposition->>'on' < ${today}))
    group by d.id, d.name, r.id, r.version
    order by worst desc, open desc, d.name limit ${limit}`.execute(trx);
  return rows;
}
