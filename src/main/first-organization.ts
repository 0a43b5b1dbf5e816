import { addOrganization } from "../features/people/organizations/store.ts";
import { newId } from "../lib/ids.ts";
import { acrossOrganizations, type Db, inScope, type Scope } from "../platform/db.ts";
import { record } from "../platform/ledger/ledger.ts";

const NAME = "Our organisation";

/** The oldest organisation, made when there is none yet; people rename it. `actor` is Cordon itself. */
export async function ensureOrganization(db: Db): Promise<Scope> {
  const actor = { kind: "system", id: "cordon", name: "Cordon" } as const;
  const found = await acrossOrganizations(db, (trx) =>
    trx.selectFrom("organization").select("organizationId").orderBy("createdAt").limit(1).executeTakeFirst(),
  );
  if (found !== undefined) return { organizationId: found.organizationId, actor };
  const scope: Scope = { organizationId: newId(), actor };
  await inScope(db, scope, async (trx) => {
    await addOrganization(trx, scope, NAME);
    await record(trx, scope, {
      action: "organization.created",
      subject: { type: "organization", id: scope.organizationId },
      before: null,
      after: { name: NAME },
    });
  });
  return scope;
}
