import { sql } from "kysely";
import { Fault } from "../../../lib/fault.ts";
import { newId } from "../../../lib/ids.ts";
import type { Scope, Trx } from "../../../platform/db.ts";
import { refuseUnknown } from "../refuse.ts";
import type { NewUnit, UnitStatus } from "../schema.ts";
import { escapeLike, findRelease } from "../store.ts";
import type { UnitRow } from "../tables.ts";

/** Adds units; those whose serial number the device has already are left out. Returns the new ones. */
export const insertUnits = (trx: Trx, scope: Scope, units: readonly Omit<UnitRow, "organizationId" | "revision">[]) =>
  trx
    .insertInto("unit")
    .values(units.map((unit) => ({ organizationId: scope.organizationId, ...unit })))
    .onConflict((conflict) => conflict.columns(["organizationId", "deviceId", "serial"]).doNothing())
    .returningAll()
    .execute();

export const lockUnit = (trx: Trx, scope: Scope, id: string) =>
  trx
    .selectFrom("unit")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();

export const updateUnit = (
  trx: Trx,
  scope: Scope,
  id: string,
  change: Partial<Pick<UnitRow, "releaseId" | "site" | "status" | "installedOn"> & { revision: number }>,
) =>
  trx
    .updateTable("unit")
    .set(change)
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();

export interface UnitFilter {
  deviceId: string;
  releaseId?: string | undefined;
  status?: UnitStatus | undefined;
  text?: string | undefined;
}

const matching = (trx: Trx, scope: Scope, { deviceId, releaseId, status, text }: UnitFilter) =>
  trx
    .selectFrom("unit as u")
    .where("u.organizationId", "=", scope.organizationId)
    .where("u.deviceId", "=", deviceId)
    .$if(releaseId !== undefined, (q) => q.where("u.releaseId", "=", releaseId ?? ""))
    .$if(status !== undefined, (q) => q.where("u.status", "=", status ?? "in-use"))
    .$if(text !== undefined && text !== "", (q) => {
      const like = `%${escapeLike(text ?? "")}%`;
      return q.where((e) => e.or([e("u.serial", "ilike", like), e("u.site", "ilike", like)]));
    });

export const pageOfUnits = (
  trx: Trx,
  scope: Scope,
  filter: UnitFilter,
  { after, limit }: { after: string | null; limit: number },
) =>
  matching(trx, scope, filter)
    .innerJoin("release as r", (join) =>
      join.onRef("r.organizationId", "=", "u.organizationId").onRef("r.id", "=", "u.releaseId"),
    )
    .selectAll("u")
    .select("r.version as release")
    .$if(after !== null, (q) => q.where("u.serial", ">", after ?? ""))
    .orderBy("u.serial")
    .limit(limit + 1)
    .execute();

/** Units of some releases that are not retired, by site and serial number, at one site or everywhere. */
export const unitsOfReleases = (
  trx: Trx,
  scope: Scope,
  { releaseIds, site }: { releaseIds: readonly string[]; site: string | undefined },
  limit: number,
) =>
  trx
    .selectFrom("unit")
    .select(["releaseId", "serial", "site"])
    .where("organizationId", "=", scope.organizationId)
    .where("releaseId", "in", [...releaseIds])
    .where("status", "<>", "retired")
    .$if(site !== undefined, (q) => q.where("site", "=", site ?? ""))
    .orderBy("site")
    .orderBy("serial")
    .limit(limit)
    .execute();

/** At which sites units of some releases stand that are not retired, and how many of which release, by site. */
export const sitesOfReleases = (trx: Trx, scope: Scope, releaseIds: readonly string[]) =>
  trx
    .selectFrom("unit")
    .select(["site", "releaseId", sql<number>`count(*)::int`.as("units")])
    .where("organizationId", "=", scope.organizationId)
    .where("releaseId", "in", [...releaseIds])
    .where("status", "<>", "retired")
    .groupBy(["site", "releaseId"])
    .orderBy("site")
    .execute();

export const countUnits = (trx: Trx, scope: Scope, filter: UnitFilter) =>
  matching(trx, scope, filter)
    .select((e) => e.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();

/** Adds units of a release. Fault `conflict` names the serial numbers the device has already; then none is added. */
export async function writeUnits(trx: Trx, scope: Scope, releaseId: string, units: readonly NewUnit[]) {
  const release = (await findRelease(trx, scope, releaseId)) ?? refuseUnknown("release", releaseId);
  const { deviceId } = release;
  const added = await insertUnits(
    trx,
    scope,
    units.map((unit) => ({ id: newId(), deviceId, releaseId, ...unit })),
  );
  if (added.length < units.length) {
    const there = new Set(added.map((unit) => unit.serial));
    const known = units.filter((unit) => !there.delete(unit.serial)).map((unit) => unit.serial);
    throw new Fault(
      "conflict",
      `This device has units ${known.slice(0, 5).join(", ")} already (${known.length} in all)`,
      {
        at: "units",
        fix: "Leave them out; a unit moves to another release by changing it",
      },
    );
  }
  const stories = added.map((unit) => ({
    action: "unit.added",
    subject: { type: "unit", id: unit.id },
    before: null,
    after: unit,
    deviceId,
    releaseId,
  }));
  return { release, units: added, stories };
}

export async function countUnitsInUse(trx: Trx, scope: Scope, releaseId: string): Promise<number> {
  const { count } = await trx
    .selectFrom("unit")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("organizationId", "=", scope.organizationId)
    .where("releaseId", "=", releaseId)
    .where("status", "=", "in-use")
    .executeTakeFirstOrThrow();
  return count;
}
