import { randomBytes } from "node:crypto";
import { implement } from "@orpc/server";
import type { Selectable } from "kysely";
import { Fault } from "../../../../lib/fault.ts";
import { newId } from "../../../../lib/ids.ts";
import { inScope, type Scope, type Trx } from "../../../../platform/db.ts";
import type { ApiContext } from "../../../../platform/http/context.ts";
import { record } from "../../../../platform/ledger/ledger.ts";
import type { Seal } from "../../../../platform/seal.ts";
import type { WebhookDeliveryRow, WebhookRow } from "../../tables.ts";
import { webhooksContract } from "../contract.ts";
import { hookBody } from "../hook-body.ts";
import type { Webhook, WebhookDelivery } from "../schema.ts";
import { SECRET_PREFIX } from "../signature.ts";
import { changeWebhook, deliveriesOf, insertWebhook, lockWebhook, queueDeliveries, webhooksOf } from "./store.ts";

const os = implement(webhooksContract).$context<ApiContext>();
const MOST_DELIVERIES = 50;
const MOST_WEBHOOKS = 20;

/** `mayCall` refuses an address that would never be called, when it is entered and not a day later. */
export const webhooksRoutes = (seal: Seal, mayCall: (url: string) => void) => ({
  list: os.list.handler(({ context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const items: Webhook[] = [];
      for (const webhook of await webhooksOf(trx, scope)) items.push(await show(trx, scope, webhook));
      return { items };
    }),
  ),

  create: os.create.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      mayCall(input.url);
      if ((await webhooksOf(trx, scope)).length >= MOST_WEBHOOKS)
        throw new Fault("conflict", `There are ${MOST_WEBHOOKS} webhooks already`, { fix: "Remove one first" });
      const id = newId();
      const secret = `${SECRET_PREFIX}${randomBytes(32).toString("base64")}`;
      const made = { ...input, id, enabled: true, createdBy: scope.actor.name, createdAt: new Date() };
      const webhook = await insertWebhook(trx, scope, { ...made, sealedSecret: seal.close(secret, id) });
      await record(trx, scope, { action: "webhook.made", subject: nameOf(id), before: null, after: factsOf(webhook) });
      return { webhook: await show(trx, scope, webhook), secret };
    }),
  ),

  change: os.change.handler(({ input: { id, revision, ...asked }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const before = await take(trx, scope, id);
      if (before.revision !== revision)
        throw new Fault("conflict", "Someone changed this webhook meanwhile", {
          at: "revision",
          fix: "Look at it again",
        });
      if (asked.url !== undefined) mayCall(asked.url);
      const { name = before.name, url = before.url, kinds = before.kinds, enabled = before.enabled } = asked;
      const after = await changeWebhook(trx, scope, id, { name, url, kinds, enabled });
      await record(trx, scope, {
        action: "webhook.changed",
        subject: nameOf(id),
        before: factsOf(before),
        after: factsOf(after),
      });
      return show(trx, scope, after);
    }),
  ),

  remove: os.remove.handler(({ input: { id }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const before = await take(trx, scope, id);
      await changeWebhook(trx, scope, id, { removedAt: new Date() });
      await record(trx, scope, {
        action: "webhook.removed",
        subject: nameOf(id),
        before: factsOf(before),
        after: null,
      });
      return { removed: true };
    }),
  ),

  test: os.test.handler(({ input: { id }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const { name } = await take(trx, scope, id);
      const now = new Date();
      const telling = {
        kind: "test",
        subject: { type: "webhook", id },
        change: "",
        title: "A test of the webhook",
        happened: `${scope.actor.name} tested ${name}.`,
        safe: "Nothing else happened.",
        nextStep: "Nothing is to be done",
        path: "/people?view=webhooks",
      };
      const body = hookBody(telling, scope.organizationId, now);
      await queueDeliveries(trx, scope, [{ webhookId: id, kind: "test", change: `test ${newId()}`, body }], now);
      return { queued: true };
    }),
  ),

  deliveries: os.deliveries.handler(({ input: { id }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      await take(trx, scope, id);
      return { items: (await deliveriesOf(trx, scope, id, MOST_DELIVERIES)).map(showDelivery) };
    }),
  ),
});

async function take(trx: Trx, scope: Scope, id: string): Promise<Selectable<WebhookRow>> {
  const webhook = await lockWebhook(trx, scope, id);
  if (webhook === undefined) throw new Fault("not_found", "There is no such webhook", { at: "id" });
  return webhook;
}

async function show(trx: Trx, scope: Scope, webhook: Selectable<WebhookRow>): Promise<Webhook> {
  const [last] = await deliveriesOf(trx, scope, webhook.id, 1);
  const { id, name, url, kinds, enabled, createdBy, revision } = webhook;
  return {
    ...{ id, name, url, kinds, enabled, createdBy, revision },
    createdAt: webhook.createdAt.toISOString(),
    last: last === undefined ? null : { at: last.createdAt.toISOString(), state: stateOf(last), reason: last.reason },
  };
}

const stateOf = ({ deliveredAt, failedAt }: Pick<WebhookDeliveryRow, "deliveredAt" | "failedAt">) =>
  deliveredAt !== null ? "delivered" : failedAt !== null ? "failed" : "waiting";

const showDelivery = (row: Selectable<WebhookDeliveryRow>): WebhookDelivery => ({
  id: row.id,
  kind: row.kind,
  createdAt: row.createdAt.toISOString(),
  attempts: row.attempts,
  state: stateOf(row),
  status: row.status,
  reason: row.reason,
  nextTryAt: row.nextTryAt?.toISOString() ?? null,
});

const nameOf = (id: string) => ({ type: "webhook", id });
const factsOf = ({ name, url, kinds, enabled }: Selectable<WebhookRow>) => ({ name, url, kinds, enabled });
