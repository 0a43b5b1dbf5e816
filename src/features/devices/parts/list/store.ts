import { type RawBuilder, sql } from "kysely";
import type { Scope, Trx } from "../../../../platform/db.ts";
import type { Support } from "../../../intel/support/schema.ts";
import { escapeLike } from "../../store.ts";
import type { ComponentRow } from "../../tables.ts";

/** A component with the open findings on it. */
export interface PartRow extends Omit<ComponentRow, "organizationId" | "sbomId" | "hashes" | "support"> {
  support: Omit<Support, "level" | "endsOn"> | null;
  hashes: { algorithm: string; value: string }[];
  looked: boolean;
  findings: number;
  exploited: boolean;
  /** 0 critical … 5 none; null: no finding. */
  worst: number | null;
  place: string | number;
}

export interface PartFilter {
  sbomId: string;
  releaseId: string;
  text?: string | undefined;
  missing?: string | undefined;
  vulnerable?: boolean | undefined;
  unmatched?: boolean | undefined;
  under?: number | null | undefined;
  ordinals?: readonly number[] | undefined;
  /** Only parts of these levels and last days of support. */
  supported?: readonly Pick<Support, "level" | "endsOn">[] | undefined;
}

/** Worst first as in `Rating`; an unknown rating may be anything and stands above medium. */
const RATING_PLACE = sql`case rating when 'critical' then 0 when 'high' then 1 when 'unknown' then 2 when 'medium' then 3 when 'low' then 4 else 5 end`;

const from = (scope: Scope, { sbomId, releaseId }: PartFilter) => sql`component c left join (
    select identity, coalesce(component_version, '') as version, count(*)::int as findings, bool_or(exploited is not null) as exploited,
      min(${RATING_PLACE}) as worst
    from finding
    where organization_id = ${scope.organizationId}::uuid and release_id = ${releaseId}::uuid and gone_at is null
      and state in ('new', 'in-triage', 'affected')
    group by 1, 2) f on f.identity = c.identity and f.version = coalesce(c.version, '')
  where c.organization_id = ${scope.organizationId}::uuid and c.sbom_id = ${sbomId}::uuid`;

function matching(filter: PartFilter): RawBuilder<unknown> {
  const like = filter.text === undefined || filter.text === "" ? null : `%${escapeLike(filter.text)}%`;
  const conditions = [
    like !== null &&
      sql`(c.name ilike ${like} or c.group_name ilike ${like} or c.supplier ilike ${like} or c.purl ilike ${like})`,
    filter.missing === "any" && sql`c.missing <> '{}'`,
    filter.missing !== undefined && filter.missing !== "any" && sql`${filter.missing} = any(c.missing)`,
    filter.vulnerable === true && sql`f.findings > 0`,
    filter.vulnerable === false && sql`f.findings is null`,
    filter.unmatched === true && sql`c.unmatched is not null`,
    filter.unmatched === false && sql`c.unmatched is null`,
    filter.under === null && sql`c.parent is null`,
    typeof filter.under === "number" && sql`c.parent = ${filter.under}`,
    filter.supported !== undefined &&
      sql`exists (select from json_to_recordset(${JSON.stringify(filter.supported)}::json) as s(level text, "endsOn" date)
        where s.level = coalesce(c.support_level, 'unknown') and s."endsOn" is not distinct from c.support_ends_on)`,
    filter.ordinals !== undefined && sql`c.ordinal = any(${filter.ordinals}::int[])`,
  ].filter((condition) => condition !== false);
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}

const ORDERS = {
  document: { place: sql`c.ordinal`, after: sql`>`, direction: sql`asc`, cast: sql`integer` },
  name: { place: sql`lower(c.name)`, after: sql`>`, direction: sql`asc`, cast: sql`text` },
  findings: {
    place: sql`(case when f.exploited then 10000000 else 0 end + coalesce(6 - f.worst, 0) * 1000000 + least(coalesce(f.findings, 0), 999999))`,
    after: sql`<`,
    direction: sql`desc`,
    cast: sql`integer`,
  },
  /** What ended longest ago first; what is not known last. */
  support: {
    place: sql`case when c.support_level = 'unmaintained' then '0000' when c.support_level = 'ended' then coalesce(c.support_ends_on::text, '0001')
      when coalesce(c.support_level, 'unknown') = 'unknown' then '99999' else coalesce(c.support_ends_on::text, '9999') end`,
    after: sql`>`,
    direction: sql`asc`,
    cast: sql`text`,
  },
  missing: { place: sql`cardinality(c.missing)`, after: sql`<`, direction: sql`desc`, cast: sql`integer` },
} as const;

export type PartSort = keyof typeof ORDERS;

/** One page of parts; one more than asked for. Ties keep the order of the document. */
export async function pageOfParts(
  trx: Trx,
  scope: Scope,
  filter: PartFilter,
  page: { sort: PartSort; after: readonly [string | number, number] | null; limit: number },
): Promise<PartRow[]> {
  const { place, after, direction, cast } = ORDERS[page.sort];
  const rest =
    page.after === null
      ? sql`true`
      : sql`(${place} ${after} ${page.after[0]}::${cast} or (${place} = ${page.after[0]}::${cast} and c.ordinal > ${page.after[1]}))`;
  const { rows } = await sql<PartRow>`
    select c.*, coalesce(f.findings, 0) as findings, coalesce(f.exploited, false) as exploited, f.worst, ${place} as place,
      (select r.supported_on is not null and (r.sbom_id is distinct from ${filter.sbomId}::uuid or r.assessed_sbom_id = r.sbom_id)
        from release r where r.organization_id = ${scope.organizationId}::uuid and r.id = ${filter.releaseId}::uuid) as looked
    from ${from(scope, filter)} and ${matching(filter)} and ${rest}
    order by ${place} ${direction}, c.ordinal limit ${page.limit + 1}`.execute(trx);
  return rows;
}

/** How many parts match, counted up to the bound. */
export async function countParts(trx: Trx, scope: Scope, filter: PartFilter, bound: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) from (
    select 1 from ${from(scope, filter)} and ${matching(filter)} limit ${bound}) counted`.execute(trx);
  return rows[0]?.count ?? 0;
}

/** What a part uses and what uses it, at most `limit` each. */
export async function neighboursOf(trx: Trx, scope: Scope, sbomId: string, ordinal: number, limit: number) {
  const side = (own: RawBuilder<unknown>, other: RawBuilder<unknown>) =>
    sql<{ id: number; name: string; version: string | null }>`
      select c.ordinal as id, c.name, c.version from component_dependency d
      join component c on c.organization_id = d.organization_id and c.sbom_id = d.sbom_id and c.ordinal = ${other}
      where d.organization_id = ${scope.organizationId}::uuid and d.sbom_id = ${sbomId}::uuid and ${own} = ${ordinal}
      order by c.ordinal limit ${limit}`.execute(trx);
  const dependsOn = await side(sql`d.from_ordinal`, sql`d.to_ordinal`);
  const usedBy = await side(sql`d.to_ordinal`, sql`d.from_ordinal`);
  return { dependsOn: dependsOn.rows, usedBy: usedBy.rows };
}

/** From the root down to a part, at most 100 levels. */
export async function pathTo(trx: Trx, scope: Scope, sbomId: string, ordinal: number) {
  const { rows } = await sql<{ id: number; name: string }>`
    with recursive up as (
      select ordinal, parent, name, 0 as level from component
      where organization_id = ${scope.organizationId}::uuid and sbom_id = ${sbomId}::uuid and ordinal = ${ordinal}
      union all
      select c.ordinal, c.parent, c.name, up.level + 1 from component c join up on c.ordinal = up.parent
      where c.organization_id = ${scope.organizationId}::uuid and c.sbom_id = ${sbomId}::uuid and up.level < 100)
    select ordinal as id, name from up where level > 0 order by level desc`.execute(trx);
  return rows;
}

/** Parts of current SBOMs whose name contains the text, one line per name. */
export async function findPartNames(trx: Trx, scope: Scope, text: string, limit: number) {
  const { rows } = await sql<{ name: string; releaseId: string; deviceId: string; deviceName: string }>`
    select p.name, r.id as release_id, d.id as device_id, d.name as device_name from part_name p
    join release r on r.organization_id = p.organization_id and r.id = p.release_id
    join device d on d.organization_id = r.organization_id and d.id = r.device_id
    where p.organization_id = ${scope.organizationId}::uuid and p.name ilike ${`%${escapeLike(text)}%`}
    order by lower(p.name) <> lower(${text}), length(p.name), p.name limit ${limit}`.execute(trx);
  return rows;
}
