import * as z from "zod";

export const CASE_STATES = [
  "received",
  "acknowledged",
  "triage",
  "confirmed",
  "rejected",
  "fix-in-work",
  "advisory-planned",
  "published",
  "closed",
] as const;
export const CaseState = z.enum(CASE_STATES);
export type CaseState = z.infer<typeof CaseState>;

export const CaseVia = z.enum(["form", "mail", "person"]);
export type CaseVia = z.infer<typeof CaseVia>;

/** What one report may carry. Bytes are those of all attachments together. */
export const REPORT_LIMITS = {
  attachments: 5,
  attachmentBytes: 5 * 1024 * 1024,
  /** The whole request: attachments, texts and what wraps them. */
  bodyBytes: 12 * 1024 * 1024,
  messages: 500,
} as const;

const line = (most: number) =>
  z
    .string()
    .transform((text) => text.replaceAll(/\s+/g, " ").trim())
    .pipe(z.string().max(most, `at most ${most.toLocaleString("en")} characters`));
const words = (most: number) =>
  z
    .string()
    .transform((text) => text.replaceAll("\r\n", "\n").trim())
    .pipe(z.string().max(most, `at most ${most.toLocaleString("en")} characters`));
const needed = (shape: z.ZodType<string, string>, why: string) =>
  shape.refine((text) => text !== "", why) as z.ZodType<string, string>;

/** A report as it comes in. Every field is somebody else's words: text, never markup. OpenPGP-encrypted text may stand in any of them. */
export const NewReport = z.object({
  title: needed(line(200), "Say in one line what you found"),
  product: needed(line(200), "Name the product"),
  version: line(100).default(""),
  reproduce: needed(words(50_000), "Describe how it can be seen"),
  impact: words(10_000).default(""),
  /** Empty: anonymous. */
  contact: line(254).default(""),
  /** The name to thank, when an advisory is published. */
  creditWish: line(200).default(""),
});
export type NewReport = z.infer<typeof NewReport>;

export const MessageText = needed(words(20_000), "Write something");

export const CaseMessage = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  /** `internal`: the reporter does not see it. `state`: the case moved on. */
  side: z.enum(["reporter", "us", "internal", "state"]),
  by: z.string(),
  text: z.string(),
});
export type CaseMessage = z.infer<typeof CaseMessage>;

export const CaseAttachment = z.object({
  id: z.uuid(),
  fileName: z.string(),
  sizeBytes: z.number().int(),
  sha256: z.string(),
});
export type CaseAttachment = z.infer<typeof CaseAttachment>;

/** How the reporter of a case that did not come by the form gets the link. `by-hand`: a person must send it, for `reason`. */
export const CaseReceipt = z.object({
  state: z.enum(["waiting", "sent", "by-hand", "handed"]),
  reason: z.string().nullable(),
  at: z.iso.datetime(),
});
export type CaseReceipt = z.infer<typeof CaseReceipt>;

const Named = z.object({ id: z.string(), name: z.string() });

/** A line of the list of reports. */
export const CaseRow = z.object({
  id: z.uuid(),
  number: z.string(),
  via: CaseVia,
  title: z.string(),
  product: z.string(),
  version: z.string(),
  state: CaseState,
  stateSince: z.iso.datetime(),
  owner: Named.nullable(),
  device: Named.nullable(),
  embargoOn: z.iso.date().nullable(),
  /** The reporter wrote last. */
  unread: z.boolean(),
  receivedAt: z.iso.datetime(),
});
export type CaseRow = z.infer<typeof CaseRow>;

export const CaseDetail = CaseRow.extend({
  reproduce: z.string(),
  impact: z.string(),
  contact: z.string(),
  creditWish: z.string(),
  credit: z.string(),
  release: z.object({ id: z.uuid(), version: z.string() }).nullable(),
  advisory: z.string().nullable(),
  revision: z.number().int(),
  next: z.array(CaseState),
  messages: z.array(CaseMessage),
  attachments: z.array(CaseAttachment),
  /** Null: the reporter saw the link, by the form. */
  receipt: CaseReceipt.nullable(),
});
export type CaseDetail = z.infer<typeof CaseDetail>;

export const CaseFilter = z.object({
  /** `waiting`: nobody read it yet, or the reporter wrote last. */
  show: z.enum(["waiting", "open", "closed", "all"]).default("open"),
});
export type CaseFilter = z.infer<typeof CaseFilter>;

/** What a person changes of a case; what is left out stays. `words` go to the reporter with a change of state. */
export const CaseChange = z.object({
  revision: z.number().int(),
  state: CaseState.optional(),
  words: words(20_000).optional(),
  ownerId: z.string().max(100).nullable().optional(),
  deviceId: z.uuid().nullable().optional(),
  releaseId: z.uuid().nullable().optional(),
  advisory: line(200).nullable().optional(),
  embargoOn: z.iso.date().nullable().optional(),
  credit: line(200).optional(),
});
export type CaseChange = z.infer<typeof CaseChange>;

/** What an intake answers: the number to quote, and the link to come back with (shown once; only its hash is kept). */
export const ReportReceipt = z.object({
  id: z.uuid(),
  number: z.string(),
  link: z.string().nullable(),
  unchanged: z.boolean(),
});
export type ReportReceipt = z.infer<typeof ReportReceipt>;

export const IntakeSettings = z.object({
  enabled: z.boolean(),
  /** The path of the form: /report/<slug>. */
  slug: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/, "3 to 40 small letters, digits and hyphens, such as “acme-medical”"),
  name: needed(line(200), "Name the organisation as outsiders know it"),
  contactEmail: z.string().trim().pipe(z.email().max(254)),
  policy: needed(words(20_000), "Say what reporters can expect"),
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "a language tag, such as en or pt-BR"))
    .min(1)
    .max(10),
  /** An armoured OpenPGP public key for reports that must stay unread on the way. */
  pgpKey: z.string().trim().max(100_000).nullable(),
  /** Whoever reports by mail gets a receipt by mail, where a mail server is set up. */
  mailReceipts: z.boolean().default(false),
});
export type IntakeSettings = z.infer<typeof IntakeSettings>;

export const Intake = z.object({
  enabled: z.boolean(),
  slug: z.string(),
  name: z.string(),
  contactEmail: z.string(),
  policy: z.string(),
  languages: z.array(z.string()),
  pgpKey: z.string().nullable(),
  mailReceipts: z.boolean(),
  /** 0: nobody set anything yet; what stands here is proposed. */
  revision: z.number().int(),
  addresses: z.object({ form: z.string(), securityTxt: z.string() }),
});
export type Intake = z.infer<typeof Intake>;
