import * as z from "zod";

export const NoticeKind = z.enum([
  "findings-new",
  "assigned",
  "clock",
  "sync-failed",
  "decision-suspect",
  "report-received",
  "proof-ending",
]);
export type NoticeKind = z.infer<typeof NoticeKind>;

/** When a person is mailed about a kind of notice. In the app it stands at once, whatever is chosen here. */
export const Cadence = z.enum(["immediate", "daily", "weekly", "off"]);
export type Cadence = z.infer<typeof Cadence>;

/**
 * What is told: what happened, what is safe all the same, and the next step with the page for it. Never a patient's datum, never a
 * secret: it goes out by mail and by webhook. `change` names the change, so that nobody is told of it twice.
 */
export interface Telling {
  kind: NoticeKind;
  subject: { type: string; id: string };
  change: string;
  title: string;
  happened: string;
  safe: string;
  nextStep: string;
  /** Of a page of Cordon, from `/` on. */
  path: string;
}

export const Notice = z.object({
  id: z.uuid(),
  kind: NoticeKind,
  title: z.string(),
  happened: z.string(),
  safe: z.string(),
  nextStep: z.string(),
  path: z.string(),
  createdAt: z.iso.datetime(),
  readAt: z.iso.datetime().nullable(),
  /** When it went into a mail, or will; null when it does not. */
  mailedAt: z.iso.datetime().nullable(),
});
export type Notice = z.infer<typeof Notice>;

export const NoticePreferences = z.object({
  timeZone: z.string().min(1).max(60),
  /** Local hour of daily and weekly mails. */
  hour: z.number().int().min(0).max(23),
  /** Day of weekly mails: 1 Monday … 7 Sunday. */
  weekday: z.number().int().min(1).max(7),
  cadence: z.record(NoticeKind, Cadence),
});
export type NoticePreferences = z.infer<typeof NoticePreferences>;

/** Why notices do not reach a mailbox: once it works again there is none of it. */
export const MailTrouble = z.object({
  /** With the key of the configuration to look at, where there is one. */
  reason: z.string(),
  since: z.iso.datetime(),
  /** True: the server refused the address, and the mail is not tried again. */
  refused: z.boolean(),
});
export type MailTrouble = z.infer<typeof MailTrouble>;

export const WebhookName = z.string().trim().min(1).max(100);
export const WebhookUrl = z.url({ protocol: /^https?$/ }).max(2_000);
export const Webhook = z.object({
  id: z.uuid(),
  name: z.string(),
  url: z.string(),
  /** Empty: every kind. */
  kinds: z.array(NoticeKind),
  enabled: z.boolean(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  revision: z.number().int(),
  last: z
    .object({ at: z.iso.datetime(), state: z.enum(["delivered", "waiting", "failed"]), reason: z.string().nullable() })
    .nullable(),
});
export type Webhook = z.infer<typeof Webhook>;

export const WebhookDelivery = z.object({
  id: z.uuid(),
  kind: z.string(),
  createdAt: z.iso.datetime(),
  attempts: z.number().int(),
  state: z.enum(["delivered", "waiting", "failed"]),
  status: z.number().int().nullable(),
  reason: z.string().nullable(),
  nextTryAt: z.iso.datetime().nullable(),
});
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;
