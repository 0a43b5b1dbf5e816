import { dayOf } from "./days.ts";
import type { TargetCoverage } from "./schema.ts";

export interface Ending {
  name: string;
  /** The last proven day. */
  on: string;
  /** Below 0: it has passed. */
  daysLeft: number;
}

/** Controls and tests that were proven and will not be within so many days, or ceased to be within as many; the next first. */
export function endingsOf(targets: readonly TargetCoverage[], today: string, withinDays: number): Ending[] {
  return targets
    .flatMap(({ name, today: standing, provenUntil, proven }) => {
      const on = standing === "proven" ? provenUntil : (proven.at(-1)?.until ?? null);
      return on === null || standing === "open-findings" ? [] : [{ name, on, daysLeft: dayOf(on) - dayOf(today) }];
    })
    .filter(({ daysLeft }) => Math.abs(daysLeft) <= withinDays)
    .sort((a, b) => a.daysLeft - b.daysLeft || a.name.localeCompare(b.name));
}
