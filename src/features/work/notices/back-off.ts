/** Minutes to wait after the first, second, … failed try: a short outage costs little, a long one is bridged for two days. */
const MINUTES = [1, 5, 15, 60, 180, 360, 720, 1440];

/** When to try again after so many failed tries; null: give up and say so. */
export function nextTry(attempts: number, now: Date): Date | null {
  const minutes = MINUTES[attempts - 1];
  return minutes === undefined ? null : new Date(now.getTime() + minutes * 60_000);
}
