const DAY_MS = 86_400_000;
const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * DAY_MS],
  ["month", 30 * DAY_MS],
  ["day", DAY_MS],
  ["hour", 3_600_000],
  ["minute", 60_000],
];
const counted = new Intl.RelativeTimeFormat("en", { numeric: "always" });
/** "today", "tomorrow": of days, not of times a day apart. */
const named = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/**
 * "in 12 days", "3 hours ago", "just now"; a date without a time counts in whole days. Only what is whole is said: of a day and a half
 * "in 1 day", so that nobody reads more time than is left.
 */
export function fromNow(text: string, now: Date): string {
  if (isDay(text)) {
    const days = Math.round((Date.parse(text) - Date.parse(now.toISOString().slice(0, 10))) / DAY_MS);
    const [unit, sizeMs] = STEPS.find(([, size]) => Math.abs(days) * DAY_MS >= size && size >= DAY_MS) ?? [
      "day",
      DAY_MS,
    ];
    return (unit === "day" ? named : counted).format(Math.trunc((days * DAY_MS) / sizeMs), unit);
  }
  const delta = Date.parse(text) - now.getTime();
  const step = STEPS.find(([, size]) => Math.abs(delta) >= size);
  return step === undefined ? "just now" : counted.format(Math.trunc(delta / step[1]), step[0]);
}

export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** "5 Dec", "5 Dec 2024" when it is another year; with the time for instants when asked. */
export function dateText(text: string, now: Date, withTime = false): string {
  const at = new Date(isDay(text) ? `${text}T12:00:00` : text);
  if (Number.isNaN(at.getTime())) return text;
  const year = at.getFullYear() === now.getFullYear() ? {} : { year: "numeric" as const };
  const day = at.toLocaleDateString("en-GB", { day: "numeric", month: "short", ...year });
  if (!withTime || isDay(text)) return day;
  return `${day}, ${at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`;
}

/** The day of the reader's clock as `YYYY-MM-DD`, for date fields. */
export function today(now = new Date()): string {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 10);
}
