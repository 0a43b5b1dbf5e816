import { type RawBuilder, sql } from "kysely";
import type { Scope, Trx } from "../../../platform/db.ts";
import type { FindingDetail, FindingSort } from "./schema.ts";
import type { ListedFacts } from "./show.ts";

/** Which findings, in the terms of the table; the names a text or an alias stands for were looked up before. */
export interface FindingMatch {
  deviceId?: string | undefined;
  releaseId?: string | undefined;
  state?: readonly string[] | undefined;
  rating?: readonly string[] | undefined;
  exploited?: boolean | undefined;
  suspect?: boolean | undefined;
  assigneeId?: string | undefined;
  component?: string | undefined;
  advisories?: readonly string[] | undefined;
  named?: { components: readonly string[]; advisories: readonly string[] } | undefined;
  foundSince?: string | undefined;
  gone?: boolean | undefined;
}

/** One value compares with `=`, so that an index keeps its order behind it. */
const oneOf = (column: RawBuilder<unknown>, values: readonly string[]) =>
  values.length === 1 ? sql`${column} = ${values[0]}` : sql`${column} = any(${[...values]}::text[])`;

function matching(scope: Scope, match: FindingMatch): RawBuilder<unknown> {
  const { deviceId, releaseId, state, rating, exploited, suspect, assigneeId, component, advisories, named } = match;
  const conditions = [
    sql`f.organization_id = ${scope.organizationId}::uuid`,
    match.gone === true ? sql`f.gone_at is not null` : sql`f.gone_at is null`,
    deviceId !== undefined && sql`f.device_id = ${deviceId}::uuid`,
    releaseId !== undefined && sql`f.release_id = ${releaseId}::uuid`,
    state !== undefined && oneOf(sql`f.state`, state),
    rating !== undefined && oneOf(sql`f.rating`, rating),
    exploited === true && sql`f.exploited is not null`,
    exploited === false && sql`f.exploited is null`,
    suspect === true && sql`f.suspect`,
    suspect === false && sql`not f.suspect`,
    assigneeId !== undefined && sql`f.assignee_id = ${assigneeId}`,
    component !== undefined && sql`f.component_name = ${component}`,
    advisories !== undefined && oneOf(sql`f.advisory`, advisories),
    named !== undefined &&
      sql`(f.component_name = any(${[...named.components]}::text[]) or f.advisory = any(${[...named.advisories]}::text[]))`,
    match.foundSince !== undefined && sql`f.found_at >= ${match.foundSince}::timestamptz`,
  ].filter((condition) => condition !== false);
  return sql.join(conditions, sql` and `);
}

const ORDERS = {
  harm: { place: sql`f.priority`, text: sql`f.priority`, before: sql`<`, direction: sql`desc`, cast: sql`integer` },
  newest: {
    place: sql`f.found_at`,
    text: sql`f.found_at::text`,
    before: sql`<`,
    direction: sql`desc`,
    cast: sql`timestamptz`,
  },
  epss: { place: sql`f.epss_rank`, text: sql`f.epss_rank`, before: sql`<`, direction: sql`desc`, cast: sql`real` },
  component: {
    place: sql`f.component_name`,
    text: sql`f.component_name`,
    before: sql`>`,
    direction: sql`asc`,
    cast: sql`text`,
  },
} as const;

/** A finding with the names of its device and release, and its place in the order. */
export interface ListedFinding extends ListedFacts {
  identity: string;
  because: FindingDetail["because"];
  place: string | number;
}

const WITH_NAMES = sql`join device d on d.organization_id = f.organization_id and d.id = f.device_id
  join release r on r.organization_id = f.organization_id and r.id = f.release_id`;

/** One page of findings in one of four orders; one more than asked for. */
export async function pageOfFindings(
  trx: Trx,
  scope: Scope,
  match: FindingMatch,
  page: { sort: FindingSort; after: readonly [string | number, string] | null; limit: number },
): Promise<ListedFinding[]> {
  const { place, text, before, direction, cast } = ORDERS[page.sort];
  const rest =
    page.after === null
      ? sql`true`
      : sql`(${place}, f.id) ${before} (${page.after[0]}::${cast}, ${page.after[1]}::uuid)`;
  const { rows } = await sql<ListedFinding>`
    select f.*, d.name as device_name, d.functions as device_functions, r.version as release_version
    from (select f.*, ${text} as place from finding f where ${matching(scope, match)} and ${rest}
      order by ${place} ${direction}, f.id ${direction} limit ${page.limit + 1}) f
    ${WITH_NAMES}
    order by ${place} ${direction}, f.id ${direction}`.execute(trx);
  return rows;
}

/** How many findings match, counted up to the bound. */
export async function countFindings(trx: Trx, scope: Scope, match: FindingMatch, bound: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) from (
    select 1 from finding f where ${matching(scope, match)} limit ${bound}) counted`.execute(trx);
  return rows[0]?.count ?? 0;
}

export async function findFindings(trx: Trx, scope: Scope, ids: readonly string[]): Promise<ListedFinding[]> {
  const { rows } = await sql<ListedFinding>`
    select f.*, d.name as device_name, d.functions as device_functions, r.version as release_version, f.priority as place from finding f ${WITH_NAMES}
    where f.organization_id = ${scope.organizationId}::uuid and f.id = any(${[...ids]}::uuid[])`.execute(trx);
  return rows;
}

/** Findings of the same vulnerability but this one, worst first. */
export async function findElsewhere(trx: Trx, scope: Scope, advisory: string, id: string, limit: number) {
  const { rows } = await sql<ListedFinding>`
    select f.*, d.name as device_name, d.functions as device_functions, r.version as release_version, f.priority as place from finding f ${WITH_NAMES}
    where f.organization_id = ${scope.organizationId}::uuid and f.advisory = ${advisory} and f.gone_at is null and f.id <> ${id}::uuid
    order by f.priority desc, f.id desc limit ${limit}`.execute(trx);
  return rows;
}

export const eventsOf = (trx: Trx, scope: Scope, findingId: string) =>
  trx
    .selectFrom("findingEvent")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .where("findingId", "=", findingId)
    .orderBy("id")
    .limit(500)
    .execute();

/** What people call the findings, VEX documents and sources of these ids: "CVE-2021-44228 in log4j-core 2.14.1". */
export async function namesOf(trx: Trx, { organizationId }: Scope, ids: readonly string[]) {
  const wanted = sql`organization_id = ${organizationId}::uuid and id = any(${[...ids]}::uuid[])`;
  const { rows } = await sql<{ id: string; name: string }>`
    select id, advisory || ' in ' || concat_ws(' ', component_name, component_version) as name from finding where ${wanted}
    union all select id, name from intel_source where ${wanted}
    union all select id, file_name from vex_document where ${wanted}
    union all select id, coalesce(nullif(name, ''), 'an unnamed author') from vex_source where ${wanted}
    union all select id, name from saved_filter where ${wanted}
    union all select id, 'asked for by ' || started_by from intel_run where ${wanted}`.execute(trx);
  return rows;
}
