import { today } from "../kit/time.ts";

/** The day of an instant on the reader's clock. */
export const dayOf = (instant: string): string => today(new Date(instant));

/** A day of the reader's clock as an instant: its noon, which is that day in most time zones, and never to come. */
export function learnedInstant(day: string, now: Date): string {
  const noon = new Date(`${day}T12:00:00`);
  return (noon > now ? now : noon).toISOString();
}
