import { sql } from "kysely";
import { storableJson } from "../../../lib/storable.ts";
import type { Scope, Trx } from "../../../platform/db.ts";
import type { VexFormat, VexStatement } from "../vex/schema.ts";
import type { Trust, VexRole } from "./schema.ts";

const BATCH = 2_000;

/** The ids of these authors, those never seen before added as unknown. */
export async function keepSources(
  trx: Trx,
  scope: Scope,
  authors: readonly { id: string; key: string; name: string }[],
  now: Date,
): Promise<Map<string, { id: string; trust: Trust }>> {
  const { organizationId } = scope;
  await sql`insert into vex_source (organization_id, id, key, name, first_seen_at)
    select ${organizationId}::uuid, r.id, r.key, r.name, ${now}::timestamptz
    from json_to_recordset(${storableJson(authors)}::json) as r(id uuid, key text, name text) order by r.key
    on conflict (organization_id, key) do nothing`.execute(trx);
  const rows = await trx
    .selectFrom("vexSource")
    .select(["id", "key", "trust"])
    .where("organizationId", "=", organizationId)
    .where("key", "in", [...authors.map(({ key }) => key)])
    .execute();
  return new Map(rows.map(({ key, ...source }) => [key, source]));
}

export const insertDocument = (
  trx: Trx,
  scope: Scope,
  document: {
    id: string;
    releaseId: string;
    fileName: string;
    sha256: string;
    sizeBytes: number;
    zstd: Buffer;
    format: VexFormat;
    formatVersion: string;
    statements: number;
    refused: string;
    uploadedAt: Date;
    uploadedBy: string;
  },
) =>
  trx
    .insertInto("vexDocument")
    .values({ organizationId: scope.organizationId, ...document, withdrawnAt: null, withdrawnBy: null })
    .execute();

export interface NewStatement {
  id: string;
  sourceId: string;
  ordinal: number;
  trust: Trust;
  status: string;
  statement: VexStatement;
}

export async function insertStatements(
  trx: Trx,
  scope: Scope,
  { documentId, releaseId }: { documentId: string; releaseId: string },
  statements: readonly NewStatement[],
): Promise<void> {
  for (let i = 0; i < statements.length; i += BATCH)
    await sql`insert into vex_statement (organization_id, id, document_id, release_id, source_id, ordinal, trust, status, statement)
      select ${scope.organizationId}::uuid, r.id, ${documentId}::uuid, ${releaseId}::uuid, r."sourceId", r.ordinal, r.trust, r.status,
        r.statement
      from json_to_recordset(${storableJson(statements.slice(i, i + BATCH))}::json) as r(id uuid, "sourceId" uuid, ordinal integer,
        trust text, status text, statement jsonb)`.execute(trx);
}

export interface KeptStatement {
  id: string;
  sourceId: string;
  trust: Trust;
  statement: VexStatement;
}

/** Statements given for a release and not withdrawn. */
export async function statementsOf(trx: Trx, scope: Scope, releaseId: string): Promise<KeptStatement[]> {
  const { rows } = await sql<KeptStatement>`select s.id, s.source_id, s.trust, s.statement from vex_statement s
    join vex_document d on d.organization_id = s.organization_id and d.id = s.document_id
    where s.organization_id = ${scope.organizationId}::uuid and s.release_id = ${releaseId}::uuid and d.withdrawn_at is null
    order by s.id`.execute(trx);
  return rows;
}

export interface Spoken {
  findingId: string;
  statementId: string;
  role: VexRole;
  carriedFrom: string | null;
  carriedVersion: string | null;
  answer: "taken" | "turned-down" | null;
}

/** Which statement speaks of which finding of a release, as last weighed. */
export const spokenOf = (trx: Trx, scope: Scope, releaseId: string): Promise<Spoken[]> =>
  trx
    .selectFrom("findingVex")
    .select(["findingId", "statementId", "role", "carriedFrom", "carriedVersion", "answer"])
    .where("organizationId", "=", scope.organizationId)
    .where("releaseId", "=", releaseId)
    .execute();

/** Statements by id whose documents are not withdrawn. */
export async function statementsById(trx: Trx, scope: Scope, ids: readonly string[]): Promise<KeptStatement[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<KeptStatement>`select s.id, s.source_id, s.trust, s.statement from vex_statement s
    join vex_document d on d.organization_id = s.organization_id and d.id = s.document_id
    where s.organization_id = ${scope.organizationId}::uuid and s.id = any(${[...ids]}::uuid[]) and d.withdrawn_at is null`.execute(
    trx,
  );
  return rows;
}

/** Adds what is new and writes roles that changed. */
export async function keepSpoken(
  trx: Trx,
  scope: Scope,
  releaseId: string,
  spoken: readonly Omit<Spoken, "answer">[],
): Promise<void> {
  for (let i = 0; i < spoken.length; i += BATCH)
    await sql`insert into finding_vex (organization_id, finding_id, statement_id, release_id, role, carried_from, carried_version)
      select ${scope.organizationId}::uuid, r."findingId", r."statementId", ${releaseId}::uuid, r.role, r."carriedFrom", r."carriedVersion"
      from json_to_recordset(${storableJson(spoken.slice(i, i + BATCH))}::json) as r("findingId" uuid, "statementId" uuid, role text,
        "carriedFrom" uuid, "carriedVersion" text)
      order by r."findingId", r."statementId"
      on conflict (organization_id, finding_id, statement_id) do update set role = excluded.role
      where finding_vex.role <> excluded.role`.execute(trx);
}

/** Removes links of statements that speak no longer; a person's answer to one stays. */
export async function dropSpoken(
  trx: Trx,
  scope: Scope,
  links: readonly Pick<Spoken, "findingId" | "statementId">[],
): Promise<void> {
  if (links.length === 0) return;
  await sql`delete from finding_vex v
    using json_to_recordset(${storableJson(links)}::json) as r("findingId" uuid, "statementId" uuid)
    where v.organization_id = ${scope.organizationId}::uuid and v.finding_id = r."findingId" and v.statement_id = r."statementId"`.execute(
    trx,
  );
}

/** Remembers what a person answered to a proposal. */
export const answerSpoken = (
  trx: Trx,
  scope: Scope,
  { findingId, statementId }: Pick<Spoken, "findingId" | "statementId">,
  answer: "taken" | "turned-down",
  now: Date,
) =>
  trx
    .updateTable("findingVex")
    .set({ answer, answeredBy: scope.actor.name, answeredAt: now })
    .where("organizationId", "=", scope.organizationId)
    .where("findingId", "=", findingId)
    .where("statementId", "=", statementId)
    .execute();

/** The release of a finding that a statement speaks of. */
export const releaseSpokenOf = async (
  trx: Trx,
  scope: Scope,
  { findingId, statementId }: Pick<Spoken, "findingId" | "statementId">,
): Promise<string | undefined> =>
  (
    await trx
      .selectFrom("findingVex")
      .select("releaseId")
      .where("organizationId", "=", scope.organizationId)
      .where("findingId", "=", findingId)
      .where("statementId", "=", statementId)
      .executeTakeFirst()
  )?.releaseId;

/** Trusts whose statements set states. */
export const ruleOf = (trx: Trx, scope: Scope) =>
  trx
    .selectFrom("vexRule")
    .select(["sets", "revision"])
    .where("organizationId", "=", scope.organizationId)
    .executeTakeFirst();

export const writeRule = (trx: Trx, scope: Scope, sets: readonly Trust[], revision: number) => {
  const row = { sets: [...sets], revision };
  return trx
    .insertInto("vexRule")
    .values({ organizationId: scope.organizationId, ...row })
    .onConflict((conflict) => conflict.column("organizationId").doUpdateSet(row))
    .execute();
};

export const lockSource = (trx: Trx, scope: Scope, id: string) =>
  trx
    .selectFrom("vexSource")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();

/** Records a source's trust, with each of its statements too. */
export async function writeTrust(
  trx: Trx,
  scope: Scope,
  id: string,
  trust: Trust,
  revision: number,
  now: Date,
): Promise<void> {
  const { organizationId, actor } = scope;
  await trx
    .updateTable("vexSource")
    .set({ trust, revision, decidedBy: actor.name, decidedAt: now })
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .execute();
  await trx
    .updateTable("vexStatement")
    .set({ trust })
    .where("organizationId", "=", organizationId)
    .where("sourceId", "=", id)
    .execute();
}

/** Releases that statements of a source speak of, or of every source. */
export async function releasesSpokenOf(trx: Trx, scope: Scope, sourceId: string | null): Promise<string[]> {
  const { rows } = await sql<{ releaseId: string }>`
    select release_id from vex_statement where organization_id = ${scope.organizationId}::uuid
      and ${sourceId === null ? sql`true` : sql`source_id = ${sourceId}::uuid`}
    union
    select v.release_id from finding_vex v
      join vex_statement s on s.organization_id = v.organization_id and s.id = v.statement_id
      where v.organization_id = ${scope.organizationId}::uuid
        and ${sourceId === null ? sql`true` : sql`s.source_id = ${sourceId}::uuid`}
    order by 1`.execute(trx);
  return rows.map((row) => row.releaseId);
}

/** Those of these releases that statements were given for or carried over to, in order. */
export async function releasesWithVex(trx: Trx, scope: Scope, releaseIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{
    releaseId: string;
  }>`select r.id as release_id from unnest(${[...releaseIds]}::uuid[]) as r(id)
    where exists (select from vex_statement s where s.organization_id = ${scope.organizationId}::uuid and s.release_id = r.id)
      or exists (select from finding_vex v where v.organization_id = ${scope.organizationId}::uuid and v.release_id = r.id)
    order by 1`.execute(trx);
  return rows.map((row) => row.releaseId);
}

/** Releases that statements of a document speak of: its own and those it was carried over to. */
export async function releasesOfDocument(trx: Trx, scope: Scope, documentId: string): Promise<string[]> {
  const { rows } = await sql<{ releaseId: string }>`
    select release_id from vex_document where organization_id = ${scope.organizationId}::uuid and id = ${documentId}::uuid
    union
    select v.release_id from finding_vex v
      join vex_statement s on s.organization_id = v.organization_id and s.id = v.statement_id
      where v.organization_id = ${scope.organizationId}::uuid and s.document_id = ${documentId}::uuid
    order by 1`.execute(trx);
  return rows.map((row) => row.releaseId);
}

export const withdrawDocument = (trx: Trx, scope: Scope, id: string, now: Date) =>
  trx
    .updateTable("vexDocument")
    .set({ withdrawnAt: now, withdrawnBy: scope.actor.name })
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .execute();

/** The document with these very bytes that a release has already. */
export const documentWith = (trx: Trx, scope: Scope, releaseId: string, sha256: string) =>
  trx
    .selectFrom("vexDocument")
    .select("id")
    .where("organizationId", "=", scope.organizationId)
    .where("releaseId", "=", releaseId)
    .where("sha256", "=", sha256)
    .where("withdrawnAt", "is", null)
    .executeTakeFirst();
