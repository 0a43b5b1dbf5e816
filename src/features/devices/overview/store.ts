import { sql } from "kysely";
import type { Scope, Trx } from "../../../platform/db.ts";
import type { SupportSummary } from "../../intel/support/schema.ts";
import type { Counts } from "../schema.ts";

const COUNTS = [
  "open",
  "new",
  "inTriage",
  "affected",
  "exploited",
  "critical",
  "high",
  "medium",
  "low",
  "suspect",
] as const;

/** Keeps what is open in releases today; the last word of a day stays. */
export const writeDays = (
  trx: Trx,
  scope: Scope,
  onDay: string,
  days: readonly { releaseId: string; counts: Counts }[],
) =>
  trx
    .insertInto("releaseDay")
    .values(
      days.map(({ releaseId, counts }) => ({ organizationId: scope.organizationId, releaseId, onDay, ...counts })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(["organizationId", "releaseId", "onDay"])
        .doUpdateSet((e) => Object.fromEntries(COUNTS.map((name) => [name, e.ref(`excluded.${name}`)]))),
    )
    .execute();

/** The last 30 days on which something changed, oldest first. */
export const daysOf = (trx: Trx, scope: Scope, releaseIds: readonly string[]) =>
  trx
    .selectFrom((from) =>
      from
        .selectFrom("releaseDay")
        .selectAll()
        .select(sql<number>`row_number() over (partition by release_id order by on_day desc)`.as("age"))
        .where("organizationId", "=", scope.organizationId)
        .where("releaseId", "in", [...releaseIds])
        .as("day"),
    )
    .selectAll()
    .where("age", "<=", 30)
    .orderBy("onDay")
    .execute();

interface Worse extends Counts {
  deviceId: string;
  deviceName: string;
  releaseId: string;
  version: string;
  beforeOpen: number;
  beforeExploited: number;
}

/** Releases whose newest counts are worse than those at the end of `day` or before. One first compared since has nothing to be worse than. */
export async function worseSince(trx: Trx, scope: Scope, day: string, limit: number) {
  const { rows } = await sql<Worse>`
    select r.device_id, d.name as device_name, r.id as release_id, r.version, now.open, now.new, now.in_triage, now.affected, now.exploited,
      now.critical, now.high, now.medium, now.low, now.suspect, was.open as before_open, was.exploited as before_exploited
    from release r join device d on d.organization_id = r.organization_id and d.id = r.device_id
    join lateral (select * from release_day x where x.organization_id = r.organization_id and x.release_id = r.id
      order by on_day desc limit 1) now on true
    join lateral (select * from release_day x where x.organization_id = r.organization_id and x.release_id = r.id
      and on_day <= ${day}::date order by on_day desc limit 1) was on true
    where r.organization_id = ${scope.organizationId}::uuid and r.phase <> 'decommissioned'
      and (now.exploited > was.exploited or now.open > was.open)
    order by now.exploited - was.exploited desc, now.open - was.open desc, r.id
    limit ${limit}`.execute(trx);
  return rows;
}

export const unitCounts = (trx: Trx, scope: Scope, deviceIds: readonly string[]) =>
  trx
    .selectFrom("unit")
    .select((e) => ["deviceId", "releaseId", e.fn.countAll<number>().as("count")])
    .where("organizationId", "=", scope.organizationId)
    .where("deviceId", "in", [...deviceIds])
    .groupBy(["deviceId", "releaseId"])
    .execute();

export const sbomBriefs = (trx: Trx, scope: Scope, ids: readonly string[]) =>
  trx
    .selectFrom("sbom")
    .select(["id", "components", "quality", "uploadedAt"])
    .where("organizationId", "=", scope.organizationId)
    .where("id", "in", [...ids])
    .execute();

export const releasesMissingSbom = (trx: Trx, scope: Scope, limit: number) =>
  trx
    .selectFrom("release as r")
    .innerJoin("device as d", (join) =>
      join.onRef("d.organizationId", "=", "r.organizationId").onRef("d.id", "=", "r.deviceId"),
    )
    .select(["r.id", "r.version", "r.phase", "d.id as deviceId", "d.name as deviceName"])
    .where("r.organizationId", "=", scope.organizationId)
    .where("r.sbomId", "is", null)
    .where("r.phase", "not in", ["concept", "design", "decommissioned"])
    .orderBy("d.name")
    .orderBy("r.version")
    .limit(limit)
    .execute();

/** Releases whose support ends until `until`, units in use counted; ended ones only while some are in use. */
export async function endingSupport(trx: Trx, scope: Scope, today: string, until: string, limit: number) {
  const { rows } = await sql<{
    id: string;
    version: string;
    deviceId: string;
    deviceName: string;
    endOfSupportOn: string;
    inUse: number;
  }>`select r.id, r.version, d.id as device_id, d.name as device_name, r.end_of_support_on, used.count as in_use
    from release r
    join device d on d.organization_id = r.organization_id and d.id = r.device_id
    cross join lateral (select count(*) from unit u
      where u.organization_id = r.organization_id and u.release_id = r.id and u.status = 'in-use') used
    where r.organization_id = ${scope.organizationId}::uuid and r.end_of_support_on <= ${until}::date
      and r.phase <> 'decommissioned' and (r.end_of_support_on >= ${today}::date or used.count > 0)
    order by r.end_of_support_on, r.id limit ${limit}`.execute(trx);
  return rows;
}

/** Current releases with parts whose support ends within twelve months, the next to end first. */
export async function endingParts(trx: Trx, scope: Scope, limit: number) {
  const { rows } = await sql<{
    id: string;
    version: string;
    deviceId: string;
    deviceName: string;
    support: SupportSummary;
  }>`select r.id, r.version, d.id as device_id, d.name as device_name, r.support
    from device d join release r on r.organization_id = d.organization_id and r.id = d.current_release_id
    where d.organization_id = ${scope.organizationId}::uuid and r.phase <> 'decommissioned' and r.support->'next'->>'on' is not null
    order by r.support->'next'->>'on', r.id limit ${limit}`.execute(trx);
  return rows;
}

/**
 * Products with their cycle whose support ends in these days, and the releases made of them, by name, at most `named` of each. Releases
 * whose own support is over, and decommissioned ones, do not count.
 */
export async function endingComponents(
  trx: Trx,
  scope: Scope,
  { from, until, today, named, limit }: { from: string; until: string; today: string; named: number; limit: number },
) {
  const { rows } = await sql<{
    name: string;
    endsOn: string;
    said: string;
    components: number;
    releaseCount: number;
    releases: { id: string; deviceId: string; deviceName: string; version: string }[];
  }>`select e.name, e.ends_on, min(e.said) as said, sum(e.components)::int as components, count(*)::int as release_count,
      to_json((array_agg(json_build_object('id', r.id, 'deviceId', d.id, 'deviceName', d.name, 'version', r.version)
        order by d.name, d.id, r.id desc))[1:${named}::int]) as releases
    from release_support_end e
    join release r on r.organization_id = e.organization_id and r.id = e.release_id
    join device d on d.organization_id = r.organization_id and d.id = r.device_id
    where e.organization_id = ${scope.organizationId}::uuid and e.ends_on between ${from}::date and ${until}::date
      and r.phase not in ('end-of-support', 'decommissioned') and (r.end_of_support_on is null or r.end_of_support_on >= ${today}::date)
    group by e.name, e.ends_on order by e.ends_on, e.name limit ${limit}`.execute(trx);
  return rows;
}

/** Those of these releases that are looked at first of their devices, so that the devices' danger can be written. */
export const currentAmong = (trx: Trx, scope: Scope, releaseIds: readonly string[]) =>
  trx
    .selectFrom("device as d")
    .innerJoin("release as r", (join) =>
      join.onRef("r.organizationId", "=", "d.organizationId").onRef("r.id", "=", "d.currentReleaseId"),
    )
    .select(["d.id", "r.id as releaseId", "d.harm"])
    .where("d.organizationId", "=", scope.organizationId)
    .where("r.id", "in", [...releaseIds])
    .orderBy("d.id")
    .execute();
