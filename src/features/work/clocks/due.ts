import type { HolidayCalendar, Period } from "./schema.ts";
import { addWorkingDays } from "./working-days.ts";

export interface Due {
  dueAt: Date;
  /** `YYYY-MM-DD` in the time zone. */
  dueOn: string;
}

/**
 * When a period that began at an instant runs out, in a time zone (IANA name). The day of the event does not count (21 CFR 803.3;
 * Regulation (EEC, Euratom) 1182/71, Article 3); days end with the last millisecond before the next local day begins, whatever the
 * clocks of the place did meanwhile. Hours are elapsed hours. A period in days is never lengthened because its last day is a
 * weekend: that would be the reading that risks being late.
 */
export function dueOf(startedAt: Date, period: Period, timeZone: string, holidays: HolidayCalendar | null): Due {
  const start = Temporal.Instant.fromEpochMilliseconds(startedAt.getTime()).toZonedDateTimeISO(timeZone);
  if ("hours" in period) {
    const due = start.add({ hours: period.hours });
    return { dueAt: new Date(due.epochMilliseconds), dueOn: due.toPlainDate().toString() };
  }
  const last = lastDay(start.toPlainDate(), period, holidays);
  return { dueAt: endOfDay(last, timeZone), dueOn: last.toString() };
}

function lastDay(
  day: Temporal.PlainDate,
  period: Exclude<Period, { hours: number }>,
  holidays: HolidayCalendar | null,
): Temporal.PlainDate {
  if ("workingDays" in period) return addWorkingDays(day, period.workingDays, holidays);
  if ("months" in period) return day.add({ months: period.months });
  return (period.from === "end-of-year" ? day.with({ month: 12, day: 31 }) : day).add({ days: period.days });
}

const endOfDay = (day: Temporal.PlainDate, timeZone: string): Date =>
  new Date(day.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds - 1);

/** `30 days`, `10 working days`, `24 hours`. */
export function periodText(period: Period): string {
  if ("hours" in period) return counted(period.hours, "hour");
  if ("workingDays" in period) return counted(period.workingDays, "working day");
  if ("months" in period) return counted(period.months, "month");
  return `${counted(period.days, "day")}${period.from === "end-of-year" ? " after the year's end" : ""}`;
}

const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;
