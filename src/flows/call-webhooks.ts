import { nextTry } from "../features/work/notices/back-off.ts";
import { signDelivery } from "../features/work/notices/signature.ts";
import { outbox } from "../features/work/work.ts";
import { Fault } from "../lib/fault.ts";
import { acrossOrganizations, type Db, inScope, type Scope } from "../platform/db.ts";
import type { Post } from "../platform/files/public-post.ts";
import type { Schedule } from "../platform/jobs/job.ts";
import type { Seal } from "../platform/seal.ts";

interface HookTools {
  db: Db;
  post: Post;
  seal: Seal;
  signal: AbortSignal;
}

const MOST_AT_ONCE = 50;

/**
 * Makes the deliveries whose time has come: signed anew at each try, tried again with growing pauses for two days. Killed in
 * between, a delivery is made again under the same id, which receivers refuse to count twice.
 */
export async function callWebhooks(tools: HookTools, now: () => Date): Promise<number> {
  let delivered = 0;
  for (const organizationId of await acrossOrganizations(tools.db, (trx) =>
    outbox.organizationsWithDeliveries(trx, now()),
  )) {
    const scope: Scope = { organizationId, actor: { kind: "system", id: "schedule", name: "Cordon" } };
    // A receiver that did not answer, or is overloaded, is asked again in the next run: what waits for others does not wait for it.
    const silent = new Set<string>();
    for (let i = 0; i < MOST_AT_ONCE && !tools.signal.aborted; i++) {
      const outcome = await callOne(tools, scope, silent, now);
      if (outcome === "none") break;
      if (outcome === "delivered") delivered += 1;
    }
  }
  return delivered;
}

async function callOne({ db, post, seal }: HookTools, scope: Scope, silent: Set<string>, now: () => Date) {
  const delivery = await inScope(db, scope, (trx) => outbox.takeDelivery(trx, scope, now(), silent));
  if (delivery === undefined) return "none";
  const { id, body, webhook, attempts } = delivery;
  const close = (outcome: Parameters<typeof outbox.closeDelivery>[3]) =>
    inScope(db, scope, (trx) => outbox.closeDelivery(trx, scope, id, outcome));
  if (!webhook.enabled || webhook.removedAt !== null) {
    await close({ failedAt: now(), reason: "The webhook is switched off" });
    return "not delivered";
  }
  const { status, reason, final } = await attempt();
  if (status !== null && status >= 200 && status < 300) {
    await close({ deliveredAt: now(), status, reason: null });
    return "delivered";
  }
  if (!final && (status === null || status === 429 || status >= 500)) silent.add(delivery.webhookId);
  // 410 Gone: the receiver wants no more of it.
  const again = final || status === 410 ? null : nextTry(attempts, now());
  await close({ status, reason, ...(again === null ? { failedAt: now() } : { nextTryAt: again }) });
  return "not delivered";

  async function attempt(): Promise<{ status: number | null; reason: string | null; final: boolean }> {
    try {
      const secret = seal.open(webhook.sealedSecret, delivery?.webhookId ?? "");
      const headers = {
        ...signDelivery(secret, id, body, now()),
        "content-type": "application/json",
        "user-agent": "cordon",
      };
      const answer = await post(webhook.url, headers, body);
      return { status: answer.status, reason: `The address answered ${answer.status}`, final: false };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return { status: null, reason: error.message, final: error.code !== "unavailable" };
    }
  }
}

export const webhookSchedule = (post: Post, seal: Seal): Schedule => ({
  name: "webhooks.call",
  cron: "* * * * *",
  run: ({ db, signal }) => callWebhooks({ db, post, seal, signal }, () => new Date()),
});
