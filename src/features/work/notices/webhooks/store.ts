import type { Insertable, Selectable } from "kysely";
import { newId } from "../../../../lib/ids.ts";
import type { Scope, Trx } from "../../../../platform/db.ts";
import type { WebhookDeliveryRow, WebhookRow } from "../../tables.ts";
import type { NoticeKind } from "../schema.ts";

const LEASE_MS = 2 * 60_000;

export const insertWebhook = (
  trx: Trx,
  { organizationId }: Scope,
  webhook: Omit<Insertable<WebhookRow>, "organizationId" | "removedAt">,
): Promise<Selectable<WebhookRow>> =>
  trx
    .insertInto("webhook")
    .values({ ...webhook, organizationId, removedAt: null })
    .returningAll()
    .executeTakeFirstOrThrow();

export const webhooksOf = (trx: Trx, { organizationId }: Scope): Promise<Selectable<WebhookRow>[]> =>
  trx
    .selectFrom("webhook")
    .selectAll()
    .where("organizationId", "=", organizationId)
    .where("removedAt", "is", null)
    .orderBy("name")
    .orderBy("id")
    .limit(100)
    .execute();

export const lockWebhook = (trx: Trx, { organizationId }: Scope, id: string) =>
  trx
    .selectFrom("webhook")
    .selectAll()
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .where("removedAt", "is", null)
    .forUpdate()
    .executeTakeFirst();

export const changeWebhook = (
  trx: Trx,
  { organizationId }: Scope,
  id: string,
  values: Partial<Pick<WebhookRow, "name" | "url" | "enabled" | "removedAt">> & { kinds?: NoticeKind[] },
): Promise<Selectable<WebhookRow>> =>
  trx
    .updateTable("webhook")
    .set(values)
    .set((e) => ({ revision: e("revision", "+", 1) }))
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();

/** Queues one delivery per webhook and change. */
export const queueDeliveries = (
  trx: Trx,
  { organizationId }: Scope,
  deliveries: readonly { webhookId: string; kind: string; change: string; body: (id: string) => string }[],
  now: Date,
) => {
  if (deliveries.length === 0) return Promise.resolve();
  return trx
    .insertInto("webhookDelivery")
    .values(
      deliveries.map(({ body, ...delivery }) => {
        const id = newId();
        const none = { deliveredAt: null, failedAt: null, status: null, reason: null };
        return { ...delivery, ...none, organizationId, id, body: body(id), createdAt: now, nextTryAt: now };
      }),
    )
    .onConflict((conflict) => conflict.columns(["organizationId", "webhookId", "change"]).doNothing())
    .execute();
};

/** Takes one delivery to make, with its webhook; nobody else does so for two minutes. None to the webhooks of `silent`. */
export async function takeDelivery(trx: Trx, { organizationId }: Scope, now: Date, silent: ReadonlySet<string>) {
  const found = await trx
    .selectFrom("webhookDelivery")
    .selectAll()
    .where("organizationId", "=", organizationId)
    .where("nextTryAt", "<=", now)
    .$if(silent.size > 0, (q) => q.where("webhookId", "not in", [...silent]))
    .orderBy("nextTryAt")
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (found === undefined) return undefined;
  const attempts = found.attempts + 1;
  await changeDelivery(trx, organizationId, found.id, { attempts, nextTryAt: new Date(now.getTime() + LEASE_MS) });
  const webhook = await trx
    .selectFrom("webhook")
    .select(["url", "sealedSecret", "enabled", "removedAt"])
    .where("organizationId", "=", organizationId)
    .where("id", "=", found.webhookId)
    .executeTakeFirstOrThrow();
  return { ...found, attempts, webhook };
}

export const closeDelivery = (
  trx: Trx,
  { organizationId }: Scope,
  id: string,
  outcome: Partial<Pick<WebhookDeliveryRow, "deliveredAt" | "failedAt" | "nextTryAt" | "status" | "reason">>,
) => changeDelivery(trx, organizationId, id, { nextTryAt: null, ...outcome });

const changeDelivery = (
  trx: Trx,
  organizationId: string,
  id: string,
  values: Partial<Omit<Selectable<WebhookDeliveryRow>, "organizationId" | "id">>,
) =>
  trx
    .updateTable("webhookDelivery")
    .set(values)
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .execute();

/** The newest deliveries of a webhook. */
export const deliveriesOf = (trx: Trx, { organizationId }: Scope, webhookId: string, limit: number) =>
  trx
    .selectFrom("webhookDelivery")
    .selectAll()
    .where("organizationId", "=", organizationId)
    .where("webhookId", "=", webhookId)
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
