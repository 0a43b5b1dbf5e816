import * as z from "zod";

/** What can start a clock: somebody learned or decided something. Each clock of the catalogue names those that start it. */
export const ClockEvent = z.enum([
  "uncontrolled-risk-decided",
  "vulnerability-report-received",
  "actively-exploited-learned",
  "corrective-measure-available",
  "severe-security-incident-learned",
  "serious-incident-learned",
  "death-or-deterioration-learned",
  "public-health-threat-learned",
  "remedial-action-needed-learned",
  "user-facility-event-learned",
  "correction-or-removal-begun",
  "breach-discovered",
  "large-breach-discovered",
  "breach-discovered-by-associate",
]);
export type ClockEvent = z.infer<typeof ClockEvent>;

const amount = z.number().int().min(1).max(1000);

/**
 * How long a clock runs. `days` and `months` are calendar ones, the day of the event not counted, due at the end of the last day;
 * `from: end-of-year` counts from 31 December of the event's year. `workingDays` are Monday to Friday without the holidays of the
 * calendar named. `hours` run on, whatever the day.
 */
export const Period = z.union([
  z.strictObject({ days: amount, from: z.literal("end-of-year").optional() }),
  z.strictObject({ workingDays: amount, holidays: z.string().nullable() }),
  z.strictObject({ months: amount }),
  z.strictObject({ hours: amount }),
]);
export type Period = z.infer<typeof Period>;

const id = z.string().regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/);
const words = z.string().trim().min(1).max(500);

export const ClockDefinition = z
  .strictObject({
    id,
    task: words,
    section: words,
    startsOn: z.array(ClockEvent).min(1).optional(),
    /** Another clock, whose stop starts this one. */
    startsAfter: id.optional(),
    startsWhen: words,
    stopsWhen: words,
    evidence: words,
    due: Period,
  })
  .refine((clock) => (clock.startsOn === undefined) !== (clock.startsAfter === undefined), {
    message: "a clock starts either on events or after another clock",
    path: ["startsOn"],
  });
export type ClockDefinition = z.infer<typeof ClockDefinition>;

export const Market = z.enum(["US", "EU", "international"]);

/** One dated version of one regulation or standard, with the clocks it sets. */
export const ClockEdition = z
  .strictObject({
    instrument: id,
    title: words,
    publisher: words,
    market: Market,
    edition: z.iso.date(),
    /** Events before this day start nothing; null while it is a proposal. */
    inForceFrom: z.iso.date().nullable(),
    status: z.enum(["in-force", "proposed"]),
    source: z.url({ protocol: /^https$/ }),
    appliesTo: words,
    clocks: z.array(ClockDefinition).min(1),
  })
  .refine((edition) => (edition.status === "in-force") === (edition.inForceFrom !== null), {
    message: "an edition in force says from which day, a proposal does not",
    path: ["inForceFrom"],
  });
export type ClockEdition = z.infer<typeof ClockEdition>;

const year = z.number().int().min(1900).max(2200).optional();
const Holiday = z.union([
  z.strictObject({ name: words, on: z.string().regex(/^\d\d-\d\d$/), since: year }),
  z.strictObject({
    name: words,
    month: z.number().int().min(1).max(12),
    /** 1 first … 5 fifth, -1 last. */
    nth: z.union([z.number().int().min(1).max(5), z.literal(-1)]),
    /** 1 Monday … 7 Sunday. */
    weekday: z.number().int().min(1).max(7),
    since: year,
  }),
]);

export const HolidayCalendar = z.strictObject({
  calendar: id,
  title: words,
  source: words,
  /** Whether a holiday on a weekend frees the weekday nearest to it. */
  observed: z.enum(["nearest-weekday", "as-dated"]),
  holidays: z.array(Holiday).min(1),
});
export type HolidayCalendar = z.infer<typeof HolidayCalendar>;

/** What shows that something happened: words, and where the document is. */
export const Evidence = z.object({
  text: z.string().trim().min(1).max(4_000),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional(),
});
export type Evidence = z.infer<typeof Evidence>;

/** What a clock is about. `deviceId` puts it on the device's page. */
export const ClockSubject = z.object({
  type: z.string().regex(/^[a-z-]{1,40}$/),
  id: z.string().min(1).max(200),
  label: z.string().trim().min(1).max(300),
  deviceId: z.uuid().nullable().optional(),
});
export type ClockSubject = z.infer<typeof ClockSubject>;

export const ClockState = z.enum(["running", "late", "stopped", "stopped-late", "voided"]);
export type ClockState = z.infer<typeof ClockState>;

/** A clock that was started, with the words of the edition it was started by. */
export const Clock = z.object({
  id: z.uuid(),
  clock: z.string(),
  instrument: z.string(),
  title: z.string(),
  edition: z.iso.date(),
  market: Market,
  task: z.string(),
  section: z.string(),
  source: z.string(),
  startsWhen: z.string(),
  stopsWhen: z.string(),
  evidenceAsked: z.string(),
  period: Period,
  event: z.string(),
  subject: z.object({ type: z.string(), id: z.string(), label: z.string(), deviceId: z.uuid().nullable() }),
  owner: z.object({ id: z.string(), name: z.string() }).nullable(),
  state: ClockState,
  timeZone: z.string(),
  startedAt: z.iso.datetime(),
  startedBy: z.string(),
  startEvidence: Evidence,
  dueAt: z.iso.datetime(),
  /** The last day, in the organisation's time zone. */
  dueOn: z.iso.date(),
  /** True: due at the hour, not at the end of the day. */
  toTheHour: z.boolean(),
  /** From 0 at the start to 1 when it runs out; above 1 it is late. */
  used: z.number(),
  stop: z.object({ at: z.iso.datetime(), by: z.string(), recordedAt: z.iso.datetime(), evidence: Evidence }).nullable(),
  voided: z.object({ at: z.iso.datetime(), by: z.string(), reason: z.string() }).nullable(),
  revision: z.number().int(),
});
export type Clock = z.infer<typeof Clock>;

/** How an organisation counts time, and which instruments start clocks in it. */
export const ClockSettings = z.object({
  timeZone: z.string(),
  revision: z.number().int(),
  instruments: z.array(
    z.object({
      instrument: z.string(),
      title: z.string(),
      market: Market,
      edition: z.iso.date(),
      inForceFrom: z.iso.date().nullable(),
      status: z.enum(["in-force", "proposed"]),
      source: z.string(),
      appliesTo: z.string(),
      on: z.boolean(),
      clocks: z.array(
        z.object({
          id: z.string(),
          task: z.string(),
          section: z.string(),
          startsOn: z.array(ClockEvent),
          startsAfter: z.string().nullable(),
          startsWhen: z.string(),
          stopsWhen: z.string(),
          due: Period,
        }),
      ),
    }),
  ),
});
export type ClockSettings = z.infer<typeof ClockSettings>;
