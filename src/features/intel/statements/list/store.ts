import { sql } from "kysely";
import type { Scope, Trx } from "../../../../platform/db.ts";
import type { Severity } from "../../assess/schema.ts";
import type { State } from "../../findings/schema.ts";
import type { DocumentRow, SourceRow, SpokenRow } from "../show.ts";

const DOCUMENT = sql`d.id, d.release_id, d.file_name, d.sha256, d.size_bytes, d.format, d.format_version, d.statements, d.refused,
  d.uploaded_at, d.uploaded_by, d.withdrawn_at, d.withdrawn_by,
  (select count(distinct s.id) from vex_statement s
    join finding_vex v on v.organization_id = s.organization_id and v.statement_id = s.id and v.release_id = d.release_id
    where s.organization_id = d.organization_id and s.document_id = d.id)::int as speaking`;

/** VEX documents of a release, newest first, at most 200. */
export async function documentsOf(trx: Trx, scope: Scope, releaseId: string): Promise<DocumentRow[]> {
  const { rows } = await sql<DocumentRow>`select ${DOCUMENT} from vex_document d
    where d.organization_id = ${scope.organizationId}::uuid and d.release_id = ${releaseId}::uuid
    order by d.id desc limit 200`.execute(trx);
  return rows;
}

export async function findDocument(trx: Trx, scope: Scope, id: string): Promise<DocumentRow | undefined> {
  const { rows } = await sql<DocumentRow>`select ${DOCUMENT} from vex_document d
    where d.organization_id = ${scope.organizationId}::uuid and d.id = ${id}::uuid`.execute(trx);
  return rows[0];
}

/** The bytes of a document, compressed as they are kept. */
export const documentFile = (trx: Trx, scope: Scope, id: string) =>
  trx
    .selectFrom("vexDocument")
    .select(["fileName", "zstd"])
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .executeTakeFirst();

/** Authors of statements: those nobody decided on first. */
export async function sourcesOfVex(trx: Trx, scope: Scope): Promise<SourceRow[]> {
  const { rows } =
    await sql<SourceRow>`select s.id, s.name, s.trust, s.decided_by, s.decided_at, s.revision, s.first_seen_at,
      (select count(*) from vex_statement v where v.organization_id = s.organization_id and v.source_id = s.id)::int as statements
    from vex_source s where s.organization_id = ${scope.organizationId}::uuid
    order by s.decided_at is not null, lower(s.name), s.id limit 1000`.execute(trx);
  return rows;
}

/** The same, and of which finding. */
export interface FindingSpokenRow extends SpokenRow {
  findingId: string;
}

const SPOKEN = sql`v.finding_id, v.statement_id, v.role, s.statement, s.trust, o.id as source_id, o.name as source_name, d.id as document_id,
  d.file_name, d.uploaded_at, d.uploaded_by, earlier.version as carried_from, v.answer, v.answered_by, v.answered_at`;
const SPOKEN_FROM = sql`finding_vex v
  join vex_statement s on s.organization_id = v.organization_id and s.id = v.statement_id
  join vex_source o on o.organization_id = s.organization_id and o.id = s.source_id
  join vex_document d on d.organization_id = s.organization_id and d.id = s.document_id
  left join release earlier on earlier.organization_id = v.organization_id and earlier.id = v.carried_from`;

/** Everything said of these findings, newest first. */
export async function spokenOfFindings(
  trx: Trx,
  scope: Scope,
  findingIds: readonly string[],
): Promise<FindingSpokenRow[]> {
  if (findingIds.length === 0) return [];
  const { rows } = await sql<FindingSpokenRow>`select ${SPOKEN} from ${SPOKEN_FROM}
    where v.organization_id = ${scope.organizationId}::uuid and v.finding_id = any(${[...findingIds]}::uuid[])
    order by s.statement->>'issuedAt' desc nulls last, s.id desc limit 2000`.execute(trx);
  return rows;
}

export interface ProposalRow {
  id: string;
  revision: number;
  deviceId: string;
  deviceName: string;
  releaseId: string;
  releaseVersion: string;
  componentName: string;
  componentVersion: string | null;
  purl: string | null;
  cpe: string | null;
  advisory: string;
  title: string;
  severity: Severity;
  state: State;
  decidedBy: string | null;
  priority: number;
  statementId: string;
}

interface ProposalFilter {
  releaseId?: string | undefined;
  findingId?: string | undefined;
}

const proposed = (scope: Scope, { releaseId, findingId }: ProposalFilter) => sql`
    v.organization_id = ${scope.organizationId}::uuid and v.role = 'proposes'
      and ${releaseId === undefined ? sql`true` : sql`f.release_id = ${releaseId}::uuid`}
      and ${findingId === undefined ? sql`true` : sql`f.id = ${findingId}::uuid`}`;

/** Proposals that wait for a person, worst for a patient first; one more than asked for. */
export async function pageOfProposals(
  trx: Trx,
  scope: Scope,
  filter: ProposalFilter,
  { after, limit }: { after: readonly [number, string] | null; limit: number },
): Promise<ProposalRow[]> {
  const { rows } = await sql<ProposalRow>`select f.id, f.revision, f.device_id, n.name as device_name, f.release_id,
      r.version as release_version, f.component_name, f.component_version, f.purl, f.cpe, f.advisory, f.title, f.severity, f.state,
      f.decided_by, f.priority, v.statement_id
    from finding_vex v
    join finding f on f.organization_id = v.organization_id and f.id = v.finding_id and f.gone_at is null
    join device n on n.organization_id = f.organization_id and n.id = f.device_id
    join release r on r.organization_id = f.organization_id and r.id = f.release_id
    where ${proposed(scope, filter)}
      and ${after === null ? sql`true` : sql`(f.priority, f.id) < (${after[0]}::integer, ${after[1]}::uuid)`}
    order by f.priority desc, f.id desc limit ${limit + 1}`.execute(trx);
  return rows;
}

export async function countProposals(trx: Trx, scope: Scope, filter: ProposalFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) from finding_vex v
    join finding f on f.organization_id = v.organization_id and f.id = v.finding_id and f.gone_at is null
    where ${proposed(scope, filter)}`.execute(trx);
  return rows[0]?.count ?? 0;
}

export const knowsRelease = async (trx: Trx, scope: Scope, id: string): Promise<boolean> => {
  const { rows } = await sql`select 1 from release
    where organization_id = ${scope.organizationId}::uuid and id = ${id}::uuid`.execute(trx);
  return rows.length > 0;
};
