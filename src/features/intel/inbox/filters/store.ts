import { sql } from "kysely";
import type { Scope, Trx } from "../../../../platform/db.ts";

export interface ListedFilter {
  id: string;
  name: string;
  search: string;
  shared: boolean;
  ownerId: string;
  ownerName: string;
  revision: number;
  isDefault: boolean;
}

/** The caller's own filters and those shared with everybody; own ones first, by name. */
export async function filtersFor(trx: Trx, scope: Scope): Promise<ListedFilter[]> {
  const { rows } =
    await sql<ListedFilter>`select f.id, f.name, f.search, f.shared, f.owner_id, f.owner_name, f.revision,
      d.filter_id is not null as is_default
    from saved_filter f left join saved_filter_default d
      on d.organization_id = f.organization_id and d.filter_id = f.id and d.user_id = ${scope.actor.id}
    where f.organization_id = ${scope.organizationId}::uuid and (f.owner_id = ${scope.actor.id} or f.shared)
    order by f.owner_id = ${scope.actor.id} desc, lower(f.name), f.id limit 500`.execute(trx);
  return rows;
}

export interface FilterRow {
  id: string;
  name: string;
  search: string;
  createdAt: Date;
}

/** False when the caller has one of that name already. */
export async function addFilter(trx: Trx, scope: Scope, filter: FilterRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto("savedFilter")
    .values({
      ...filter,
      organizationId: scope.organizationId,
      ownerId: scope.actor.id,
      ownerName: scope.actor.name,
      shared: false,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Changes a filter of the caller's own, when nobody changed it since that revision (null: whatever it is). False: there is none such. */
export async function changeFilter(
  trx: Trx,
  scope: Scope,
  id: string,
  revision: number | null,
  change: { name?: string; search?: string; shared?: boolean },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("savedFilter")
    .set((e) => ({ ...change, revision: e("revision", "+", 1) }))
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .where("ownerId", "=", scope.actor.id)
    .$if(revision !== null, (q) => q.where("revision", "=", revision ?? 0))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function removeFilter(trx: Trx, scope: Scope, id: string): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom("savedFilter")
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .where("ownerId", "=", scope.actor.id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Nobody else's default any more: their inbox must not open with what they cannot see. */
export const forgetForOthers = (trx: Trx, scope: Scope, filterId: string) =>
  trx
    .deleteFrom("savedFilterDefault")
    .where("organizationId", "=", scope.organizationId)
    .where("filterId", "=", filterId)
    .where("userId", "<>", scope.actor.id)
    .execute();

export async function openWith(trx: Trx, scope: Scope, filterId: string | null): Promise<void> {
  const { organizationId, actor } = scope;
  await trx
    .deleteFrom("savedFilterDefault")
    .where("organizationId", "=", organizationId)
    .where("userId", "=", actor.id)
    .execute();
  if (filterId === null) return;
  await trx.insertInto("savedFilterDefault").values({ organizationId, userId: actor.id, filterId }).execute();
}
