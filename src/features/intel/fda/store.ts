import { sql } from "kysely";
import { storableJson } from "../../../lib/storable.ts";
import type { Scope, Trx } from "../../../platform/db.ts";
import type { FdaRecall, ReportCounts } from "./schema.ts";

interface Kept {
  recall: FdaRecall;
  grade: "strong" | "weak";
  evidence: string[];
}

const SHOWN = 200;

/** Makes these the recalls of the device: new ones come, changed ones change, others leave. Returns the numbers of the new ones. */
export async function keepRecalls(
  trx: Trx,
  scope: Scope,
  deviceId: string,
  recalls: readonly Kept[],
  now: Date,
): Promise<string[]> {
  const { organizationId } = scope;
  const numbers = recalls.map(({ recall }) => recall.number);
  const before = await trx
    .selectFrom("deviceRecall")
    .select("number")
    .where("organizationId", "=", organizationId)
    .where("deviceId", "=", deviceId)
    .execute();
  const known = new Set(before.map(({ number }) => number));
  const here = new Set(numbers);
  const gone = [...known].filter((number) => !here.has(number));
  if (gone.length > 0)
    await trx
      .deleteFrom("deviceRecall")
      .where("organizationId", "=", organizationId)
      .where("deviceId", "=", deviceId)
      .where("number", "in", gone)
      .execute();
  const rows = recalls.map(({ recall, ...why }) => ({ ...why, recall, number: recall.number, on: dayOf(recall) }));
  await sql`insert into device_recall (organization_id, device_id, number, "on", grade, evidence, recall, first_seen_at)
    select ${organizationId}::uuid, ${deviceId}::uuid, r.number, r."on", r.grade, r.evidence, r.recall, ${now}::timestamptz
    from json_to_recordset(${storableJson(rows)}::json) as r(number text, "on" text, grade text, evidence jsonb, recall jsonb)
    order by r.number
    on conflict (organization_id, device_id, number) do update set "on" = excluded."on", grade = excluded.grade,
      evidence = excluded.evidence, recall = excluded.recall
    where (device_recall.grade, device_recall.evidence, device_recall.recall)
      is distinct from (excluded.grade, excluded.evidence, excluded.recall)`.execute(trx);
  return numbers.filter((number) => !known.has(number)).sort();
}

const dayOf = ({ initiatedOn, postedOn }: FdaRecall) => initiatedOn ?? postedOn;

/** How many reports there are about each device; a device that was not asked about loses what it had. */
export async function keepReportCounts(
  trx: Trx,
  scope: Scope,
  counted: readonly { deviceId: string; counts: ReportCounts }[],
): Promise<void> {
  const { organizationId } = scope;
  await sql`delete from device_report_count where organization_id = ${organizationId}::uuid
    and device_id <> all(${counted.map(({ deviceId }) => deviceId)}::uuid[])`.execute(trx);
  await sql`insert into device_report_count (organization_id, device_id, counts)
    select ${organizationId}::uuid, r."deviceId", r.counts
    from json_to_recordset(${storableJson(counted)}::json) as r("deviceId" uuid, counts jsonb) order by r."deviceId"
    on conflict (organization_id, device_id) do update set counts = excluded.counts
    where device_report_count.counts is distinct from excluded.counts`.execute(trx);
}

/** Newest first, at most 200. */
export const recallsOf = (trx: Trx, scope: Scope, deviceId: string) =>
  trx
    .selectFrom("deviceRecall")
    .select(["grade", "evidence", "recall", "firstSeenAt"])
    .where("organizationId", "=", scope.organizationId)
    .where("deviceId", "=", deviceId)
    .orderBy("on", (order) => order.desc().nullsLast())
    .orderBy("number")
    .limit(SHOWN)
    .execute();

export const reportCountsOf = (trx: Trx, scope: Scope, deviceId: string) =>
  trx
    .selectFrom("deviceReportCount")
    .select("counts")
    .where("organizationId", "=", scope.organizationId)
    .where("deviceId", "=", deviceId)
    .executeTakeFirst();

export const knowsDevice = async (trx: Trx, scope: Scope, id: string): Promise<boolean> =>
  (await trx
    .selectFrom("device")
    .select("id")
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .executeTakeFirst()) !== undefined;
