import type { Cadence, NoticeKind, NoticePreferences } from "./schema.ts";

/** What somebody gets who chose nothing: what needs a person soon at once, the rest once a day. */
export const DEFAULT_CADENCE: Record<NoticeKind, Cadence> = {
  "findings-new": "immediate",
  assigned: "immediate",
  clock: "immediate",
  "report-received": "immediate",
  "sync-failed": "daily",
  "decision-suspect": "daily",
  "proof-ending": "daily",
};

export const DEFAULT_PREFERENCES: NoticePreferences = {
  timeZone: "UTC",
  hour: 8,
  weekday: 1,
  cadence: DEFAULT_CADENCE,
};

/** What comes within this time of the first notice goes into the same mail. */
export const BUNDLE_MS = 60_000;

/** When a notice of now goes into a mail; null: not at all. Daily and weekly ones at the chosen local hour, over DST shifts too. */
export function mailTime(cadence: Cadence, { timeZone, hour, weekday }: NoticePreferences, now: Date): Date | null {
  if (cadence === "off") return null;
  if (cadence === "immediate") return new Date(now.getTime() + BUNDLE_MS);
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  const at = (days: number) =>
    local
      .toPlainDate()
      .add({ days })
      .toZonedDateTime({ timeZone, plainTime: `${pad(hour)}:00` });
  const days = cadence === "daily" ? 0 : (weekday - local.dayOfWeek + 7) % 7;
  const first = at(days);
  const next = first.epochMilliseconds > now.getTime() ? first : at(days + (cadence === "daily" ? 1 : 7));
  return new Date(next.epochMilliseconds);
}

const pad = (hour: number) => String(hour).padStart(2, "0");
