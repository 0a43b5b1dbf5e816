import { sql } from "kysely";
import { storableJson } from "../../lib/storable.ts";
import type { Scope, Trx } from "../../platform/db.ts";
import type { EvidenceRow } from "./tables.ts";

type New<Row> = Omit<Row, "organizationId">;

export const insertEvidence = (
  trx: Trx,
  scope: Scope,
  row: Omit<New<EvidenceRow>, "summary" | "withdrawnAt" | "withdrawnBy" | "withdrawnBecause"> & { summary: string },
) =>
  trx
    .insertInto("evidence")
    .values({
      organizationId: scope.organizationId,
      ...row,
      withdrawnAt: null,
      withdrawnBy: null,
      withdrawnBecause: null,
    })
    .execute();

const withCounts = (trx: Trx, { organizationId }: Scope) =>
  trx
    .selectFrom("evidence")
    .selectAll("evidence")
    .select([
      sql<number>`(select count(*) from evidence_finding l where l.organization_id = evidence.organization_id and l.evidence_id = evidence.id)`.as(
        "findings",
      ),
      sql<number>`(select count(*) from evidence_finding l join test_finding f on f.organization_id = l.organization_id and f.id = l.finding_id
        where l.organization_id = evidence.organization_id and l.evidence_id = evidence.id and f.state = 'open')`.as(
        "openFindings",
      ),
      sql<
        string | null
      >`(select n.id from evidence n where n.organization_id = evidence.organization_id and n.supersedes = evidence.id
        and n.withdrawn_at is null order by n.came_in_at desc limit 1)`.as("supersededBy"),
    ])
    .where("evidence.organizationId", "=", organizationId);
export type EvidenceWithCounts = Awaited<ReturnType<typeof evidenceOf>>[number];

/** Newest first. */
export const evidenceOf = (trx: Trx, scope: Scope, releaseId: string, withdrawn: boolean, limit: number) =>
  withCounts(trx, scope)
    .where("releaseId", "=", releaseId)
    .$if(!withdrawn, (query) => query.where("withdrawnAt", "is", null))
    .orderBy("cameInAt", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();

export const findEvidence = (trx: Trx, scope: Scope, id: string) =>
  withCounts(trx, scope).where("id", "=", id).executeTakeFirst();

export const findSameBytes = (trx: Trx, scope: Scope, releaseId: string, sha256: string) =>
  withCounts(trx, scope)
    .where("releaseId", "=", releaseId)
    .where("sha256", "=", sha256)
    .where("withdrawnAt", "is", null)
    .executeTakeFirst();

export const withdrawEvidence = (trx: Trx, scope: Scope, id: string, because: string, at: Date) =>
  trx
    .updateTable("evidence")
    .set({ withdrawnAt: at, withdrawnBy: scope.actor.name, withdrawnBecause: because })
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .execute();

/** What these prove. */
export const proofsOf = (trx: Trx, { organizationId }: Scope, evidenceIds: readonly string[]) =>
  evidenceIds.length === 0
    ? Promise.resolve([])
    : trx
        .selectFrom("evidenceProof")
        .selectAll()
        .where("organizationId", "=", organizationId)
        .where("evidenceId", "in", [...evidenceIds])
        .where("removedAt", "is", null)
        .orderBy("targetKind")
        .orderBy("targetId")
        .execute();

/** Adds those that are not there; returns them. */
export const addProofs = (
  trx: Trx,
  { organizationId, actor }: Scope,
  of: { evidenceId: string; releaseId: string },
  targets: readonly { proofId: string; kind: "control" | "test"; id: string }[],
  now: Date,
) =>
  targets.length === 0
    ? Promise.resolve([])
    : trx
        .insertInto("evidenceProof")
        .values(
          targets.map(({ proofId, kind, id }) => ({
            organizationId,
            id: proofId,
            ...of,
            targetKind: kind,
            targetId: id,
            addedAt: now,
            addedBy: actor.name,
            removedAt: null,
            removedBy: null,
          })),
        )
        .onConflict((conflict) =>
          conflict
            .columns(["organizationId", "evidenceId", "targetKind", "targetId"])
            .where("removedAt", "is", null)
            .doNothing(),
        )
        .returningAll()
        .execute();

export const findProof = (trx: Trx, { organizationId }: Scope, id: string) =>
  trx
    .selectFrom("evidenceProof")
    .selectAll()
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .where("removedAt", "is", null)
    .executeTakeFirst();

export const removeProof = (trx: Trx, { organizationId, actor }: Scope, id: string, at: Date) =>
  trx
    .updateTable("evidenceProof")
    .set({ removedAt: at, removedBy: actor.name })
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .execute();

export interface ProofRow {
  evidenceId: string;
  targetKind: "control" | "test";
  targetId: string;
  provesFrom: string;
  provesUntil: string | null;
  cameInAt: Date;
  openFindings: number;
}

/** Everything that proves something in a release; withdrawn evidence proves nothing. */
export async function proofsOfRelease(trx: Trx, { organizationId }: Scope, releaseId: string): Promise<ProofRow[]> {
  const { rows } =
    await sql<ProofRow>`select p.evidence_id, p.target_kind, p.target_id, e.proves_from, e.proves_until, e.came_in_at,
      coalesce(o.open, 0)::int as open_findings
    from evidence_proof p
    join evidence e on e.organization_id = p.organization_id and e.id = p.evidence_id
    left join (select l.evidence_id, count(*) as open from evidence_finding l
        join test_finding f on f.organization_id = l.organization_id and f.id = l.finding_id
        where f.organization_id = ${organizationId}::uuid and f.release_id = ${releaseId}::uuid and f.state = 'open'
        group by l.evidence_id) o on o.evidence_id = e.id
    where p.organization_id = ${organizationId}::uuid and p.release_id = ${releaseId}::uuid and p.removed_at is null
      and e.withdrawn_at is null
    order by e.proves_from, e.id`.execute(trx);
  return rows;
}

export interface NewFinding {
  id: string;
  fingerprint: string;
  rule: string;
  title: string;
  severity: string;
  weight: number;
  said: string;
  place: string;
  cwes: string[];
  cves: string[];
  description: string;
  note: string | null;
}

const BATCH = 1_000;

/**
 * Keeps what evidence found: what is new is open; what was there is the same finding, found again. One that was called fixed is open
 * again, unless this very evidence is older than that word. Returns how many are new, and which were reopened.
 */
export async function keepFindings(
  trx: Trx,
  { organizationId }: Scope,
  of: { evidenceId: string; releaseId: string; kind: string; toolName: string; performedUntil: Date },
  findings: readonly NewFinding[],
  now: Date,
): Promise<{ added: number; reopened: string[] }> {
  let added = 0;
  const reopened: string[] = [];
  for (let i = 0; i < findings.length; i += BATCH) {
    const { rows } = await sql<{ id: string; isNew: boolean; reopened: boolean }>`
      with given as (select * from json_to_recordset(${storableJson(findings.slice(i, i + BATCH))}::json) as r(id uuid, fingerprint text,
          rule text, title text, severity text, weight smallint, said text, place text, cwes text[], cves text[], description text, note text)),
      before as (select f.id, f.fingerprint, f.state, f.decided_at from test_finding f join given g on g.fingerprint = f.fingerprint
        where f.organization_id = ${organizationId}::uuid and f.release_id = ${of.releaseId}::uuid),
      kept as (insert into test_finding (organization_id, id, release_id, fingerprint, kind, tool_name, rule, title, severity, weight, said,
          place, cwes, cves, description, note, first_seen_at, last_evidence_id)
        select ${organizationId}::uuid, g.id, ${of.releaseId}::uuid, g.fingerprint, ${of.kind}, ${of.toolName}, g.rule, g.title, g.severity,
          g.weight, g.said, g.place, g.cwes, g.cves, g.description, g.note, ${now}::timestamptz, ${of.evidenceId}::uuid from given g
        on conflict (organization_id, release_id, fingerprint) do update set last_evidence_id = excluded.last_evidence_id,
          severity = excluded.severity, weight = excluded.weight, said = excluded.said, place = excluded.place, note = excluded.note,
          cwes = excluded.cwes, cves = excluded.cves, description = excluded.description,
          state = case when test_finding.state = 'fixed' and test_finding.decided_at < ${of.performedUntil}::timestamptz then 'open' else test_finding.state end,
          disposition = case when test_finding.state = 'fixed' and test_finding.decided_at < ${of.performedUntil}::timestamptz then null else test_finding.disposition end,
          revision = test_finding.revision + 1
        returning id, fingerprint, state)
      select k.id, b.id is null as is_new, coalesce(b.state = 'fixed' and k.state = 'open', false) as reopened
      from kept k left join before b on b.fingerprint = k.fingerprint`.execute(trx);
    if (rows.length > 0)
      await trx
        .insertInto("evidenceFinding")
        .values(rows.map(({ id }) => ({ organizationId, evidenceId: of.evidenceId, findingId: id })))
        .execute();
    added += rows.filter(({ isNew }) => isNew).length;
    reopened.push(...rows.filter((row) => row.reopened).map(({ id }) => id));
  }
  return { added, reopened };
}

/** Releases in use or on their way for which something was given as proof. */
export async function releasesWithProofs(trx: Trx, { organizationId }: Scope, limit: number) {
  const { rows } = await sql<{ id: string; version: string; deviceId: string; device: string }>`
    select r.id, r.version, d.id as device_id, d.name as device from release r
    join device d on d.organization_id = r.organization_id and d.id = r.device_id
    where r.organization_id = ${organizationId}::uuid and r.phase <> 'decommissioned'
      and exists (select from evidence_proof p where p.organization_id = r.organization_id and p.release_id = r.id and p.removed_at is null)
    order by r.id desc limit ${limit}`.execute(trx);
  return rows;
}

/** Evidence, proofs and findings of tests by id, as people call them. */
export async function namesOf(trx: Trx, { organizationId }: Scope, ids: readonly string[]) {
  const wanted = sql`organization_id = ${organizationId}::uuid and id = any(${[...ids]}::uuid[])`;
  const { rows } = await sql<{ id: string; name: string }>`
    select id, file_name as name from evidence where ${wanted}
    union all select id, title as name from test_finding where ${wanted}`.execute(trx);
  return rows;
}

export async function knowsRelease(trx: Trx, { organizationId }: Scope, id: string): Promise<boolean> {
  const found = await trx
    .selectFrom("release")
    .select("id")
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .executeTakeFirst();
  return found !== undefined;
}
