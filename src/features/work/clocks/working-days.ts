import type { HolidayCalendar } from "./schema.ts";

type Day = Temporal.PlainDate;
const SATURDAY = 6;
const SUNDAY = 7;

/** Whether the day is Monday to Friday and no holiday of the calendar (null: weekends only). */
export const isWorkingDay = (day: Day, calendar: HolidayCalendar | null): boolean =>
  day.dayOfWeek < SATURDAY && (calendar === null || !isFree(day, calendar));

/** The nth working day after the day, which itself does not count. */
export function addWorkingDays(day: Day, count: number, calendar: HolidayCalendar | null): Day {
  let last = day;
  for (let left = count; left > 0; ) {
    last = last.add({ days: 1 });
    if (isWorkingDay(last, calendar)) left -= 1;
  }
  return last;
}

/** Holidays observed of the year before and after count too: 1 January on a Saturday frees 31 December. */
const isFree = (day: Day, calendar: HolidayCalendar): boolean =>
  [day.year - 1, day.year, day.year + 1].some((year) => holidaysOf(calendar, year).some((free) => free.equals(day)));

/** The days that are free for the holidays of a year, moved off the weekend where the calendar says so. */
export const holidaysOf = (calendar: HolidayCalendar, year: number): Day[] =>
  calendar.holidays.flatMap((holiday) => {
    if (holiday.since !== undefined && year < holiday.since) return [];
    const day = "on" in holiday ? Temporal.PlainDate.from(`${year}-${holiday.on}`) : nthWeekday(year, holiday);
    return [calendar.observed === "nearest-weekday" ? offTheWeekend(day) : day];
  });

function nthWeekday(year: number, { month, nth, weekday }: { month: number; nth: number; weekday: number }): Day {
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  if (nth > 0) return first.add({ days: ((weekday - first.dayOfWeek + 7) % 7) + (nth - 1) * 7 });
  const last = first.with({ day: first.daysInMonth });
  return last.subtract({ days: (last.dayOfWeek - weekday + 7) % 7 });
}

function offTheWeekend(day: Day): Day {
  if (day.dayOfWeek === SATURDAY) return day.subtract({ days: 1 });
  return day.dayOfWeek === SUNDAY ? day.add({ days: 1 }) : day;
}
