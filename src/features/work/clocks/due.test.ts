import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { dueOf, periodText } from "./due.ts";
import { HolidayCalendar, type Period } from "./schema.ts";
import { addWorkingDays, holidaysOf, isWorkingDay } from "./working-days.ts";

const federal = HolidayCalendar.parse(
  parse(readFileSync(join(import.meta.dirname, "../../../../catalogs/holidays/us-federal.yaml"), "utf8")),
);
const NY = "America/New_York";

describe("a period ends at the end of its last local day, whatever the clocks of the place did meanwhile", () => {
  test.each<[string, string, string, Period, string]>([
    [
      "30 days over the end of summer time",
      "2026-10-05T15:00:00-04:00",
      NY,
      { days: 30 },
      "2026-11-04T23:59:59.999-05:00",
    ],
    [
      "60 days over the start of summer time",
      "2026-02-01T09:00:00-05:00",
      NY,
      { days: 60 },
      "2026-04-02T23:59:59.999-04:00",
    ],
    [
      "2 days that hold the missing hour",
      "2026-03-28T23:30:00+01:00",
      "Europe/Berlin",
      { days: 2 },
      "2026-03-30T23:59:59.999+02:00",
    ],
    [
      "15 days over the repeated hour",
      "2026-10-20T02:30:00+02:00",
      "Europe/Berlin",
      { days: 15 },
      "2026-11-04T23:59:59.999+01:00",
    ],
    [
      "10 days over a half-hour shift",
      "2026-09-28T12:00:00+10:30",
      "Australia/Lord_Howe",
      { days: 10 },
      "2026-10-08T23:59:59.999+11:00",
    ],
    [
      "the last minute of a day counts as that day",
      "2026-11-24T23:59:00-05:00",
      NY,
      { days: 1 },
      "2026-11-25T23:59:59.999-05:00",
    ],
    [
      "the same instant is the next day elsewhere",
      "2026-11-24T23:59:00-05:00",
      "Europe/Berlin",
      { days: 1 },
      "2026-11-26T23:59:59.999+01:00",
    ],
    [
      "a day whose midnight does not exist",
      "2026-09-05T12:00:00-04:00",
      "America/Santiago",
      { days: 1 },
      "2026-09-06T23:59:59.999-03:00",
    ],
    ["30 days into a leap day", "2028-01-30T12:00:00Z", "UTC", { days: 30 }, "2028-02-29T23:59:59.999Z"],
    ["30 days in a year without one", "2027-01-30T12:00:00Z", "UTC", { days: 30 }, "2027-03-01T23:59:59.999Z"],
    ["a month from the 31st", "2027-01-31T12:00:00Z", "UTC", { months: 1 }, "2027-02-28T23:59:59.999Z"],
    ["a month from the 31st in a leap year", "2028-01-31T12:00:00Z", "UTC", { months: 1 }, "2028-02-29T23:59:59.999Z"],
    ["60 days over a year's end", "2026-12-01T12:00:00Z", "UTC", { days: 60 }, "2027-01-30T23:59:59.999Z"],
    [
      "60 days after the year's end",
      "2026-03-03T12:00:00Z",
      "UTC",
      { days: 60, from: "end-of-year" },
      "2027-03-01T23:59:59.999Z",
    ],
    [
      "60 days after the year's end, into a leap year",
      "2027-12-31T12:00:00Z",
      "UTC",
      { days: 60, from: "end-of-year" },
      "2028-02-29T23:59:59.999Z",
    ],
    [
      "24 hours over the missing hour are 24 hours",
      "2026-03-28T12:00:00+01:00",
      "Europe/Berlin",
      { hours: 24 },
      "2026-03-29T13:00:00+02:00",
    ],
    [
      "72 hours over the repeated hour are 72 hours",
      "2026-10-31T12:00:00-04:00",
      NY,
      { hours: 72 },
      "2026-11-03T11:00:00-05:00",
    ],
    [
      "10 working days over Thanksgiving",
      "2026-11-16T09:00:00-05:00",
      NY,
      { workingDays: 10, holidays: "us-federal" },
      "2026-12-01T23:59:59.999-05:00",
    ],
    [
      "5 working days from a Saturday",
      "2026-11-28T09:00:00-05:00",
      NY,
      { workingDays: 5, holidays: "us-federal" },
      "2026-12-04T23:59:59.999-05:00",
    ],
    [
      "5 working days over Christmas and New Year",
      "2027-12-22T09:00:00-05:00",
      NY,
      { workingDays: 5, holidays: "us-federal" },
      "2027-12-30T23:59:59.999-05:00",
    ],
  ])("%s", (_, start, timeZone, period, due) => {
    const holidays = "holidays" in period && period.holidays !== null ? federal : null;
    const answer = dueOf(new Date(start), period, timeZone, holidays);
    expect(answer.dueAt.toISOString()).toBe(new Date(due).toISOString());
    expect(answer.dueOn).toBe(due.slice(0, 10));
  });

  test("it is never before the start, grows with the period, and the last day is the local one of the due instant", () => {
    const zones = fc.constantFrom(
      NY,
      "Europe/Berlin",
      "Australia/Lord_Howe",
      "Pacific/Apia",
      "America/Santiago",
      "UTC",
    );
    const starts = fc.date({ min: new Date("2020-01-01"), max: new Date("2060-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(starts, zones, fc.integer({ min: 1, max: 400 }), (start, zone, days) => {
        const { dueAt, dueOn } = dueOf(start, { days }, zone, null);
        const local = Temporal.Instant.fromEpochMilliseconds(dueAt.getTime()).toZonedDateTimeISO(zone);
        expect(dueAt > start).toBe(true);
        expect(local.toPlainDate().toString()).toBe(dueOn);
        expect(local.add({ milliseconds: 1 }).toPlainDate().toString() > dueOn).toBe(true);
        expect(dueOf(start, { days: days + 1 }, zone, null).dueAt > dueAt).toBe(true);
      }),
    );
  });
});

describe("the holidays of the United States, as the Office of Personnel Management lists them", () => {
  test.each([
    [2026, "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25"],
    [2027, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24"],
    [2028, "01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25"],
  ])("%i", (year, days) => {
    const found = holidaysOf(federal, year)
      .map(String)
      .filter((day) => day.startsWith(String(year)));
    expect(found.map((day) => day.slice(5)).join(" ")).toBe(days);
  });

  test("New Year's Day of 2028, a Saturday, frees the last day of 2027", () => {
    expect(isWorkingDay(Temporal.PlainDate.from("2027-12-31"), federal)).toBe(false);
    expect(isWorkingDay(Temporal.PlainDate.from("2028-01-03"), federal)).toBe(true);
  });

  test("Juneteenth counts from 2021 on", () => {
    expect(isWorkingDay(Temporal.PlainDate.from("2020-06-19"), federal)).toBe(true);
    expect(isWorkingDay(Temporal.PlainDate.from("2024-06-19"), federal)).toBe(false);
  });

  test("without a calendar only weekends are free", () => {
    expect(String(addWorkingDays(Temporal.PlainDate.from("2026-12-24"), 2, null))).toBe("2026-12-28");
  });
});

test.each<[Period, string]>([
  [{ days: 30 }, "30 days"],
  [{ days: 60, from: "end-of-year" }, "60 days after the year's end"],
  [{ workingDays: 1, holidays: null }, "1 working day"],
  [{ hours: 24 }, "24 hours"],
  [{ months: 1 }, "1 month"],
])("%j reads %s", (period, text) => expect(periodText(period)).toBe(text));
