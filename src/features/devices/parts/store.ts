import { sql } from "kysely";
import { storableJson } from "../../../lib/storable.ts";
import type { Scope, Trx } from "../../../platform/db.ts";
import { type SupportLevel, UNSPOKEN } from "../../intel/support/schema.ts";
import type { ComponentRow, SbomRow } from "../tables.ts";

const BATCH = 5_000;

export async function insertSbom(
  trx: Trx,
  scope: Scope,
  sbom: Omit<SbomRow, "organizationId" | "format" | "authors" | "tools" | "subject" | "quality" | "problems"> &
    Record<"format" | "authors" | "tools" | "quality" | "problems", string> & { subject: string | null },
  zstd: Buffer,
): Promise<void> {
  const { organizationId } = scope;
  await trx
    .insertInto("sbomFile")
    .values({ organizationId, sha256: sbom.sha256, sizeBytes: sbom.sizeBytes, zstd })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await trx
    .insertInto("sbom")
    .values({ organizationId, ...sbom })
    .execute();
}

export type NewComponent = Omit<
  ComponentRow,
  "organizationId" | "sbomId" | "hashes" | "unmatched" | "support" | "supportLevel" | "supportEndsOn"
> & {
  hashes: unknown;
};

/** Writes the components of an SBOM in batches, and the names they bring. */
export async function insertComponents(
  trx: Trx,
  scope: Scope,
  { sbomId, releaseId }: { sbomId: string; releaseId: string },
  components: readonly NewComponent[],
): Promise<void> {
  const { organizationId } = scope;
  for (let i = 0; i < components.length; i += BATCH) {
    const rows = storableJson(components.slice(i, i + BATCH));
    await sql`insert into component (organization_id, sbom_id, ordinal, ref, type, scope, group_name, name, version, purl, source, cpes, hashes,
        supplier, licenses, nested_in, identity, parent, depth, children, missing)
      select ${organizationId}::uuid, ${sbomId}::uuid, r.* from json_to_recordset(${rows}::json) as r(ordinal integer, ref text,
        type text, scope text, "groupName" text, name text, version text, purl text, source text, cpes text[], hashes jsonb, supplier text,
        licenses text[], "nestedIn" text, identity text, parent integer, depth integer, children integer, missing text[])`.execute(
      trx,
    );
  }
  const names = storableJson([...new Set(components.map((c) => c.name))].sort());
  await sql`insert into part_name (organization_id, name, release_id)
    select ${organizationId}::uuid, name, ${releaseId}::uuid from json_array_elements_text(${names}::json) as name
    on conflict (organization_id, name) do nothing`.execute(trx);
}

export async function insertDependencies(
  trx: Trx,
  scope: Scope,
  sbomId: string,
  edges: readonly (readonly [number, number])[],
): Promise<void> {
  for (let i = 0; i < edges.length; i += 10 * BATCH) {
    const batch = edges.slice(i, i + 10 * BATCH);
    await sql`insert into component_dependency (organization_id, sbom_id, from_ordinal, to_ordinal)
      select ${scope.organizationId}::uuid, ${sbomId}::uuid, * from unnest(${batch.map((e) => e[0])}::int[], ${batch.map((e) => e[1])}::int[])`.execute(
      trx,
    );
  }
}

export const findSbom = (trx: Trx, scope: Scope, id: string) =>
  trx
    .selectFrom("sbom")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .executeTakeFirst();

export const pageOfSboms = (
  trx: Trx,
  scope: Scope,
  releaseId: string,
  { after, limit }: { after: string | null; limit: number },
) =>
  trx
    .selectFrom("sbom")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .where("releaseId", "=", releaseId)
    .$if(after !== null, (q) => q.where("id", "<", after ?? ""))
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();

export const countSboms = (trx: Trx, scope: Scope, releaseId: string) =>
  trx
    .selectFrom("sbom")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("organizationId", "=", scope.organizationId)
    .where("releaseId", "=", releaseId)
    .executeTakeFirstOrThrow();

export const fileOf = (trx: Trx, scope: Scope, sha256: string) =>
  trx
    .selectFrom("sbomFile")
    .select("zstd")
    .where("organizationId", "=", scope.organizationId)
    .where("sha256", "=", sha256)
    .executeTakeFirst();

export const sbomsById = (trx: Trx, scope: Scope, ids: readonly string[]) =>
  trx
    .selectFrom("sbom")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .where("id", "in", [...ids])
    .execute();

const READ = [
  "sbomId",
  "ref",
  "type",
  "groupName",
  "name",
  "version",
  "purl",
  "source",
  "cpes",
  "hashes",
  "supplier",
  "licenses",
  "nestedIn",
  "scope",
] as const;

/** Every component of these SBOMs as the documents list them, in their order. */
export const listedIn = (trx: Trx, scope: Scope, sbomIds: readonly string[]) =>
  trx
    .selectFrom("component")
    .select(READ)
    .where("organizationId", "=", scope.organizationId)
    .where("sbomId", "in", [...sbomIds])
    .orderBy("sbomId")
    .orderBy("ordinal")
    .execute();

/** Every component of an SBOM, in the order of the document. */
export const componentsOf = (trx: Trx, scope: Scope, sbomId: string) =>
  trx
    .selectFrom("component")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .where("sbomId", "=", sbomId)
    .orderBy("ordinal")
    .execute();

interface Marked {
  sbomId: string;
  ordinal: number;
}

/**
 * Says of each component of these SBOMs, and of these parts of others, why no advisory can match it, or that one can. Writes only what
 * differs.
 */
export async function markUnmatched(
  trx: Trx,
  scope: Scope,
  { sbomIds, parts }: { sbomIds: readonly string[]; parts: readonly Marked[] },
  unmatched: readonly (Marked & { reason: string })[],
): Promise<void> {
  const { organizationId } = scope;
  const marked = storableJson(unmatched);
  const looked = [...new Set([...sbomIds, ...parts.map(({ sbomId }) => sbomId)])];
  await sql`update component c set unmatched = null
    where organization_id = ${organizationId}::uuid and unmatched is not null and sbom_id = any(${looked}::uuid[])
      and (sbom_id = any(${[...sbomIds]}::uuid[]) or (sbom_id, ordinal) in (select r."sbomId", r.ordinal
        from json_to_recordset(${storableJson(parts)}::json) as r("sbomId" uuid, ordinal integer)))
      and (sbom_id, ordinal) not in (select r."sbomId", r.ordinal from json_to_recordset(${marked}::json)
        as r("sbomId" uuid, ordinal integer))`.execute(trx);
  if (unmatched.length === 0) return;
  await sql`update component c set unmatched = r.reason
    from json_to_recordset(${marked}::json) as r("sbomId" uuid, ordinal integer, reason text)
    where c.organization_id = ${organizationId}::uuid and c.sbom_id = r."sbomId" and c.ordinal = r.ordinal
      and c.unmatched is distinct from r.reason`.execute(trx);
}

export interface MarkedSupport extends Marked {
  level: string;
  endsOn: string | null;
  support: unknown;
}

/**
 * Says of each component of these SBOMs how long it is supported; those without a mark are such that no record speaks of. Writes only
 * what differs.
 */
export async function markSupport(
  trx: Trx,
  scope: Scope,
  sbomIds: readonly string[],
  marks: readonly MarkedSupport[],
): Promise<void> {
  const { organizationId } = scope;
  const marked = storableJson(marks.map(({ sbomId, ordinal }) => ({ sbomId, ordinal })));
  await sql`update component set support_level = null, support_ends_on = null, support = null
    where organization_id = ${organizationId}::uuid and sbom_id = any(${[...sbomIds]}::uuid[]) and support_level is not null
      and support->'because'->>'said' is distinct from ${UNSPOKEN.because.said}
      and (sbom_id, ordinal) not in (select r."sbomId", r.ordinal from json_to_recordset(${marked}::json)
        as r("sbomId" uuid, ordinal integer))`.execute(trx);
  for (let i = 0; i < marks.length; i += BATCH)
    await sql`update component c set support_level = r.level, support_ends_on = r."endsOn", support = r.support
      from json_to_recordset(${storableJson(marks.slice(i, i + BATCH))}::json) as r("sbomId" uuid, ordinal integer, level text,
        "endsOn" date, support jsonb)
      where c.organization_id = ${organizationId}::uuid and c.sbom_id = r."sbomId" and c.ordinal = r.ordinal
        and (c.support_level, c.support_ends_on, c.support) is distinct from (r.level, r."endsOn", r.support)`.execute(
      trx,
    );
}

/** Components of an SBOM by level and last day of support, one name of each group; those never looked at count as unknown. */
export async function supportGroups(trx: Trx, scope: Scope, sbomId: string) {
  const { rows } = await sql<{ level: SupportLevel; endsOn: string | null; count: number; name: string }>`
    select coalesce(support_level, 'unknown') as level, support_ends_on as ends_on, count(*)::int as count,
      min(name || coalesce(' ' || version, '')) as name
    from component where organization_id = ${scope.organizationId}::uuid and sbom_id = ${sbomId}::uuid
    group by 1, 2`.execute(trx);
  return rows;
}
