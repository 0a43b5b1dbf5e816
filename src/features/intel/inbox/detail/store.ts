import { sql } from "kysely";
import type { Scope, Trx } from "../../../../platform/db.ts";
import type { Trust } from "../../statements/schema.ts";
import type { VexStatement } from "../../vex/schema.ts";
import type { TouchedFacts } from "../show.ts";

const COLUMNS = sql`f.id, f.revision, f.device_id, d.name as device_name, f.release_id, r.version as release_version, f.identity,
  f.component_name, f.component_version, f.purl, f.cpe, f.fixed_in, f.state, f.justification, f.note, f.suspect, f.decided_by,
  f.decided_at, f.decided_version, f.because`;
/** Whether every place where the release's SBOM lists the part says that it is not shipped (CycloneDX scope). */
const EXCLUDED = sql`coalesce((select bool_and(c.scope is not distinct from 'excluded') from component c
  where c.organization_id = f.organization_id and c.sbom_id = r.sbom_id and c.identity = f.identity
    and c.version is not distinct from f.component_version), false) as is_excluded`;
const NAMES = sql`join device d on d.organization_id = f.organization_id and d.id = f.device_id
  join release r on r.organization_id = f.organization_id and r.id = f.release_id`;

/** Findings of a vulnerability that are there now, open ones first, worst first, with the units in the field of each release. */
export async function touchedBy(
  trx: Trx,
  scope: Scope,
  advisory: string,
  deviceId: string | undefined,
  limit: number,
): Promise<TouchedFacts[]> {
  const { rows } = await sql<TouchedFacts>`with hit as (
      select ${COLUMNS}, ${EXCLUDED}, f.organization_id, f.priority from finding f ${NAMES}
      where f.organization_id = ${scope.organizationId}::uuid and f.advisory = ${advisory} and f.gone_at is null
        and ${deviceId === undefined ? sql`true` : sql`f.device_id = ${deviceId}::uuid`}
      order by f.state in ('new', 'in-triage', 'affected') desc, f.priority desc, f.id desc limit ${limit})
    select hit.*, coalesce(u.units, 0)::int as units, coalesce(u.sites, 0)::int as sites
    from hit left join (
      select release_id, count(*) as units, count(distinct nullif(site, '')) as sites from unit
      where organization_id = ${scope.organizationId}::uuid and status in ('in-use', 'in-repair')
        and release_id in (select release_id from hit) group by release_id) u on u.release_id = hit.release_id
    order by hit.state in ('new', 'in-triage', 'affected') desc, hit.priority desc, hit.id desc`.execute(trx);
  return rows;
}

/** Units in the field of the releases a vulnerability touches, each counted once: those with an open finding, or all when none is open. */
export async function inTheField(trx: Trx, scope: Scope, advisory: string, deviceId: string | undefined) {
  const { rows } = await sql<{ units: number; sites: number }>`with hit as (
      select f.release_id, bool_or(f.state in ('new', 'in-triage', 'affected')) as open from finding f
      where f.organization_id = ${scope.organizationId}::uuid and f.advisory = ${advisory} and f.gone_at is null
        and ${deviceId === undefined ? sql`true` : sql`f.device_id = ${deviceId}::uuid`}
      group by f.release_id)
    select count(*)::int as units, count(distinct nullif(u.site, ''))::int as sites from unit u
    where u.organization_id = ${scope.organizationId}::uuid and u.status in ('in-use', 'in-repair')
      and u.release_id in (select release_id from hit where open or not (select bool_or(open) from hit))`.execute(trx);
  return rows[0] ?? { units: 0, sites: 0 };
}

export interface ProposedByVex {
  findingId: string;
  statementId: string;
  statement: VexStatement;
  source: string;
  trust: Trust;
  fileName: string;
  uploadedBy: string;
}

/** VEX statements that would change these findings and wait for a person. */
export async function vexProposals(trx: Trx, scope: Scope, findingIds: readonly string[]): Promise<ProposedByVex[]> {
  const { rows } =
    await sql<ProposedByVex>`select v.finding_id, v.statement_id, s.statement, a.name as source, a.trust, d.file_name,
      d.uploaded_by
    from finding_vex v
    join vex_statement s on s.organization_id = v.organization_id and s.id = v.statement_id
    join vex_source a on a.organization_id = s.organization_id and a.id = s.source_id
    join vex_document d on d.organization_id = s.organization_id and d.id = s.document_id
    where v.organization_id = ${scope.organizationId}::uuid and v.finding_id = any(${[...findingIds]}::uuid[])
      and v.role = 'proposes' and v.answer is null
    order by s.statement->>'issuedAt' desc nulls last, s.id desc`.execute(trx);
  return rows;
}

/** What people decided about this vulnerability, newest first; also where the part has gone since. */
export async function decidedBefore(trx: Trx, scope: Scope, advisory: string, limit: number): Promise<TouchedFacts[]> {
  const { rows } =
    await sql<TouchedFacts>`select ${COLUMNS}, false as is_excluded, 0 as units, 0 as sites from finding f ${NAMES}
    where f.organization_id = ${scope.organizationId}::uuid and f.advisory = ${advisory} and f.decided_at is not null
      and f.state in ('affected', 'not-affected', 'fixed', 'accepted')
    order by f.decided_at desc, f.id desc limit ${limit}`.execute(trx);
  return rows;
}
