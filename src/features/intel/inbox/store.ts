import { type RawBuilder, sql } from "kysely";
import { storableJson } from "../../../lib/storable.ts";
import type { Scope, Trx } from "../../../platform/db.ts";
import type { VulnerabilityFacts } from "../findings/facts.ts";
import type { Texts } from "../texts.ts";
import type { InboxFilter } from "./schema.ts";
import type { LineFacts } from "./show.ts";

/** Adds vulnerabilities that are new and rewrites those whose facts changed; in one order, so that two writers never deadlock. */
export async function keepVulnerabilities(
  trx: Trx,
  scope: Scope,
  facts: readonly VulnerabilityFacts[],
  foundAt: Date,
): Promise<void> {
  if (facts.length === 0) return;
  const { organizationId } = scope;
  const rows = storableJson([...facts].sort((a, b) => (a.advisory < b.advisory ? -1 : 1)));
  await sql`insert into vulnerability (organization_id, advisory, aliases, title, severity, rating, exploited, epss, epss_rank, facts_hash,
      found_at, ssvc)
    select ${organizationId}::uuid, r.advisory, r.aliases, r.title, r.severity, r.severity->>'rating',
      nullif(r.exploited, 'null'::jsonb), nullif(r.epss, 'null'::jsonb), coalesce((r.epss->>'score')::real, -1), r."factsHash",
      ${foundAt}::timestamptz, nullif(r.ssvc, 'null'::jsonb)
    from json_to_recordset(${rows}::json) as r(advisory text, aliases text[], title text, severity jsonb, exploited jsonb, epss jsonb, ssvc jsonb,
      "factsHash" text)
    order by r.advisory
    on conflict (organization_id, advisory) do update set aliases = excluded.aliases, title = excluded.title,
      exploited = excluded.exploited, epss = excluded.epss, epss_rank = excluded.epss_rank, ssvc = excluded.ssvc, facts_hash = excluded.facts_hash
    where vulnerability.facts_hash <> excluded.facts_hash`.execute(trx);
  await sql`insert into vulnerability_alias (organization_id, alias, advisory)
    select distinct ${organizationId}::uuid, alias, r.advisory
    from json_to_recordset(${rows}::json) as r(advisory text, aliases text[]), unnest(r.aliases || r.advisory) as alias
    order by 2, 3 on conflict do nothing`.execute(trx);
}

/** Keeps what sources say of vulnerabilities at length. */
export async function keepTexts(trx: Trx, scope: Scope, texts: readonly Texts[]): Promise<void> {
  if (texts.length === 0) return;
  await sql`update vulnerability v set details = r.details, refs = r."references", cwes = r.cwes, published_at = r."publishedAt",
      modified_at = r."modifiedAt"
    from json_to_recordset(${storableJson(texts)}::json) as r(advisory text, details text, "references" text[], cwes text[],
      "publishedAt" text, "modifiedAt" text)
    where v.organization_id = ${scope.organizationId}::uuid and v.advisory = r.advisory
      and (v.details, v.refs, v.cwes, v.published_at, v.modified_at)
        is distinct from (r.details, r."references", r.cwes, r."publishedAt", r."modifiedAt")`.execute(trx);
}

/** What sources say of a vulnerability at length. */
export const findTexts = (trx: Trx, scope: Scope, advisory: string) =>
  trx
    .selectFrom("vulnerability")
    .select(["details", "refs as references", "cwes", "publishedAt", "modifiedAt"])
    .where("organizationId", "=", scope.organizationId)
    .where("advisory", "=", advisory)
    .executeTakeFirst();

/** Locks these vulnerabilities in one order. Whoever writes to several at different times does that first, at once, for all. */
export async function lockVulnerabilities(trx: Trx, scope: Scope, advisories: readonly string[]): Promise<void> {
  if (advisories.length === 0) return;
  await sql`select 1 from vulnerability where organization_id = ${scope.organizationId}::uuid and advisory = any(${[...advisories]}::text[])
    order by advisory for no key update`.execute(trx);
}

/** A vulnerability stands where the worst of its open findings puts it; only where none is open, the worst of all. */
const WORST_FIRST = sql`f.state in ('new', 'in-triage', 'affected') desc, f.priority desc, f.id desc`;

/** Counts the findings of these vulnerabilities again. Writers of one vulnerability take turns at its row. */
export async function recount(trx: Trx, scope: Scope, advisories: readonly string[]): Promise<void> {
  if (advisories.length === 0) return;
  const { organizationId } = scope;
  const names = [...new Set(advisories)].sort();
  await lockVulnerabilities(trx, scope, names);
  await sql`update vulnerability v set total = c.total, open = c.open, new = c.new, in_triage = c.in_triage, affected = c.affected,
      suspect = c.suspect, releases = c.releases, devices = c.devices, priority = coalesce(top.priority, 0),
      harm = coalesce(top.harm, 0), severity = coalesce(top.severity, v.severity), rating = coalesce(top.rating, v.rating)
    from (select a.advisory, count(f.id) as total, count(f.id) filter (where f.state in ('new', 'in-triage', 'affected')) as open,
        count(f.id) filter (where f.state = 'new') as new, count(f.id) filter (where f.state = 'in-triage') as in_triage,
        count(f.id) filter (where f.state = 'affected') as affected, count(f.id) filter (where f.suspect) as suspect,
        count(distinct f.release_id) as releases, count(distinct f.device_id) as devices
      from unnest(${names}::text[]) as a(advisory)
      left join finding f on f.organization_id = ${organizationId}::uuid and f.advisory = a.advisory and f.gone_at is null
      group by a.advisory) c
    left join lateral (select f.priority, f.harm, f.severity, f.rating from finding f
      where f.organization_id = ${organizationId}::uuid and f.advisory = c.advisory and f.gone_at is null
      order by ${WORST_FIRST} limit 1) top on true
    where v.organization_id = ${organizationId}::uuid and v.advisory = c.advisory
      and (v.total, v.open, v.new, v.in_triage, v.affected, v.suspect, v.releases, v.devices, v.priority, v.harm, v.severity)
        is distinct from (c.total::int, c.open::int, c.new::int, c.in_triage::int, c.affected::int, c.suspect::int, c.releases::int,
          c.devices::int, coalesce(top.priority, 0), coalesce(top.harm, 0), coalesce(top.severity, v.severity))`.execute(
    trx,
  );
}

export interface VulnerabilityLine extends LineFacts {
  priority: number;
  place: string | number;
}

const SHOW: Record<InboxFilter["show"], RawBuilder<unknown>> = {
  new: sql`v.is_new`,
  open: sql`v.is_open`,
  done: sql`not v.is_open and v.total > 0`,
  all: sql`v.total > 0`,
};

const ORDERS = {
  harm: { place: sql`v.priority`, text: sql`v.priority`, cast: sql`integer` },
  newest: { place: sql`v.found_at`, text: sql`v.found_at::text`, cast: sql`timestamptz` },
  epss: { place: sql`v.epss_rank`, text: sql`v.epss_rank`, cast: sql`real` },
} as const;

export type InboxMatch = Pick<InboxFilter, "show" | "exploited" | "rating"> & {
  /** Only these, by id. */
  advisories: readonly string[] | undefined;
};

function matching(scope: Scope, { show, exploited, rating, advisories }: InboxMatch): RawBuilder<unknown> {
  const conditions = [
    sql`v.organization_id = ${scope.organizationId}::uuid`,
    SHOW[show],
    exploited === true && sql`v.exploited is not null`,
    exploited === false && sql`v.exploited is null`,
    rating !== undefined && sql`v.rating = ${rating}`,
    advisories !== undefined && sql`v.advisory = any(${[...advisories]}::text[])`,
  ].filter((condition) => condition !== false);
  return sql.join(conditions, sql` and `);
}

const SHOWN = sql`v.*, coalesce(touched.devices_named, '[]'::jsonb) as device_names,
    worst.device_name as worst_device, worst.functions as worst_functions, worst.harm_function, coalesce(parts.names, '{}') as components`;
const TOUCHED = sql`left join lateral (
    select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) order by t.harm desc, t.name) filter (where t.place <= 10) as devices_named
    from (select d.id, d.name, d.harm, row_number() over (order by d.harm desc, d.name) as place
      from (select distinct f.device_id from finding f
        where f.organization_id = v.organization_id and f.advisory = v.advisory and f.gone_at is null) hit
      join device d on d.organization_id = v.organization_id and d.id = hit.device_id) t
  ) touched on true
  left join lateral (select d.name as device_name, d.functions, f.harm_function from finding f
    join device d on d.organization_id = f.organization_id and d.id = f.device_id
    where f.organization_id = v.organization_id and f.advisory = v.advisory and f.gone_at is null
    order by ${WORST_FIRST} limit 1) worst on true
  left join lateral (select array_agg(n.component_name) as names from (
    select distinct f.component_name from finding f
    where f.organization_id = v.organization_id and f.advisory = v.advisory and f.gone_at is null
    order by f.component_name limit 10) n) parts on true`;

/** One page of the inbox; one more than asked for. */
export async function pageOfVulnerabilities(
  trx: Trx,
  scope: Scope,
  match: InboxMatch,
  page: { sort: InboxFilter["sort"]; after: readonly [string | number, string] | null; limit: number },
): Promise<VulnerabilityLine[]> {
  const { place, text, cast } = ORDERS[page.sort];
  const rest =
    page.after === null
      ? sql`true`
      : sql`(${place} < ${page.after[0]}::${cast} or (${place} = ${page.after[0]}::${cast} and v.advisory > ${page.after[1]}))`;
  const { rows } = await sql<VulnerabilityLine>`select ${SHOWN} from (
      select v.*, ${text} as place from vulnerability v where ${matching(scope, match)} and ${rest}
      order by ${place} desc, v.advisory limit ${page.limit + 1}) v
    ${TOUCHED} order by ${place} desc, v.advisory`.execute(trx);
  return rows;
}

export async function countVulnerabilities(trx: Trx, scope: Scope, match: InboxMatch, bound: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) from (
    select 1 from vulnerability v where ${matching(scope, match)} limit ${bound}) counted`.execute(trx);
  return rows[0]?.count ?? 0;
}

/** A vulnerability by its id or an alias; with a device, what of it is in that device. */
export async function findVulnerability(
  trx: Trx,
  scope: Scope,
  name: string,
  deviceId?: string,
): Promise<VulnerabilityLine | undefined> {
  const { rows } = await sql<VulnerabilityLine>`select ${SHOWN}, v.priority as place from vulnerability v ${TOUCHED}
    where v.organization_id = ${scope.organizationId}::uuid and v.advisory in (
      select advisory from vulnerability_alias where organization_id = ${scope.organizationId}::uuid and alias = ${name})
    order by v.total desc, v.advisory limit 1`.execute(trx);
  const [line] = rows;
  return line === undefined || deviceId === undefined ? line : narrowed(trx, scope, line, deviceId);
}

async function narrowed(
  trx: Trx,
  scope: Scope,
  line: VulnerabilityLine,
  deviceId: string,
): Promise<VulnerabilityLine | undefined> {
  const { rows } = await sql<
    Partial<VulnerabilityLine>
  >`select jsonb_build_object('id', d.id, 'name', d.name) as device,
      d.name as worst_device, d.functions as worst_functions, (c.worst->>'harm')::int as harm, c.worst->>'function' as harm_function,
      jsonb_build_array(jsonb_build_object('id', d.id, 'name', d.name)) as device_names, 1 as devices, c.total, c.open, c.new,
      c.in_triage, c.affected, c.suspect, c.releases, c.components
    from device d cross join lateral (
      select count(*)::int as total, (count(*) filter (where f.state in ('new', 'in-triage', 'affected')))::int as open,
        (count(*) filter (where f.state = 'new'))::int as new, (count(*) filter (where f.state = 'in-triage'))::int as in_triage,
        (count(*) filter (where f.state = 'affected'))::int as affected, (count(*) filter (where f.suspect))::int as suspect,
        count(distinct f.release_id)::int as releases, (array_agg(distinct f.component_name))[1:10] as components,
        (array_agg(jsonb_build_object('harm', f.harm, 'function', f.harm_function) order by ${WORST_FIRST}))[1] as worst
      from finding f where f.organization_id = d.organization_id and f.device_id = d.id and f.advisory = ${line.advisory}
        and f.gone_at is null) c
    where d.organization_id = ${scope.organizationId}::uuid and d.id = ${deviceId}::uuid and c.total > 0`.execute(trx);
  return rows[0] === undefined ? undefined : { ...line, ...rows[0] };
}

/** Advisory ids an id or alias stands for. */
export const advisoriesNamed = async (trx: Trx, scope: Scope, alias: string): Promise<string[]> =>
  (
    await trx
      .selectFrom("vulnerabilityAlias")
      .select("advisory")
      .where("organizationId", "=", scope.organizationId)
      .where("alias", "=", alias)
      .execute()
  ).map((row) => row.advisory);

/** More names than this and a text filter is too wide to mean anything: the first ones in the alphabet count. */
const MOST_NAMES = 5_000;

/** Component names and advisory ids that a text stands for: part of a name, an id, an alias or a title. */
export async function resolveText(trx: Trx, scope: Scope, text: string) {
  const like = `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
  const { organizationId } = scope;
  const components = await sql<{ name: string }>`select distinct name from finding_name
    where organization_id = ${organizationId}::uuid and name ilike ${like} order by name limit ${MOST_NAMES}`.execute(
    trx,
  );
  const advisories = await sql<{ advisory: string }>`
    select advisory from vulnerability where organization_id = ${organizationId}::uuid and title ilike ${like}
    union select advisory from vulnerability_alias where organization_id = ${organizationId}::uuid and alias ilike ${like}
    order by 1 limit ${MOST_NAMES}`.execute(trx);
  return {
    components: components.rows.map((row) => row.name),
    advisories: advisories.rows.map((row) => row.advisory),
  };
}

/** Advisory ids of vulnerabilities that some component of these names had. */
export async function advisoriesOfComponents(trx: Trx, scope: Scope, names: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ advisory: string }>`select distinct advisory from finding_name
    where organization_id = ${scope.organizationId}::uuid and name = any(${[...names]}::text[]) order by 1 limit ${4 * MOST_NAMES}`.execute(
    trx,
  );
  return rows.map((row) => row.advisory);
}

/** Vulnerabilities that touch the organisation and were published on a day or later, the newest first. */
export const publishedSince = (trx: Trx, { organizationId }: Scope, day: string, limit: number) =>
  trx
    .selectFrom("vulnerability")
    .select(["advisory", "title", "rating", "exploited", "publishedAt"])
    .where("organizationId", "=", organizationId)
    .where("total", ">", 0)
    .where("publishedAt", ">=", day)
    .orderBy("publishedAt", "desc")
    .orderBy("advisory")
    .limit(limit)
    .execute();
