import { sql } from "kysely";
import { storableJson } from "../../../lib/storable.ts";
import type { Scope, Trx } from "../../../platform/db.ts";
import type { SupportEnding, SupportSummary } from "../../intel/support/schema.ts";

/** With what a release must have been compared to be left alone: this index, by these rules, its support looked at on this day. */
export interface Comparison {
  index: string;
  rules: number;
  onDay: string;
}

/** Releases with an SBOM that this comparison is still to be made with, those of a device together. Nothing is locked. */
export async function releasesToCompare(trx: Trx, scope: Scope, { index, rules, onDay }: Comparison) {
  const { rows } = await sql<{ id: string; parts: number }>`select r.id, s.components as parts from release r
    join sbom s on s.organization_id = r.organization_id and s.id = r.sbom_id
    where r.organization_id = ${scope.organizationId}::uuid
      and (r.assessed_sbom_id, r.assessed_index, r.assessed_rules, r.supported_on)
        is distinct from (r.sbom_id, ${index}, ${rules}::int, ${onDay}::date)
    order by r.device_id, r.id`.execute(trx);
  return rows;
}

/**
 * Notes the new index at the releases that were compared with the one before and look up no part under a changed key: comparing them
 * would find the same. Returns how many. The transaction holds the new index: while the keys are looked at, nobody may compare a
 * release with the one before.
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

/** Keeps under which keys the parts of releases' SBOMs are looked up. */
export async function keepKeys(
  trx: Trx,
  scope: Scope,
  asked: readonly { releaseId: string; keys: readonly bigint[] }[],
): Promise<void> {
  const { organizationId } = scope;
  if (asked.length === 0) return;
  await sql`delete from release_key
    where organization_id = ${organizationId}::uuid and release_id = any(${asked.map(({ releaseId }) => releaseId)}::uuid[])`.execute(
    trx,
  );
  const rows = asked.flatMap(({ releaseId, keys }) =>
    [...new Set(keys)].map((key) => [String(key), releaseId] as const),
  );
  await sql`insert into release_key (organization_id, key, release_id)
    select ${organizationId}::uuid, r.key, r.release_id
    from unnest(${rows.map(([key]) => key)}::bigint[], ${rows.map(([, id]) => id)}::uuid[]) as r(key, release_id) order by 2, 3`.execute(
    trx,
  );
}

/** Says when these releases, with the SBOM they have now, were compared, with which index and by which rules. */
export async function keepAssessed(
  trx: Trx,
  { organizationId }: Scope,
  ids: readonly string[],
  { at, index, rules, vulnerabilities }: { at: Date; index: string; rules: number; vulnerabilities: number },
): Promise<void> {
  await sql`update release set assessed_at = ${at}::timestamptz, assessed_sbom_id = sbom_id, assessed_index = ${index},
      assessed_rules = ${rules}::int, assessed_vulnerabilities = ${vulnerabilities}::int
    where organization_id = ${organizationId}::uuid and id = any(${[...ids]}::uuid[])`.execute(trx);
}

/** Keeps on which day the support of these releases' parts was looked at, and the sums of it. */
export async function keepSupport(
  trx: Trx,
  { organizationId }: Scope,
  onDay: string,
  sums: readonly { releaseId: string; summary: SupportSummary }[],
): Promise<void> {
  await sql`update release x set supported_on = ${onDay}::date, support = r.summary
    from json_to_recordset(${storableJson(sums)}::json) as r("releaseId" uuid, summary jsonb)
    where x.organization_id = ${organizationId}::uuid and x.id = r."releaseId"`.execute(trx);
}

/** Keeps on which days the support of what these releases are made of ends. Writes only what differs. */
export async function keepEndings(
  trx: Trx,
  { organizationId }: Scope,
  releases: readonly { releaseId: string; endings: readonly SupportEnding[] }[],
): Promise<void> {
  const rows = storableJson(
    releases.flatMap(({ releaseId, endings }) => endings.map((ending) => ({ ...ending, releaseId }))),
  );
  await sql`delete from release_support_end
    where organization_id = ${organizationId}::uuid and release_id = any(${releases.map(({ releaseId }) => releaseId)}::uuid[])
      and (release_id, name, ends_on) not in (select r."releaseId", r.name, r."endsOn"
        from json_to_recordset(${rows}::json) as r("releaseId" uuid, name text, "endsOn" date))`.execute(trx);
  await sql`insert into release_support_end as e (organization_id, release_id, name, ends_on, said, components)
    select ${organizationId}::uuid, r."releaseId", r.name, r."endsOn", r.said, r.components
    from json_to_recordset(${rows}::json) as r("releaseId" uuid, name text, "endsOn" date, said text, components integer)
    on conflict (organization_id, release_id, name, ends_on) do update set said = excluded.said, components = excluded.components
      where (e.said, e.components) is distinct from (excluded.said, excluded.components)`.execute(trx);
}
