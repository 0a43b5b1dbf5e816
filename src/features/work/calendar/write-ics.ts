import { ICalCalendar } from "ical-generator";
import type { EventFacts, OwnEvent, Span } from "./schema.ts";

export interface FeedEvent {
  uid: string;
  title: string;
  description: string;
  location: string;
  url: string | null;
  categories: readonly string[];
  when: Span;
  repeats: string | null;
  /** Whose clock a repeating event keeps. Null: UTC. */
  timeZone: string | null;
  changedAt: Date;
  /** How often it was changed. */
  sequence: number;
}

/** An iCalendar file (RFC 5545) of these events. The same events give the same bytes: their stamp is when they last changed. */
export function writeCalendar(name: string, events: readonly FeedEvent[]): string {
  const calendar = new ICalCalendar({
    // The generator escapes no line end in a name: it would begin a line of its own.
    name: printable(name).replaceAll(/\s+/g, " "),
    prodId: { company: "Cordon", product: "Calendar", language: "EN" },
    ttl: 3600,
  });
  calendar.timezone({ name: null, generator: (zone) => vtimezone(zone, events) });
  for (const {
    uid,
    title,
    description,
    location,
    url,
    categories,
    when,
    repeats,
    timeZone,
    changedAt,
    sequence,
  } of events)
    calendar.createEvent({
      id: printable(uid).replaceAll(/\s/g, "-"),
      stamp: changedAt,
      lastModified: changedAt,
      sequence,
      summary: printable(title).replaceAll(/\s+/g, " "),
      ...(description === "" ? {} : { description: printable(description) }),
      ...(location === "" ? {} : { location: printable(location).replaceAll(/\s+/g, " ") }),
      ...(url === null ? {} : { url: asUri(url) }),
      ...(repeats === null ? {} : { repeating: `RRULE:${repeats}` }),
      categories: categories.map((category) => ({ name: category })),
      ...timesOf(when, repeats === null ? null : timeZone),
    });
  return `${calendar.toString()}\r\n`;
}

/** A whole day is a date without a zone; its end is the day after the last (RFC 5545, 3.6.1). */
function timesOf(when: Span, timeZone: string | null) {
  if ("startsAt" in when) {
    // What ends when it begins has no end: DTEND is later than DTSTART (RFC 5545, 3.8.2.2).
    const ends = Date.parse(when.endsAt) > Date.parse(when.startsAt);
    const at = (text: string) =>
      timeZone === null ? new Date(text) : Temporal.Instant.from(text).toZonedDateTimeISO(timeZone);
    return {
      start: at(when.startsAt),
      ...(ends ? { end: at(when.endsAt) } : {}),
      ...(timeZone === null ? {} : { timezone: timeZone }),
    };
  }
  const end = Temporal.PlainDate.from(when.endsOn).add({ days: 1 });
  return { start: dayIn(when.startsOn), end: dayIn(end.toString()), allDay: true };
}

/** Without a zone the generator writes the day in UTC. */
const dayIn = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** An address as it is, but for what may not stand in one, and for `;` and `,`: the generator escapes them as in text (RFC 5545, 3.3.13). */
const asUri = (url: string): string =>
  url.toWellFormed().replaceAll(/[^\x21-\x7e]|[<>"\\^`{|};,]/gu, (sign) => encodeURIComponent(sign));

const YEARS_AHEAD = 10;

/** The zone's clock changes from the first of its events on, each written out, to ten years after the last that is known (RFC 5545, 3.6.5). */
function vtimezone(zone: string, events: readonly FeedEvent[]): string {
  const own = events.filter(({ timeZone }) => timeZone === zone);
  const starts = own.map(({ when }) => Date.parse("startsAt" in when ? when.startsAt : when.startsOn));
  const until =
    Math.max(...starts, ...own.map(({ changedAt }) => changedAt.getTime())) + YEARS_AHEAD * 366 * 86_400_000;
  const first = Temporal.Instant.fromEpochMilliseconds(Math.min(...starts)).toZonedDateTimeISO(zone);
  const from = first.getTimeZoneTransition("previous") ?? first.with({ year: 1970, month: 1, day: 1 }).startOfDay();
  const lines = ["BEGIN:VTIMEZONE", `TZID:${zone}`];
  for (
    let at: Temporal.ZonedDateTime | null = from;
    at !== null && at.epochMilliseconds < until;
    at = at.getTimeZoneTransition("next")
  ) {
    const before = at.subtract({ nanoseconds: 1 });
    const kind = at.offsetNanoseconds > before.offsetNanoseconds ? "DAYLIGHT" : "STANDARD";
    const local = at.toInstant().toZonedDateTimeISO(before.offset).toPlainDateTime();
    lines.push(
      `BEGIN:${kind}`,
      `DTSTART:${local.toString({ smallestUnit: "second" }).replaceAll(/[-:]/g, "")}`,
      `TZOFFSETFROM:${before.offset.replace(":", "")}`,
      `TZOFFSETTO:${at.offset.replace(":", "")}`,
      `END:${kind}`,
    );
  }
  return [...lines, "END:VTIMEZONE"].join("\r\n");
}

/** TEXT holds no control characters but tabs and line ends (RFC 5545, 3.3.11). */
const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  text.toWellFormed().replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "");

export const ofCommunity = (
  event: EventFacts & { uid: string; changedAt: Date; sequence: number },
  words: Readonly<Record<EventFacts["kind"], string>>,
): FeedEvent => ({ ...event, categories: [words[event.kind]] });

export const ofOwn = ({ path, category, ...event }: OwnEvent, publicUrl: string): FeedEvent => ({
  ...event,
  description: `${event.description}${event.description === "" ? "" : "\n\n"}${publicUrl}${path}`,
  location: "",
  url: `${publicUrl}${path}`,
  categories: [category],
  repeats: null,
  timeZone: null,
});
