import { type RawBuilder, sql } from "kysely";
import type { Scope, Trx } from "../../../../platform/db.ts";
import type { InboxFilter } from "../schema.ts";
import type { LineFacts } from "../show.ts";
import type { InboxMatch } from "../store.ts";

/** Where a line stands: how endangered its device is, the device, its place among the device's lines, the vulnerability. */
export type DevicePlace = readonly [number, string, string | number, string];

export interface DeviceLine extends LineFacts {
  danger: number;
  deviceId: string;
  place: string | number;
}

const SHOW: Record<InboxFilter["show"], RawBuilder<unknown>> = {
  new: sql`count(*) filter (where f.state = 'new') > 0`,
  open: sql`count(*) filter (where f.state in ('new', 'in-triage', 'affected')) > 0`,
  done: sql`count(*) filter (where f.state in ('new', 'in-triage', 'affected')) = 0`,
  all: sql`true`,
};

const PLACES = {
  harm: {
    value: sql`coalesce(max(f.priority) filter (where f.state in ('new', 'in-triage', 'affected')), max(f.priority))`,
    text: sql`g.place`,
    cast: sql`integer`,
  },
  newest: { value: sql`max(f.found_at)`, text: sql`g.place::text`, cast: sql`timestamptz` },
  epss: { value: sql`max(f.epss_rank)`, text: sql`g.place`, cast: sql`real` },
} as const;

const matching = ({ exploited, rating, advisories }: InboxMatch) =>
  sql.join(
    [
      sql`f.gone_at is null`,
      exploited === true && sql`f.exploited is not null`,
      exploited === false && sql`f.exploited is null`,
      rating !== undefined && sql`f.rating = ${rating}`,
      advisories !== undefined && sql`f.advisory = any(${[...advisories]}::text[])`,
    ].filter((condition) => condition !== false),
    sql` and `,
  );

/**
 * One page of the inbox, one line per device and vulnerability, the most endangered device first; one more than asked for. Devices are
 * walked in the order of their index and each is counted only when its turn comes, so a page costs what its own devices cost.
 */
export async function pageByDevice(
  trx: Trx,
  scope: Scope,
  match: InboxMatch,
  page: { sort: InboxFilter["sort"]; after: DevicePlace | null; limit: number },
): Promise<DeviceLine[]> {
  const { value, text, cast } = PLACES[page.sort];
  const [danger, deviceId, place, advisory] = page.after ?? [];
  const later =
    page.after === null
      ? sql`true`
      : sql`(d.danger < ${danger} or (d.danger = ${danger} and d.id >= ${deviceId}::uuid))`;
  const rest =
    page.after === null
      ? sql`true`
      : sql`(d.id <> ${deviceId}::uuid or ${value} < ${place}::${cast} or (${value} = ${place}::${cast} and f.advisory > ${advisory}))`;
  const { rows } =
    await sql<DeviceLine>`select v.advisory, v.aliases, v.title, v.severity, v.exploited, v.epss, v.found_at,
      jsonb_build_object('id', g.device_id, 'name', g.device_name) as device,
      jsonb_build_array(jsonb_build_object('id', g.device_id, 'name', g.device_name)) as device_names,
      g.danger, g.device_id, ${text} as place, (g.worst->>'harm')::int as harm, g.worst->>'function' as harm_function,
      g.device_name as worst_device, g.functions as worst_functions, 1 as devices, g.total, g.open, g.new, g.in_triage, g.affected, g.suspect,
      g.releases, g.components
    from (select d.danger, d.id as device_id, d.name as device_name, d.functions, g.*
      from device d cross join lateral (
        select f.advisory, ${value} as place, count(*)::int as total,
          (count(*) filter (where f.state in ('new', 'in-triage', 'affected')))::int as open,
          (count(*) filter (where f.state = 'new'))::int as new, (count(*) filter (where f.state = 'in-triage'))::int as in_triage,
          (count(*) filter (where f.state = 'affected'))::int as affected, (count(*) filter (where f.suspect))::int as suspect,
          (array_agg(jsonb_build_object('harm', f.harm, 'function', f.harm_function) 
            order by f.state in ('new', 'in-triage', 'affected') desc, f.priority desc))[1] as worst,
          count(distinct f.release_id)::int as releases, (array_agg(distinct f.component_name))[1:10] as components
        from finding f
        where f.organization_id = d.organization_id and f.device_id = d.id and ${matching(match)}
        group by f.advisory having ${SHOW[match.show]} and ${rest}
        order by 2 desc, f.advisory limit ${page.limit + 1}) g
      where d.organization_id = ${scope.organizationId}::uuid and ${later}
      order by d.danger desc, d.id, g.place desc, g.advisory limit ${page.limit + 1}) g
    join vulnerability v on v.organization_id = ${scope.organizationId}::uuid and v.advisory = g.advisory
    order by g.danger desc, g.device_id, g.place desc, g.advisory`.execute(trx);
  return rows;
}

/** How many lines there are, counted up to the bound, one device after the other: it costs what the devices up to there cost. */
export async function countByDevice(trx: Trx, scope: Scope, match: InboxMatch, bound: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) from (
    select 1 from device d cross join lateral (
      select f.advisory from finding f
      where f.organization_id = d.organization_id and f.device_id = d.id and ${matching(match)}
      group by f.advisory having ${SHOW[match.show]}) g
    where d.organization_id = ${scope.organizationId}::uuid limit ${bound}) counted`.execute(trx);
  return rows[0]?.count ?? 0;
}
