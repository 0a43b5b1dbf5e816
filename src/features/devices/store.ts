import { sql } from "kysely";
import type { Scope, Trx } from "../../platform/db.ts";
import type { Phase } from "./schema.ts";
import type { DeviceRow, ReleaseRow } from "./tables.ts";

type New<Row> = Omit<
  Row,
  "organizationId" | "matchedWith" | "functions" | "interfaces" | "dataHeld" | "danger" | "revision" | "support"
>;

export const insertDevice = (trx: Trx, scope: Scope, device: New<DeviceRow> & { functions: string }) =>
  trx
    .insertInto("device")
    .values({ organizationId: scope.organizationId, ...device })
    .execute();

/** The device, locked until the transaction ends, or undefined. */
export const lockDevice = (trx: Trx, scope: Scope, id: string) =>
  trx
    .selectFrom("device")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();

export const findDevice = (trx: Trx, scope: Scope, id: string) =>
  trx
    .selectFrom("device")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .executeTakeFirst();

export const updateDevice = (
  trx: Trx,
  scope: Scope,
  id: string,
  change: Partial<New<DeviceRow> & { functions: string; revision: number; danger: number; matchedWith: string }>,
) =>
  trx
    .updateTable("device")
    .set(change)
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .execute();

export const insertRelease = (
  trx: Trx,
  scope: Scope,
  release: New<ReleaseRow> & { interfaces: string; dataHeld: string | null },
) =>
  trx
    .insertInto("release")
    .values({ organizationId: scope.organizationId, ...release })
    .execute();

export const lockRelease = (trx: Trx, scope: Scope, id: string) =>
  trx
    .selectFrom("release")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();

/** Several releases, locked in one order so that two transactions never wait for each other. */
export const lockReleases = (trx: Trx, scope: Scope, ids: readonly string[]) =>
  trx
    .selectFrom("release")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .where("id", "in", [...ids])
    .orderBy("id")
    .forUpdate()
    .execute();

export const findRelease = (trx: Trx, scope: Scope, id: string) =>
  trx
    .selectFrom("release")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .executeTakeFirst();

export const findReleaseByVersion = (trx: Trx, scope: Scope, deviceId: string, version: string) =>
  trx
    .selectFrom("release")
    .select("id")
    .where("organizationId", "=", scope.organizationId)
    .where("deviceId", "=", deviceId)
    .where("version", "=", version)
    .executeTakeFirst();

export const updateRelease = (
  trx: Trx,
  scope: Scope,
  id: string,
  change: Partial<New<ReleaseRow> & { interfaces: string; dataHeld: string | null; revision: number; support: string }>,
) =>
  trx
    .updateTable("release")
    .set(change)
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .execute();

/** Releases of these devices, newest first. */
export const releasesOf = (trx: Trx, scope: Scope, deviceIds: readonly string[]) =>
  trx
    .selectFrom("release")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .where("deviceId", "in", [...deviceIds])
    .orderBy("createdAt", "desc")
    .orderBy("id", "desc")
    .execute();

/** The release of the same device that was added last before this one and has an SBOM. */
export const releaseBefore = (trx: Trx, scope: Scope, release: { id: string; deviceId: string }) =>
  trx
    .selectFrom("release")
    .select(["id", "version", "interfaces", "networkPosition"])
    .where("organizationId", "=", scope.organizationId)
    .where("deviceId", "=", release.deviceId)
    .where("sbomId", "is not", null)
    .where("id", "<", release.id)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();

/** Of these releases, by id, the one of the same device that was added last before it and has an SBOM. */
export async function releasesBefore(trx: Trx, scope: Scope, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; beforeId: string }>`select r.id, b.id as before_id from release r
    cross join lateral (select b.id from release b where b.organization_id = r.organization_id and b.device_id = r.device_id
      and b.sbom_id is not null and b.id < r.id order by b.id desc limit 1) b
    where r.organization_id = ${scope.organizationId}::uuid and r.id = any(${[...ids]}::uuid[])`.execute(trx);
  return new Map(rows.map(({ id, beforeId }) => [id, beforeId]));
}

/** Devices, locked in one order against whoever writes to them; findings may still be added to them. */
export const holdDevices = (trx: Trx, scope: Scope, ids: readonly string[]) =>
  trx
    .selectFrom("device")
    .select("id")
    .where("organizationId", "=", scope.organizationId)
    .where("id", "in", [...ids])
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();

export async function addPhase(
  trx: Trx,
  scope: Scope,
  releaseId: string,
  entry: { phase: Phase; since: string; note: string; recordedAt: Date; recordedBy: string },
): Promise<void> {
  const { organizationId } = scope;
  await sql`insert into release_phase (organization_id, release_id, ordinal, phase, since, note, recorded_at, recorded_by)
    select ${organizationId}::uuid, ${releaseId}::uuid, coalesce(max(ordinal), 0) + 1, ${entry.phase}, ${entry.since}::date,
      ${entry.note}, ${entry.recordedAt}::timestamptz, ${entry.recordedBy}
    from release_phase where organization_id = ${organizationId}::uuid and release_id = ${releaseId}::uuid`.execute(
    trx,
  );
}

export const phasesOf = (trx: Trx, scope: Scope, releaseId: string) =>
  trx
    .selectFrom("releasePhase")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .where("releaseId", "=", releaseId)
    .orderBy("ordinal")
    .execute();

export interface DeviceFilter {
  text?: string | undefined;
  phase?: Phase | undefined;
  kind?: string | undefined;
}

const ORDERS = {
  danger: { value: sql`d.danger`, direction: sql`desc`, before: sql`<`, cast: sql`integer` },
  name: { value: sql`lower(d.name)`, direction: sql`asc`, before: sql`>`, cast: sql`text` },
  changed: { value: sql`d.updated_at`, direction: sql`desc`, before: sql`<`, cast: sql`timestamptz` },
} as const;

const matching = (scope: Scope, filter: DeviceFilter) => {
  const like = filter.text === undefined || filter.text === "" ? null : `%${escapeLike(filter.text)}%`;
  const named = sql`(d.name ilike ${like} or d.model ilike ${like} or d.manufacturer ilike ${like} or d.owner_team ilike ${like})`;
  return sql`d.organization_id = ${scope.organizationId}::uuid
    and ${like === null ? sql`true` : named}
    and ${filter.phase === undefined ? sql`true` : sql`r.phase = ${filter.phase}`}
    and ${filter.kind === undefined ? sql`true` : sql`d.functions @> ${JSON.stringify([{ kind: filter.kind }])}::jsonb`}`;
};

const FROM = sql`device d left join release r on r.organization_id = d.organization_id and r.id = d.current_release_id`;

/** Ids of one page of devices, each with its place in the order; one more than asked for. */
export async function pageOfDevices(
  trx: Trx,
  scope: Scope,
  filter: DeviceFilter,
  page: { sort: keyof typeof ORDERS; after: readonly [string | number, string] | null; limit: number },
) {
  const { value, direction, before, cast } = ORDERS[page.sort];
  const from =
    page.after === null
      ? sql`true`
      : sql`(${value}, d.id) ${before} (${page.after[0]}::${cast}, ${page.after[1]}::uuid)`;
  const { rows } = await sql<{ id: string; place: string | number }>`
    select d.id, ${page.sort === "changed" ? sql`d.updated_at::text` : value} as place from ${FROM}
    where ${matching(scope, filter)} and ${from} order by ${value} ${direction}, d.id ${direction} limit ${page.limit + 1}`.execute(
    trx,
  );
  return rows;
}

export async function countDevices(trx: Trx, scope: Scope, filter: DeviceFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) from ${FROM} where ${matching(scope, filter)}`.execute(
    trx,
  );
  return rows[0]?.count ?? 0;
}

/** What each device is called and who makes it. */
export const namesOfDevices = (trx: Trx, scope: Scope) =>
  trx
    .selectFrom("device")
    .select(["id", "name", "manufacturer", "model"])
    .where("organizationId", "=", scope.organizationId)
    .orderBy("id")
    .execute();

/** What each device is called, who makes it, and what it was last compared with by its name. */
export const devicesToName = (trx: Trx, scope: Scope) =>
  trx
    .selectFrom("device")
    .select(["id", "name", "manufacturer", "model", "matchedWith"])
    .where("organizationId", "=", scope.organizationId)
    .orderBy("id")
    .execute();

/** Every release's device, version and phase. */
export const allReleases = (trx: Trx, scope: Scope) =>
  trx
    .selectFrom("release")
    .select(["id", "deviceId", "version", "phase"])
    .where("organizationId", "=", scope.organizationId)
    .execute();

export const devicesById = (trx: Trx, scope: Scope, ids: readonly string[]) =>
  trx
    .selectFrom("device")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .where("id", "in", [...ids])
    .execute();

/** Text that `like` takes literally. */
export const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, "\\$&");
