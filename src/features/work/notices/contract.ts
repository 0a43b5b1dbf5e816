import * as z from "zod";
import { base } from "../../../lib/contract.ts";
import { PageInput, pageOf } from "../../../lib/page.ts";
import {
  MailTrouble,
  Notice,
  NoticeKind,
  NoticePreferences,
  Webhook,
  WebhookDelivery,
  WebhookName,
  WebhookUrl,
} from "./schema.ts";

const own = base.meta({ can: "account:manage" });
const manages = base.meta({ can: "organization:manage" });
const id = z.object({ id: z.uuid() });
const kinds = z.array(NoticeKind).max(NoticeKind.options.length);

/** What I am told, and how I want it. */
export const noticesContract = {
  list: own
    .route({ method: "GET", path: "/notices", summary: "What I was told, newest first" })
    .input(PageInput.extend({ unread: z.stringbool().optional() }))
    .output(pageOf(Notice)),
  unread: own
    .route({ method: "GET", path: "/notices/unread", summary: "How many notices I have not read" })
    .output(z.object({ count: z.number().int(), exact: z.boolean() })),
  read: own
    .route({ method: "POST", path: "/notices/read", summary: "Mark notices as read: those named, or all" })
    .input(z.object({ ids: z.array(z.uuid()).min(1).max(200).optional() }))
    .output(z.object({ changed: z.array(z.uuid()) })),
  preferences: own
    .route({ method: "GET", path: "/account/notices", summary: "What I am mailed, and when" })
    .output(NoticePreferences.extend({ mailIsSetUp: z.boolean(), mailTrouble: MailTrouble.nullable() })),
  setPreferences: own
    .route({ method: "POST", path: "/account/notices", summary: "Choose what I am mailed, and when" })
    .input(NoticePreferences)
    .output(NoticePreferences),
};

/** Signed calls to other systems whenever there is something to tell. */
export const webhooksContract = {
  list: manages
    .route({ method: "GET", path: "/webhooks", summary: "Webhooks, and how their last delivery went" })
    .output(z.object({ items: z.array(Webhook) })),
  /** `secret` signs every delivery; it is shown this once. */
  create: manages
    .route({ method: "POST", path: "/webhooks", successStatus: 201, summary: "Add a webhook" })
    .input(z.object({ name: WebhookName, url: WebhookUrl, kinds }))
    .output(z.object({ webhook: Webhook, secret: z.string() })),
  change: manages
    .route({ method: "PATCH", path: "/webhooks/{id}", summary: "Change a webhook, or switch it off" })
    .input(
      id.extend({
        revision: z.number().int(),
        name: WebhookName.optional(),
        url: WebhookUrl.optional(),
        kinds: kinds.optional(),
        enabled: z.boolean().optional(),
      }),
    )
    .output(Webhook),
  remove: manages
    .route({ method: "DELETE", path: "/webhooks/{id}", successStatus: 200, summary: "Remove a webhook" })
    .input(id)
    .output(z.object({ removed: z.boolean() })),
  test: manages
    .route({ method: "POST", path: "/webhooks/{id}/test", summary: "Queue a delivery that only tests the way" })
    .input(id)
    .output(z.object({ queued: z.boolean() })),
  deliveries: manages
    .route({ method: "GET", path: "/webhooks/{id}/deliveries", summary: "The last fifty deliveries" })
    .input(id)
    .output(z.object({ items: z.array(WebhookDelivery) })),
};
