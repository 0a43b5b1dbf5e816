import { sql } from "kysely";
import type { Scope, Trx } from "../../../platform/db.ts";
import type {} from "../tables.ts";

export interface DeviceEntry {
  deviceId: string;
  releaseId: string | null;
}

/** Says which devices the ledger's last entries tell of, one per entry, in their order. The transaction holds the ledger's head. */
export async function linkLastEntries(trx: Trx, scope: Scope, entries: readonly DeviceEntry[]): Promise<void> {
  const { organizationId } = scope;
  if (entries.length === 0) return;
  const { sequence } = await trx
    .selectFrom("ledgerHead")
    .select("sequence")
    .where("organizationId", "=", organizationId)
    .executeTakeFirstOrThrow();
  const first = sequence - entries.length + 1;
  for (let i = 0; i < entries.length; i += 1000)
    await trx
      .insertInto("deviceEntry")
      .values(entries.slice(i, i + 1000).map((entry, j) => ({ organizationId, ...entry, sequence: first + i + j })))
      .execute();
}

/** Ledger entries of a device, newest first, from below a sequence number on; one more than asked for. */
export const readHistory = (
  trx: Trx,
  scope: Scope,
  { deviceId, releaseId }: { deviceId: string; releaseId: string | undefined },
  { below, limit }: { below: number | null; limit: number },
) =>
  trx
    .selectFrom("deviceEntry as d")
    .innerJoin("ledgerEntry as e", (join) =>
      join.onRef("e.organizationId", "=", "d.organizationId").onRef("e.sequence", "=", "d.sequence"),
    )
    .selectAll("e")
    .where("d.organizationId", "=", scope.organizationId)
    .where("e.organizationId", "=", scope.organizationId)
    .where("d.deviceId", "=", deviceId)
    .$if(releaseId !== undefined, (q) => q.where("d.releaseId", "=", releaseId ?? ""))
    .$if(below !== null, (q) => q.where("d.sequence", "<", below ?? 0))
    .orderBy("d.sequence", "desc")
    .limit(limit + 1)
    .execute();

export const countHistory = async (trx: Trx, scope: Scope, deviceId: string, releaseId: string | undefined) =>
  trx
    .selectFrom("deviceEntry")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("organizationId", "=", scope.organizationId)
    .where("deviceId", "=", deviceId)
    .$if(releaseId !== undefined, (q) => q.where("releaseId", "=", releaseId ?? ""))
    .executeTakeFirstOrThrow();

/** What people call the devices, releases, units and SBOMs of these ids, as they are called now. Ids of other things are left out. */
export async function namesOf(trx: Trx, { organizationId }: Scope, ids: readonly string[]) {
  const wanted = sql`organization_id = ${organizationId}::uuid and id = any(${[...ids]}::uuid[])`;
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from device where ${wanted}
    union all select r.id, d.name || ' ' || r.version from release r
      join device d on d.organization_id = r.organization_id and d.id = r.device_id
      where r.organization_id = ${organizationId}::uuid and r.id = any(${[...ids]}::uuid[])
    union all select id, serial from unit where ${wanted}
    union all select id, file_name from sbom where ${wanted}`.execute(trx);
  return rows;
}
