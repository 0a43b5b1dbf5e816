import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault } from "../../../lib/fault.ts";
import { readCalendar } from "./read-ics.ts";
import { zoneOf } from "./time-zone.ts";
import { type FeedEvent, writeCalendar } from "./write-ics.ts";

const event = (over: Partial<FeedEvent> = {}): FeedEvent => ({
  uid: "clock-1@works",
  title: "Due: Tell customers; and, users",
  description: "First line\nSecond, with a \\ and a ;",
  location: "",
  url: "https://cordon.example/today/clocks?clock=1",
  categories: ["Clocks"],
  when: { startsOn: "2026-12-05", endsOn: "2026-12-05" },
  repeats: null,
  timeZone: null,
  sequence: 0,
  changedAt: new Date("2026-11-24T10:00:00Z"),
  ...over,
});

/** What RFC 5545 asks of every file, checked on the bytes. */
function expectValid(text: string, events: number): void {
  expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  const lines = text.split("\r\n");
  for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be in there
  expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/);
  const unfolded = text.replaceAll(/\r\n[ \t]/g, "").split("\r\n");
  expect(unfolded[0]).toBe("BEGIN:VCALENDAR");
  expect(unfolded.filter((line) => line === "VERSION:2.0")).toHaveLength(1);
  expect(unfolded.filter((line) => line.startsWith("PRODID:"))).toHaveLength(1);
  for (const name of ["BEGIN:VEVENT", "END:VEVENT", "UID:", "DTSTAMP:", "DTSTART", "SUMMARY:"])
    expect(
      unfolded.filter((line) => line.startsWith(name)),
      name,
    ).toHaveLength(events);
  for (const line of unfolded.filter((one) => one.startsWith("DTSTAMP:")))
    expect(line).toMatch(/^DTSTAMP:\d{8}T\d{6}Z$/);
  for (const line of unfolded.filter((one) => one !== "")) expect(line).toMatch(/^[A-Z-]+(;[A-Z-]+=[^:]*)?:/);
}

describe("what is written", () => {
  test("a whole day has a date, and ends on the day after", () => {
    const text = writeCalendar("Cordon", [event()]);
    expectValid(text, 1);
    expect(text).toContain("DTSTART;VALUE=DATE:20261205\r\n");
    expect(text).toContain("DTEND;VALUE=DATE:20261206\r\n");
    expect(text).toContain("SUMMARY:Due: Tell customers\\; and\\, users\r\n");
    expect(text).toContain("DTSTAMP:20261124T100000Z\r\n");
  });

  test("an instant is in UTC; the same events give the same bytes", () => {
    const when = { startsAt: "2026-12-01T16:00:00+01:00", endsAt: "2026-12-01T17:30:00+01:00" };
    const text = writeCalendar("Cordon", [event({ when, repeats: "FREQ=MONTHLY;BYDAY=1TU" })]);
    expectValid(text, 1);
    expect(text).toContain("DTSTART:20261201T150000Z\r\nDTEND:20261201T163000Z\r\n");
    expect(text).toContain("RRULE:FREQ=MONTHLY;BYDAY=1TU\r\n");
    expect(writeCalendar("Cordon", [event({ when, repeats: "FREQ=MONTHLY;BYDAY=1TU" })])).toBe(text);
  });

  test("the last line ends as every other; an address is written as it is; what was changed counts its changes", () => {
    const text = writeCalendar("Cordon", [event({ url: "https://x.example/a?b=1;2,3&c=%2F", sequence: 3 })]);
    expect(text.endsWith("END:VCALENDAR\r\n")).toBe(true);
    expect(text).toContain("URL;VALUE=URI:https://x.example/a?b=1%3B2%2C3&c=%2F\r\n");
    expect(text).toContain("SEQUENCE:3\r\n");
  });

  test("a moment has no end: none may be at the begin", () => {
    const text = writeCalendar("Cordon", [
      event({ when: { startsAt: "2026-12-01T15:00:00Z", endsAt: "2026-12-01T15:00:00Z" } }),
    ]);
    expectValid(text, 1);
    expect(text).toContain("DTSTART:20261201T150000Z\r\n");
    expect(text).not.toContain("DTEND");
  });

  test("what repeats at ten in Berlin is at ten there after the clocks change, too, and is read so again", () => {
    const meeting = vevent(
      "DTSTART;TZID=Europe/Berlin:20270325T100000",
      "DTEND;TZID=Europe/Berlin:20270325T110000",
      "RRULE:FREQ=WEEKLY;BYDAY=TH",
    );
    const [read] = readCalendar(meeting, "x.ics").events;
    expect(read?.facts).toMatchObject({ timeZone: "Europe/Berlin", when: { startsAt: "2027-03-25T09:00:00Z" } });
    const text = writeCalendar("Cordon", [event({ ...read?.facts, uid: "1@x" })]);
    expect(text).toContain(
      "DTSTART;TZID=Europe/Berlin:20270325T100000\r\nDTEND;TZID=Europe/Berlin:20270325T110000\r\n",
    );
    expect(text).toContain(
      "BEGIN:DAYLIGHT\r\nDTSTART:20270328T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:DAYLIGHT\r\n",
    );
    expect(text).toContain(
      "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nBEGIN:STANDARD\r\nDTSTART:20261025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n",
    );
    expect(readCalendar(text, "feed").events[0]?.facts).toEqual(read?.facts);
  });

  test.each(["Asia/Tokyo", "America/New_York", "Australia/Lord_Howe", "UTC", "Africa/Casablanca"])(
    "a meeting kept by the clock of %s is read again as it is",
    (timeZone) => {
      const when = { startsAt: "2027-01-25T09:30:00Z", endsAt: "2027-01-25T10:30:00Z" };
      const text = writeCalendar("Cordon", [event({ when, timeZone, repeats: "FREQ=WEEKLY" })]);
      expect(readCalendar(text, "feed").events[0]?.facts.when).toEqual(when);
      for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    },
  );

  test("whatever the words are, the file is valid and says them again", () => {
    const words = fc.string({ unit: "binary", minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(words, words, words, fc.integer({ min: 0, max: 5000 }), (title, description, location, days) => {
        const day = Temporal.PlainDate.from("2024-02-28").add({ days }).toString();
        const text = writeCalendar(title, [
          event({ title: `T${title}`, description, location, when: { startsOn: day, endsOn: day } }),
        ]);
        expectValid(text, 1);
        const { events, skipped } = readCalendar(text, "feed");
        expect(skipped).toEqual([]);
        expect(events[0]?.facts.when).toEqual({ startsOn: day, endsOn: day });
        expect(events[0]?.facts.title).toBe(plain(`T${title}`).replaceAll(/\s+/g, " ").trim());
        expect(events[0]?.facts.description).toBe(plain(description).replaceAll(/\r\n?/g, "\n").trim());
      }),
    );
  });
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const plain = (text: string) => text.toWellFormed().replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "");

const file = (...lines: string[]) =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", ...lines, "END:VCALENDAR", ""].join("\r\n");
const vevent = (...lines: string[]) => file("BEGIN:VEVENT", "UID:1@x", "SUMMARY:Summit", ...lines, "END:VEVENT");

describe("what is read", () => {
  test.each<[string, string[], object]>([
    [
      "days",
      ["DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261204"],
      { startsOn: "2026-12-01", endsOn: "2026-12-03" },
    ],
    ["one day without an end", ["DTSTART;VALUE=DATE:20280229"], { startsOn: "2028-02-29", endsOn: "2028-02-29" }],
    [
      "UTC",
      ["DTSTART:20261201T150000Z", "DTEND:20261201T160000Z"],
      { startsAt: "2026-12-01T15:00:00Z", endsAt: "2026-12-01T16:00:00Z" },
    ],
    [
      "a zone",
      ["DTSTART;TZID=America/New_York:20260701T090000", "DTEND;TZID=America/New_York:20260701T100000"],
      { startsAt: "2026-07-01T13:00:00Z", endsAt: "2026-07-01T14:00:00Z" },
    ],
    [
      "a zone as Outlook names it",
      ['DTSTART;TZID="W. Europe Standard Time":20260701T090000', "DTEND;TZID=W. Europe Standard Time:20260701T100000"],
      { startsAt: "2026-07-01T07:00:00Z", endsAt: "2026-07-01T08:00:00Z" },
    ],
    [
      "a zone below a registry's prefix",
      ["DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20260701T090000"],
      { startsAt: "2026-07-01T07:00:00Z", endsAt: "2026-07-01T07:00:00Z" },
    ],
    [
      "a quoted zone over the shift",
      ['DTSTART;TZID="Europe/Berlin":20261025T013000', 'DTEND;TZID="Europe/Berlin":20261025T033000'],
      { startsAt: "2026-10-24T23:30:00Z", endsAt: "2026-10-25T02:30:00Z" },
    ],
    [
      "a duration",
      ["DTSTART:20261201T150000Z", "DURATION:PT1H30M"],
      { startsAt: "2026-12-01T15:00:00Z", endsAt: "2026-12-01T16:30:00Z" },
    ],
    [
      "an instant only",
      ["DTSTART:20261201T150000Z"],
      { startsAt: "2026-12-01T15:00:00Z", endsAt: "2026-12-01T15:00:00Z" },
    ],
  ])("%s", (_, lines, when) => {
    const { events, skipped } = readCalendar(vevent(...lines), "x.ics");
    expect(skipped).toEqual([]);
    expect(events[0]?.facts.when).toEqual(when);
  });

  test("every zone of Windows leads to one that is known", () => {
    const names = ["Eastern Standard Time", "GMT Standard Time", "FLE Standard Time", "India Standard Time"];
    expect(names.map(zoneOf)).toEqual(["America/New_York", "Europe/London", "Europe/Kiev", "Asia/Calcutta"]);
    expect(["", "constructor", "/", "/x"].map(zoneOf)).toEqual([null, null, null, null]);
  });

  test("folded lines, escapes, an alarm inside, bare line ends, a mark at the start", () => {
    const text = `\uFEFF${vevent(
      "DTSTART;VALUE=DATE:20261201",
      "LOCATION:Room 1\\, Hall\\; 2",
      "DESCRIPTION:One\\nTwo and ",
      " three",
      "CATEGORIES:H-ISAC",
      "URL:https://isac.example/meeting",
      "BEGIN:VALARM",
      "DESCRIPTION:Not this",
      "END:VALARM",
    )}`.replaceAll("\r\n", "\n");
    expect(readCalendar(text, "x.ics").events[0]?.facts).toMatchObject({
      kind: "isao-meeting",
      location: "Room 1, Hall; 2",
      description: "One\nTwo and three",
      url: "https://isac.example/meeting",
    });
  });

  test.each([
    ["no UID", file("BEGIN:VEVENT", "SUMMARY:S", "DTSTART:20261201", "END:VEVENT"), /no UID/],
    ["no start", vevent(), /no DTSTART/],
    ["a date that is none", vevent("DTSTART:20261301"), /cannot be read/],
    ["a zone nobody knows", vevent("DTSTART;TZID=Mars/Olympus:20261201T100000"), /time zone is not known: Mars/],
    ["cancelled", vevent("DTSTART:20261201", "STATUS:CANCELLED"), /cancelled/],
    ["ends before it begins", vevent("DTSTART:20261201T150000Z", "DTEND:20261201T140000Z"), /ends before/],
  ])("an event with %s is skipped, with its line and the reason", (_, text, reason) => {
    const { events, skipped } = readCalendar(text, "x.ics");
    expect(events).toEqual([]);
    expect(skipped).toMatchObject([{ at: "x.ics:4", reason: expect.stringMatching(reason) }]);
  });

  test("no calendar is refused, and a script in a URL is no address", () => {
    expect(() => readCalendar("<html>", "page")).toThrow(/no iCalendar file/);
    const { events } = readCalendar(vevent("DTSTART:20261201", "URL:javascript:alert(1)"), "x.ics");
    expect(events[0]?.facts.url).toBeNull();
  });

  test("any text is read or refused, never a bug", () => {
    const line = fc.oneof(
      fc.constantFrom(
        "BEGIN:VEVENT",
        "END:VEVENT",
        "BEGIN:VALARM",
        "END:VALARM",
        "UID:1",
        "DTSTART:20261201",
        "RRULE:FREQ=DAILY",
        " x",
      ),
      fc.string({ maxLength: 60 }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.boolean(), (lines, framed) => {
        try {
          readCalendar(framed ? file(...lines) : lines.join("\n"), "x");
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      }),
    );
  });
});
