import type { Scope, Trx } from "../../../platform/db.ts";
import type { UnitStatus } from "../schema.ts";
import { escapeLike } from "../store.ts";
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

export const countUnits = (trx: Trx, scope: Scope, filter: UnitFilter) =>
  matching(trx, scope, filter)
    .select((e) => e.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
