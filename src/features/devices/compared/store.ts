import { sql } from "kysely";
import type { Scope, Trx } from "../../../platform/db.ts";

/** With what a release must have been compared to be left alone: this index, by these rules, its support looked at on this day. */
export interface Comparison {
  index: string;
  rules: number;
  onDay: string;
}

/** Releases with an SBOM that this comparison is still to be made with. Nothing is locked. */
export async function releasesToCompare(trx: Trx, scope: Scope, { index, rules, onDay }: Comparison) {
  const { rows } = await sql<{ id: string }>`select id from release
    where organization_id = ${scope.organizationId}::uuid and sbom_id is not null
      and (assessed_sbom_id, assessed_index, assessed_rules, supported_on)
        is distinct from (sbom_id, ${index}, ${rules}::int, ${onDay}::date)
    order by id`.execute(trx);
  return rows;
}

/**
 * Notes the new index at the releases that were compared with the one before and look up no part under a changed key: comparing them
 * would find the same. Returns how many.
 */
export async function passOver(
  trx: Trx,
  scope: Scope,
  passed: { from: string; to: string; rules: number; vulnerabilities: number; now: Date; keys: readonly bigint[] },
): Promise<number> {
  const { organizationId } = scope;
  const { numAffectedRows = 0n } =
    await sql`update release set assessed_index = ${passed.to}, assessed_at = ${passed.now}::timestamptz,
      assessed_vulnerabilities = ${passed.vulnerabilities}::int
    where organization_id = ${organizationId}::uuid and sbom_id is not null and assessed_sbom_id = sbom_id
      and assessed_index = ${passed.from} and assessed_rules = ${passed.rules}::int
      and id not in (select k.release_id from release_key k
        where k.organization_id = ${organizationId}::uuid and k.key = any(${passed.keys.map(String)}::bigint[]))`.execute(
      trx,
    );
  return Number(numAffectedRows);
}

/** Keeps under which keys the parts of a release's SBOM are looked up. */
export async function keepKeys(trx: Trx, scope: Scope, releaseId: string, keys: readonly bigint[]): Promise<void> {
  const { organizationId } = scope;
  await sql`delete from release_key
    where organization_id = ${organizationId}::uuid and release_id = ${releaseId}::uuid`.execute(trx);
  await sql`insert into release_key (organization_id, key, release_id)
    select distinct ${organizationId}::uuid, key, ${releaseId}::uuid
    from unnest(${keys.map(String)}::bigint[]) as key order by 2`.execute(trx);
}
