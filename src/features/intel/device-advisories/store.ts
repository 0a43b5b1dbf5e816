import { sql } from "kysely";
import { storableJson } from "../../../lib/storable.ts";
import type { Scope, Trx } from "../../../platform/db.ts";
import type { DeviceProposal, PairVerdict } from "./schema.ts";

export interface KeptPair {
  id: string;
  key: string;
  verdict: PairVerdict | null;
}

/** The pairs of a device under these words, those never met before added as open. */
export async function keepPairs(
  trx: Trx,
  scope: Scope,
  deviceId: string,
  pairs: readonly { id: string; key: string; saidVendor: string; saidName: string }[],
  now: Date,
): Promise<Map<string, KeptPair>> {
  await sql`insert into device_pair (organization_id, id, device_id, key, said_vendor, said_name, first_seen_at)
    select ${scope.organizationId}::uuid, r.id, ${deviceId}::uuid, r.key, r."saidVendor", r."saidName", ${now}::timestamptz
    from json_to_recordset(${storableJson(pairs)}::json) as r(id uuid, key text, "saidVendor" text, "saidName" text) order by r.key
    on conflict (organization_id, device_id, key) do nothing`.execute(trx);
  const rows = await trx
    .selectFrom("devicePair")
    .select(["id", "key", "verdict"])
    .where("organizationId", "=", scope.organizationId)
    .where("deviceId", "=", deviceId)
    .execute();
  return new Map(rows.map((row) => [row.key, row]));
}

/** Every pair that is known, with what was said of it. */
export const allPairs = (trx: Trx, scope: Scope) =>
  trx
    .selectFrom("devicePair")
    .select(["id", "deviceId", "verdict"])
    .where("organizationId", "=", scope.organizationId)
    .execute();

export interface NewMatch extends Omit<DeviceProposal, "product" | "vendor" | "name"> {
  pairId: string;
  releaseId: string;
}

/** Which advisories a device's releases were compared with and met. */
export async function matchesOf(trx: Trx, scope: Scope, deviceId: string) {
  const { rows } = await sql<{ pairId: string; releaseId: string; advisory: string }>`
    select m.pair_id, m.release_id, m.advisory from device_match m
    join device_pair p on p.organization_id = m.organization_id and p.id = m.pair_id
    where m.organization_id = ${scope.organizationId}::uuid and p.device_id = ${deviceId}::uuid`.execute(trx);
  return rows;
}

export async function keepMatches(trx: Trx, scope: Scope, matches: readonly NewMatch[]): Promise<void> {
  await sql`insert into device_match (organization_id, pair_id, release_id, advisory, title, source, published_at, grade, says, evidence,
      cves, fixed_in)
    select ${scope.organizationId}::uuid, r."pairId", r."releaseId", r.advisory, r.title, r.source, r."publishedAt", r.grade, r.says,
      r.evidence, r.cves, r."fixedIn"
    from json_to_recordset(${storableJson(matches)}::json) as r("pairId" uuid, "releaseId" uuid, advisory text, title text, source text,
      "publishedAt" text, grade text, says text, evidence jsonb, cves text[], "fixedIn" text[])
    order by 2, 3, 4
    on conflict (organization_id, pair_id, release_id, advisory) do update set title = excluded.title, source = excluded.source,
      published_at = excluded.published_at, grade = excluded.grade, says = excluded.says, evidence = excluded.evidence,
      cves = excluded.cves, fixed_in = excluded.fixed_in
    where (device_match.title, device_match.grade, device_match.says, device_match.evidence, device_match.cves, device_match.fixed_in)
      is distinct from (excluded.title, excluded.grade, excluded.says, excluded.evidence, excluded.cves, excluded.fixed_in)`.execute(
    trx,
  );
}

export async function dropMatches(
  trx: Trx,
  scope: Scope,
  matches: readonly { pairId: string; releaseId: string; advisory: string }[],
): Promise<void> {
  if (matches.length === 0) return;
  await sql`delete from device_match m
    using json_to_recordset(${storableJson(matches)}::json) as r("pairId" uuid, "releaseId" uuid, advisory text)
    where m.organization_id = ${scope.organizationId}::uuid and m.pair_id = r."pairId" and m.release_id = r."releaseId"
      and m.advisory = r.advisory`.execute(trx);
}

export const findPair = (trx: Trx, scope: Scope, id: string) =>
  trx
    .selectFrom("devicePair")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .executeTakeFirst();

export const writeVerdict = (
  trx: Trx,
  scope: Scope,
  id: string,
  verdict: { verdict: PairVerdict | null; revision: number; decidedBy: string | null; decidedAt: Date | null },
) =>
  trx
    .updateTable("devicePair")
    .set(verdict)
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .execute();

export interface PairRow {
  id: string;
  revision: number;
  deviceId: string;
  deviceName: string;
  model: string;
  manufacturer: string;
  saidVendor: string;
  saidName: string;
  verdict: PairVerdict | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  firstSeenAt: Date;
  matches: {
    advisory: string;
    title: string;
    source: string;
    publishedAt: string | null;
    cves: string[];
    fixedIn: string[];
    grade: DeviceProposal["grade"];
    release: { id: string; version: string };
    says: DeviceProposal["says"];
    evidence: string[];
  }[];
  place: string;
}

export interface PairMatch {
  state: "proposed" | "confirmed" | "rejected";
  deviceId?: string | undefined;
  id?: string | undefined;
}

const VERDICT = {
  proposed: sql`p.verdict is null`,
  confirmed: sql`p.verdict = 'same'`,
  rejected: sql`p.verdict = 'other'`,
};

const matching = (
  scope: Scope,
  { state, deviceId, id }: PairMatch,
) => sql`p.organization_id = ${scope.organizationId}::uuid
  and ${id === undefined ? VERDICT[state] : sql`p.id = ${id}::uuid`}
  and ${deviceId === undefined ? sql`true` : sql`p.device_id = ${deviceId}::uuid`}
  and (${id !== undefined} or exists (select from device_match m where m.organization_id = p.organization_id and m.pair_id = p.id))`;

/** What says affected first, then strong likeness, then the newest advisory: as one text to sort by. */
const PLACE = sql`(select max((case m.says when 'affected' then '3' when 'not-decided' then '2' else '1' end)
    || (case m.grade when 'strong' then '2' else '1' end) || coalesce(left(m.published_at, 10), '0000-00-00'))
  from device_match m where m.organization_id = p.organization_id and m.pair_id = p.id)`;

/** One page of pairs with their matches, at most 40 of each; one more than asked for. */
export async function pageOfPairs(
  trx: Trx,
  scope: Scope,
  match: PairMatch,
  { after, limit }: { after: readonly [string, string] | null; limit: number },
): Promise<PairRow[]> {
  const { rows } = await sql<PairRow>`
    select p.*, d.name as device_name, d.model, d.manufacturer, coalesce(found.matches, '[]'::jsonb) as matches
    from (select p.*, coalesce(${PLACE}, '') as place from device_pair p where ${matching(scope, match)}) p
    join device d on d.organization_id = p.organization_id and d.id = p.device_id
    left join lateral (
      select jsonb_agg(jsonb_build_object('advisory', m.advisory, 'title', m.title, 'source', m.source, 'publishedAt', m.published_at,
          'cves', m.cves, 'fixedIn', m.fixed_in, 'grade', m.grade, 'release', jsonb_build_object('id', r.id, 'version', r.version),
          'says', m.says, 'evidence', m.evidence) order by m.published_at desc nulls last, m.advisory, r.created_at desc) as matches
      from (select * from device_match m where m.organization_id = p.organization_id and m.pair_id = p.id
        order by m.published_at desc nulls last, m.advisory limit 40) m
      join release r on r.organization_id = m.organization_id and r.id = m.release_id) found on true
    where ${after === null ? sql`true` : sql`(p.place, p.id) < (${after[0]}, ${after[1]}::uuid)`}
    order by p.place desc, p.id desc limit ${limit + 1}`.execute(trx);
  return rows;
}

export async function countPairs(trx: Trx, scope: Scope, match: PairMatch): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`select count(*) from device_pair p where ${matching(scope, match)}`.execute(trx);
  return rows[0]?.count ?? 0;
}
