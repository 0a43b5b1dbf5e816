import { sql } from "kysely";
import { storableJson } from "../../../../lib/storable.ts";
import type { Scope, Trx } from "../../../../platform/db.ts";
import type { DecisionState } from "../decision-state.ts";
import { everOf } from "../matched/store.ts";
import type { Justification, State } from "../schema.ts";

/** A finding as far as deciding needs it. */
export interface DecidedFinding {
  id: string;
  deviceId: string;
  releaseId: string;
  advisory: string;
  componentVersion: string | null;
  revision: number;
  state: State;
  justification: Justification | null;
  note: string;
  assigneeId: string | null;
  assigneeName: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  decidedVersion: string | null;
  decidedThrough: "person" | "vex" | null;
  suspect: boolean;
  lastChangeId: string | null;
}

const COLUMNS = sql`id, device_id, release_id, advisory, component_version, revision, state, justification, note, assignee_id,
  assignee_name, decided_by, decided_at, decided_version, decided_through, suspect, last_change_id`;

/** The findings, locked in one order until the transaction ends. Lock their releases first. */
export async function lockFindings(trx: Trx, scope: Scope, ids: readonly string[]): Promise<DecidedFinding[]> {
  const { rows } = await sql<DecidedFinding>`select ${COLUMNS} from finding
    where organization_id = ${scope.organizationId}::uuid and id = any(${[...ids]}::uuid[]) order by id for update`.execute(
    trx,
  );
  return rows;
}

/** A finding with what its component and its vulnerability are called. */
export interface WeighedFinding extends DecidedFinding {
  aliases: string[];
  identity: string;
  componentName: string;
  purl: string | null;
  cpe: string | null;
  foundAt: Date;
}

/** Findings of a release that are there now, locked; `undecidedSince`: only those found then and touched by nobody. */
export async function lockFindingsOf(
  trx: Trx,
  scope: Scope,
  releaseId: string,
  undecidedSince?: Date,
): Promise<WeighedFinding[]> {
  const { rows } =
    await sql<WeighedFinding>`select ${COLUMNS}, aliases, identity, component_name, purl, cpe, found_at from finding
    where organization_id = ${scope.organizationId}::uuid and release_id = ${releaseId}::uuid and gone_at is null
      and ${undecidedSince === undefined ? sql`true` : sql`found_at = ${undecidedSince}::timestamptz and decided_at is null and state = 'new'`}
    order by id for update`.execute(trx);
  return rows;
}

/** What was decided, or said by statements, about findings of a release; also about those that went since. Newest decision first. */
export async function settledFindingsOf(trx: Trx, scope: Scope, releaseId: string): Promise<WeighedFinding[]> {
  const { rows } = await sql<WeighedFinding>`select ${COLUMNS}, aliases, identity, component_name, purl, cpe
    from ${everOf(scope, [releaseId])} f
    where decided_at is not null or suspect or exists (select from finding_vex v
      where v.organization_id = f.organization_id and v.finding_id = f.id)
    order by decided_at desc nulls last, id`.execute(trx);
  return rows;
}

/** Those of these releases about which something was decided, or said by statements. */
export async function settledAmong(trx: Trx, scope: Scope, releaseIds: readonly string[]): Promise<Set<string>> {
  if (releaseIds.length === 0) return new Set();
  const { rows } = await sql<{ releaseId: string }>`select distinct release_id from ${everOf(scope, releaseIds)} f
    where decided_at is not null or suspect
    union select release_id from finding_vex
      where organization_id = ${scope.organizationId}::uuid and release_id = any(${[...releaseIds]}::uuid[])`.execute(
    trx,
  );
  return new Set(rows.map(({ releaseId }) => releaseId));
}

/** Releases these findings belong to. */
export async function releasesOfFindings(trx: Trx, scope: Scope, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ releaseId: string }>`select distinct release_id from finding
    where organization_id = ${scope.organizationId}::uuid and id = any(${[...ids]}::uuid[])`.execute(trx);
  return rows.map((row) => row.releaseId);
}

/** Open findings of a vulnerability that are there now, in some releases, one device, or everywhere. */
export async function openFindingsOf(
  trx: Trx,
  scope: Scope,
  advisory: string,
  { releaseIds, deviceId }: { releaseIds?: readonly string[] | undefined; deviceId?: string | undefined },
  limit: number,
): Promise<{ id: string; revision: number }[]> {
  const { rows } = await sql<{ id: string; revision: number }>`select id, revision from finding
    where organization_id = ${scope.organizationId}::uuid and advisory = ${advisory} and gone_at is null
      and state in ('new', 'in-triage', 'affected')
      and ${releaseIds === undefined ? sql`true` : sql`release_id = any(${[...releaseIds]}::uuid[])`}
      and ${deviceId === undefined ? sql`true` : sql`device_id = ${deviceId}::uuid`}
    order by id limit ${limit}`.execute(trx);
  return rows;
}

/** Findings whose last change is this one, and what each was before. */
export async function changedBy(trx: Trx, scope: Scope, changeId: string) {
  const { rows } = await sql<{ findingId: string; before: DecisionState; isLast: boolean }>`
    select e.finding_id, e.before, f.last_change_id is not distinct from e.change_id as is_last
    from finding_event e join finding f on f.organization_id = e.organization_id and f.id = e.finding_id
    where e.organization_id = ${scope.organizationId}::uuid and e.change_id = ${changeId}::uuid and e.before is not null
      and e.kind in ('decided', 'assigned')`.execute(trx);
  return rows;
}

export async function writeDecisions(
  trx: Trx,
  scope: Scope,
  decisions: readonly (DecisionState & { id: string })[],
): Promise<void> {
  await sql`update finding f set state = r.state, justification = r.justification, note = r.note, assignee_id = r."assigneeId",
      assignee_name = r."assigneeName", decided_by = r."decidedBy", decided_at = r."decidedAt", decided_version = r."decidedVersion",
      decided_through = r."decidedThrough", suspect = r.suspect, last_change_id = r."lastChangeId", revision = f.revision + 1
    from json_to_recordset(${storableJson(decisions)}::json) as r(id uuid, state text, justification text, note text, "assigneeId" text,
      "assigneeName" text, "decidedBy" text, "decidedAt" timestamptz, "decidedVersion" text, "decidedThrough" text, suspect boolean, "lastChangeId" uuid)
    where f.organization_id = ${scope.organizationId}::uuid and f.id = r.id`.execute(trx);
}

const NONE = {
  open: 0,
  new: 0,
  inTriage: 0,
  affected: 0,
  exploited: 0,
  critical: 0,
  high: 0,
  medium: 0,
  low: 0,
  suspect: 0,
};

/** What is open in each of these releases now. */
export async function countOpen(
  trx: Trx,
  scope: Scope,
  releaseIds: readonly string[],
): Promise<Map<string, typeof NONE>> {
  const counts = new Map(releaseIds.map((id) => [id, NONE]));
  if (releaseIds.length === 0) return counts;
  const { rows } = await sql<typeof NONE & { releaseId: string }>`
    select release_id, count(*) filter (where is_open) as open, count(*) filter (where state = 'new') as new,
      count(*) filter (where state = 'in-triage') as in_triage, count(*) filter (where state = 'affected') as affected,
      count(*) filter (where is_open and exploited is not null) as exploited,
      count(*) filter (where is_open and rating = 'critical') as critical, count(*) filter (where is_open and rating = 'high') as high,
      count(*) filter (where is_open and rating = 'medium') as medium, count(*) filter (where is_open and rating = 'low') as low,
      count(*) filter (where suspect) as suspect
    from (select release_id, state, exploited, rating, suspect, state in ('new', 'in-triage', 'affected') as is_open from finding
      where organization_id = ${scope.organizationId}::uuid and release_id = any(${[...releaseIds]}::uuid[]) and gone_at is null) f
    group by release_id`.execute(trx);
  for (const { releaseId, ...of } of rows) counts.set(releaseId, of);
  return counts;
}
