import { dayOf } from "./days.ts";
import type { Coverage, TargetCoverage } from "./schema.ts";

export interface Expiry {
  target: TargetCoverage;
  /** Null: it is not proven today. */
  on: string | null;
  /** Days from today to the last proven one; null when it is not proven. */
  daysLeft: number | null;
}

/** What is not proven today, and what will not be within so many days, the most pressing first. */
export function expiring({ targets, today }: Pick<Coverage, "targets" | "today">, withinDays: number): Expiry[] {
  return targets
    .flatMap((target): Expiry[] => {
      if (target.today !== "proven") return [{ target, on: null, daysLeft: null }];
      if (target.provenUntil === null) return [];
      const daysLeft = dayOf(target.provenUntil) - dayOf(today);
      return daysLeft <= withinDays ? [{ target, on: target.provenUntil, daysLeft }] : [];
    })
    .sort((a, b) => (a.daysLeft ?? -1) - (b.daysLeft ?? -1) || a.target.name.localeCompare(b.target.name));
}
