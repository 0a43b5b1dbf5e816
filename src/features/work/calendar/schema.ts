import * as z from "zod";
import { isTimeZone } from "../../../lib/time-zone.ts";

export const EventKind = z.enum(["conference", "isao-meeting", "training", "deadline", "other"]);
export type EventKind = z.infer<typeof EventKind>;

/** Whole days (the last one counts) or two instants. */
export const Span = z.union([
  z
    .strictObject({ startsOn: z.iso.date(), endsOn: z.iso.date() })
    .refine(({ startsOn, endsOn }) => startsOn <= endsOn, { message: "it ends before it begins", path: ["endsOn"] }),
  z
    .strictObject({ startsAt: z.iso.datetime({ offset: true }), endsAt: z.iso.datetime({ offset: true }) })
    .refine(({ startsAt, endsAt }) => Date.parse(startsAt) <= Date.parse(endsAt), {
      message: "it ends before it begins",
      path: ["endsAt"],
    }),
]);
export type Span = z.infer<typeof Span>;

export const EventFacts = z.object({
  kind: EventKind,
  title: z.string().trim().min(1).max(300),
  when: Span,
  location: z.string().trim().max(300).default(""),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .nullable()
    .default(null),
  description: z.string().trim().max(10_000).default(""),
  /** RRULE of RFC 5545, without its name. */
  repeats: z
    .string()
    .regex(/^FREQ=[A-Z0-9=;,+:TZ-]{1,300}$/)
    .nullable()
    .default(null),
  /** Of an event that repeats at times of day: the IANA zone whose clock it keeps over the year. Null: UTC. */
  timeZone: z.string().max(60).refine(isTimeZone, "no time zone of this name").nullable().default(null),
});
export type EventFacts = z.infer<typeof EventFacts>;

export const CalendarEvent = EventFacts.extend({
  id: z.uuid(),
  imported: z.boolean(),
  addedBy: z.string(),
  changedAt: z.iso.datetime(),
  revision: z.number().int(),
});
export type CalendarEvent = z.infer<typeof CalendarEvent>;

/** Something of Cordon's own that has a day: it stands in the feed and on the page, and is changed elsewhere. */
export interface OwnEvent {
  uid: string;
  title: string;
  description: string;
  when: Span;
  /** Of the page it is on. */
  path: string;
  category: string;
  changedAt: Date;
  /** How often it was changed. */
  sequence: number;
}

export const OwnDate = z.object({
  title: z.string(),
  category: z.enum(["Advisories", "Clocks", "Ends of support", "Ends of support of parts"]),
  when: Span,
  path: z.string(),
});
export type OwnDate = z.infer<typeof OwnDate>;

export const Imported = z.object({
  added: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  skipped: z.array(z.object({ at: z.string(), reason: z.string() })),
});
export type Imported = z.infer<typeof Imported>;

export const Feed = z.object({ id: z.uuid(), createdAt: z.iso.datetime(), lastReadAt: z.iso.datetime().nullable() });
export type Feed = z.infer<typeof Feed>;
