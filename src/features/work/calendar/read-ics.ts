import { Fault } from "../../../lib/fault.ts";
import { storable } from "../../../lib/storable.ts";
import { type IcsLine, icsLines, readText } from "./ics-lines.ts";
import { EventFacts, type EventKind, type Span } from "./schema.ts";
import { zoneOf } from "./time-zone.ts";

export interface ReadEvent {
  uid: string;
  facts: EventFacts;
}

export interface ReadCalendar {
  events: ReadEvent[];
  /** Events that could not be taken, each with the line it begins on. */
  skipped: { at: string; reason: string }[];
}

const MAX_EVENTS = 1_000;
const MAX_LENGTH = 2 * 1024 * 1024;

/**
 * Reads the events of an iCalendar file (RFC 5545). An event that cannot be taken is named and skipped, the others count; times
 * without a zone are read as UTC and said so. Fault `bad_input` when it is no calendar, `too_large` above 2 MB or 1,000 events.
 */
export function readCalendar(text: string, name: string): ReadCalendar {
  if (text.length > MAX_LENGTH) throw new Fault("too_large", "A calendar file has at most 2 MB", { at: name });
  const lines = icsLines(text.replace(/^\uFEFF/, ""));
  const first = lines[0];
  if (first === undefined || "broken" in first || first.name !== "BEGIN" || first.value.toUpperCase() !== "VCALENDAR")
    throw new Fault("bad_input", "This is no iCalendar file: it does not begin with BEGIN:VCALENDAR", {
      at: `${name}:${first?.line ?? 1}`,
      fix: "Give the .ics file itself, not the page that links to it",
    });
  const events = new Map<string, ReadEvent>();
  const skipped: ReadCalendar["skipped"] = [];
  for (const block of eventBlocks(lines)) {
    const at = `${name}:${block.line}`;
    if (events.size >= MAX_EVENTS) throw new Fault("too_large", `More than ${MAX_EVENTS} events`, { at });
    const read = readEvent(block.lines);
    if ("reason" in read) skipped.push({ at, reason: read.reason });
    else if (!events.has(read.uid)) events.set(read.uid, read);
  }
  return { events: [...events.values()], skipped };
}

/** The lines of each VEVENT, without those of what is nested in it (alarms). */
function eventBlocks(lines: ReturnType<typeof icsLines>): { line: number; lines: IcsLine[] }[] {
  const blocks: { line: number; lines: IcsLine[] }[] = [];
  const stack: string[] = [];
  for (const line of lines) {
    if ("broken" in line) continue;
    const value = line.value.toUpperCase();
    if (line.name === "BEGIN") {
      if (value === "VEVENT" && stack.at(-1) === "VCALENDAR") blocks.push({ line: line.line, lines: [] });
      stack.push(value);
    } else if (line.name === "END") stack.pop();
    else if (stack.at(-1) === "VEVENT" && stack.length === 2) blocks.at(-1)?.lines.push(line);
  }
  return blocks;
}

function readEvent(lines: readonly IcsLine[]): ReadEvent | { reason: string } {
  const of = (name: string) => lines.find((line) => line.name === name);
  const text = (name: string) => storable(readText(of(name)?.value ?? "")).trim();
  const uid = storable(of("UID")?.value ?? "")
    .trim()
    .slice(0, 300);
  if (uid === "") return { reason: "It has no UID" };
  if (of("RECURRENCE-ID") !== undefined)
    return { reason: "One changed date of a repeating event; the series is kept as it is" };
  if (of("STATUS")?.value.toUpperCase() === "CANCELLED") return { reason: "It is cancelled" };
  const unknown = ["DTSTART", "DTEND"]
    .map((name) => of(name)?.params.TZID)
    .find((zone) => zone !== undefined && zoneOf(zone) === null);
  if (unknown !== undefined) return { reason: `Its time zone is not known: ${storable(unknown).slice(0, 60)}` };
  const when = readSpan(of("DTSTART"), of("DTEND"), of("DURATION"));
  if (typeof when === "string") return { reason: when };
  const repeats = of("RRULE")?.value.trim().toUpperCase() ?? null;
  const start = of("DTSTART");
  const isLocal = start !== undefined && !start.value.trim().endsWith("Z") && "startsAt" in when;
  const parsed = EventFacts.safeParse({
    kind: kindOf(`${text("CATEGORIES")} ${text("SUMMARY")}`),
    title: text("SUMMARY").slice(0, 300),
    when,
    location: text("LOCATION").slice(0, 300),
    url: webAddress(of("URL")?.value ?? ""),
    description: text("DESCRIPTION").slice(0, 10_000),
    repeats,
    timeZone: repeats !== null && isLocal ? zoneOf(start.params.TZID ?? "") : null,
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { reason: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "wrong"}` };
  }
  return { uid, facts: parsed.data };
}

const webAddress = (value: string): string | null =>
  /^https?:\/\/\S{1,1990}$/.test(value.trim()) ? value.trim() : null;

function kindOf(words: string): EventKind {
  if (/\b(isao|isac|h-isac|health-isac)\b/i.test(words)) return "isao-meeting";
  if (/\b(conference|summit|congress|symposium|con)\b/i.test(words)) return "conference";
  return /\b(training|course|webinar|workshop)\b/i.test(words) ? "training" : "other";
}

function readSpan(start: IcsLine | undefined, end: IcsLine | undefined, duration: IcsLine | undefined): Span | string {
  if (start === undefined) return "It has no DTSTART";
  try {
    const day = /^(\d{4})(\d\d)(\d\d)$/.exec(start.value.trim());
    if (day !== null) {
      const startsOn = Temporal.PlainDate.from(start.value.trim());
      // DTEND of a whole day is the day after the last one (RFC 5545, 3.6.1).
      const after = end === undefined ? null : Temporal.PlainDate.from(end.value.trim().slice(0, 8));
      const endsOn =
        after === null || Temporal.PlainDate.compare(after, startsOn) <= 0 ? startsOn : after.subtract({ days: 1 });
      return { startsOn: startsOn.toString(), endsOn: endsOn.toString() };
    }
    const startsAt = instantOf(start);
    const endsAt =
      end !== undefined ? instantOf(end) : duration !== undefined ? startsAt.add(lengthOf(duration.value)) : startsAt;
    return {
      startsAt: startsAt.toString({ fractionalSecondDigits: 0 }),
      endsAt: endsAt.toString({ fractionalSecondDigits: 0 }),
    };
  } catch {
    return `Its time cannot be read: ${start.value.slice(0, 40)}`;
  }
}

/** Days of a DURATION are those of the clock face; here 24 hours, as the instant is in UTC already. */
const lengthOf = (value: string): Temporal.Duration => {
  const { weeks, days, hours, minutes, seconds } = Temporal.Duration.from(value.trim());
  return Temporal.Duration.from({ hours: (weeks * 7 + days) * 24 + hours, minutes, seconds });
};

function instantOf({ value, params }: IcsLine): Temporal.Instant {
  const [, date = "", time = "", utc = ""] = /^(\d{8})T(\d{6})(Z?)$/.exec(value.trim()) ?? [];
  const plain = Temporal.PlainDateTime.from(`${date}T${time}`);
  return plain.toZonedDateTime(utc === "Z" ? "UTC" : (zoneOf(params.TZID ?? "") ?? "UTC")).toInstant();
}
