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
  changedAt: Date;
}

/** An iCalendar file (RFC 5545) of these events. The same events give the same bytes: their stamp is when they last changed. */
export function writeCalendar(name: string, events: readonly FeedEvent[]): string {
  const calendar = new ICalCalendar({
    // The generator escapes no line end in a name: it would begin a line of its own.
    name: printable(name).replaceAll(/\s+/g, " "),
    prodId: { company: "Cordon", product: "Calendar", language: "EN" },
    ttl: 3600,
  });
  for (const { uid, title, description, location, url, categories, when, repeats, changedAt } of events)
    calendar.createEvent({
      id: printable(uid).replaceAll(/\s/g, "-"),
      stamp: changedAt,
      lastModified: changedAt,
      summary: printable(title).replaceAll(/\s+/g, " "),
      ...(description === "" ? {} : { description: printable(description) }),
      ...(location === "" ? {} : { location: printable(location).replaceAll(/\s+/g, " ") }),
      ...(url === null ? {} : { url: encodeURI(decodeSafely(url)) }),
      ...(repeats === null ? {} : { repeating: `RRULE:${repeats}` }),
      categories: categories.map((category) => ({ name: category })),
      ...timesOf(when),
    });
  return calendar.toString();
}

/** A whole day is a date without a zone; its end is the day after the last (RFC 5545, 3.6.1). */
function timesOf(when: Span) {
  if ("startsAt" in when) return { start: new Date(when.startsAt), end: new Date(when.endsAt) };
  const end = Temporal.PlainDate.from(when.endsOn).add({ days: 1 });
  return { start: dayIn(when.startsOn), end: dayIn(end.toString()), allDay: true };
}

/** Without a zone the generator writes the day in UTC. */
const dayIn = (day: string): Date => new Date(`${day}T00:00:00Z`);

const decodeSafely = (url: string): string => {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
};

/** TEXT holds no control characters but tabs and line ends (RFC 5545, 3.3.11). */
const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  text.toWellFormed().replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "");

export const ofCommunity = (
  event: EventFacts & { uid: string; changedAt: Date },
  words: Readonly<Record<EventFacts["kind"], string>>,
): FeedEvent => ({ ...event, categories: [words[event.kind]] });

export const ofOwn = ({ path, category, ...event }: OwnEvent, publicUrl: string): FeedEvent => ({
  ...event,
  description: `${event.description}${event.description === "" ? "" : "\n\n"}${publicUrl}${path}`,
  location: "",
  url: `${publicUrl}${path}`,
  categories: [category],
  repeats: null,
});
