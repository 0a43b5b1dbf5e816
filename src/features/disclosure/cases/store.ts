import { sql } from "kysely";
import type { Scope, Trx } from "../../../platform/db.ts";
import { type CaseFilter, REPORT_LIMITS } from "../schema.ts";
import type { DisclosureAttachmentRow, DisclosureCaseRow, DisclosureMessageRow } from "../tables.ts";

export interface ListedCase extends DisclosureCaseRow {
  deviceName: string | null;
  releaseVersion: string | null;
}

const LISTED = sql`select c.*, d.name as device_name, r.version as release_version from disclosure_case c
  left join device d on d.organization_id = c.organization_id and d.id = c.device_id
  left join release r on r.organization_id = c.organization_id and r.id = c.release_id`;

const SHOW = {
  waiting: sql`c.state <> 'closed' and (c.state = 'received' or c.unread)`,
  open: sql`c.state <> 'closed'`,
  closed: sql`c.state = 'closed'`,
  all: sql`true`,
} as const;

/** One page of cases, newest first; one more than asked for. */
export async function pageOfCases(
  trx: Trx,
  scope: Scope,
  show: CaseFilter["show"],
  { after, limit }: { after: readonly [string, string] | null; limit: number },
): Promise<ListedCase[]> {
  const rest = after === null ? sql`true` : sql`(c.received_at, c.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  const { rows } = await sql<ListedCase>`${LISTED}
    where c.organization_id = ${scope.organizationId}::uuid and ${SHOW[show]} and ${rest}
    order by c.received_at desc, c.id desc limit ${limit + 1}`.execute(trx);
  return rows;
}

export async function countCases(trx: Trx, scope: Scope, show: CaseFilter["show"], bound: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) from (select 1 from disclosure_case c
    where c.organization_id = ${scope.organizationId}::uuid and ${SHOW[show]} limit ${bound}) counted`.execute(trx);
  return rows[0]?.count ?? 0;
}

export async function findCase(trx: Trx, scope: Scope, id: string): Promise<ListedCase | undefined> {
  const { rows } = await sql<ListedCase>`${LISTED}
    where c.organization_id = ${scope.organizationId}::uuid and c.id = ${id}::uuid`.execute(trx);
  return rows[0];
}

/** A case by what is unique of it besides its id, locked until the transaction ends. */
export const lockCaseBy = (
  trx: Trx,
  scope: Scope,
  column: "id" | "tokenHash" | "sourceId" | "number",
  value: string,
): Promise<DisclosureCaseRow | undefined> =>
  trx
    .selectFrom("disclosureCase")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .where(column, "=", value)
    .forUpdate()
    .executeTakeFirst();

/** The numbers of these cases; ids of other things are left out. */
export const caseNumbers = (trx: Trx, scope: Scope, ids: readonly string[]): Promise<{ id: string; name: string }[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : trx
        .selectFrom("disclosureCase")
        .select(["id", "number as name"])
        .where("organizationId", "=", scope.organizationId)
        .where("id", "in", [...ids])
        .execute();

export const addCase = (
  trx: Trx,
  scope: Scope,
  row: Omit<DisclosureCaseRow, "organizationId" | "credit" | "unread" | "revision">,
) =>
  trx
    .insertInto("disclosureCase")
    .values({ ...row, organizationId: scope.organizationId, credit: "", unread: true, revision: 1 })
    .execute();

export const changeCase = (
  trx: Trx,
  scope: Scope,
  id: string,
  change: Partial<Omit<DisclosureCaseRow, "organizationId" | "id" | "revision">>,
) =>
  trx
    .updateTable("disclosureCase")
    .set((e) => ({ ...change, revision: e("revision", "+", 1) }))
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .execute();

export const addMessage = (trx: Trx, scope: Scope, message: Omit<DisclosureMessageRow, "organizationId">) =>
  trx
    .insertInto("disclosureMessage")
    .values({ ...message, organizationId: scope.organizationId })
    .execute();

export const messagesOf = (trx: Trx, scope: Scope, caseId: string): Promise<DisclosureMessageRow[]> =>
  trx
    .selectFrom("disclosureMessage")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .where("caseId", "=", caseId)
    .orderBy("id")
    .limit(REPORT_LIMITS.messages + 100)
    .execute();

export const countMessages = async (trx: Trx, scope: Scope, caseId: string): Promise<number> =>
  (
    await trx
      .selectFrom("disclosureMessage")
      .select((e) => e.fn.countAll<number>().as("count"))
      .where("organizationId", "=", scope.organizationId)
      .where("caseId", "=", caseId)
      .executeTakeFirstOrThrow()
  ).count;

export const addAttachment = (trx: Trx, scope: Scope, attachment: Omit<DisclosureAttachmentRow, "organizationId">) =>
  trx
    .insertInto("disclosureAttachment")
    .values({ ...attachment, organizationId: scope.organizationId })
    .execute();

export const attachmentsOf = (trx: Trx, scope: Scope, caseId: string) =>
  trx
    .selectFrom("disclosureAttachment")
    .select(["id", "fileName", "sizeBytes", "sha256"])
    .where("organizationId", "=", scope.organizationId)
    .where("caseId", "=", caseId)
    .orderBy("id")
    .execute();

export const findAttachment = (trx: Trx, scope: Scope, id: string): Promise<DisclosureAttachmentRow | undefined> =>
  trx
    .selectFrom("disclosureAttachment")
    .selectAll()
    .where("organizationId", "=", scope.organizationId)
    .where("id", "=", id)
    .executeTakeFirst();

/** True when the device and the release are there, and the release is the device's. */
export async function isPlace(
  trx: Trx,
  scope: Scope,
  deviceId: string | null,
  releaseId: string | null,
): Promise<boolean> {
  if (deviceId === null) return releaseId === null;
  const { rows } =
    await sql`select 1 from device d where d.organization_id = ${scope.organizationId}::uuid and d.id = ${deviceId}::uuid
    and (${releaseId}::uuid is null or exists (select from release r where r.organization_id = d.organization_id
      and r.id = ${releaseId}::uuid and r.device_id = d.id))`.execute(trx);
  return rows.length > 0;
}
