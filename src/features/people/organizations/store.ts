import type { Scope, Trx } from "../../../platform/db.ts";

export const addOrganization = (trx: Trx, { organizationId }: Scope, name: string) =>
  trx.insertInto("organization").values({ organizationId, name }).execute();

export const findOrganization = (trx: Trx, { organizationId }: Scope) =>
  trx
    .selectFrom("organization")
    .select(["organizationId as id", "name"])
    .where("organizationId", "=", organizationId)
    .executeTakeFirstOrThrow();

export const renameOrganization = (trx: Trx, { organizationId }: Scope, name: string) =>
  trx.updateTable("organization").set({ name }).where("organizationId", "=", organizationId).execute();
