import type { SupportEnd, SupportRecord } from "../schema.ts";
import { instant } from "./bounds.ts";

/** A support record that says nothing yet. */
export const noSupportRecord = {
  statedOn: null,
  purls: [],
  cpes: [],
  names: [],
  debian: null,
  extendedName: null,
  cycles: [],
  statement: null,
} satisfies Partial<SupportRecord>;

/** A day of the calendar at the head of a text; null when there is none. */
export function dayOf(text: string | null | undefined): string | null {
  const day = text?.slice(0, 10) ?? "";
  return instant(day)?.slice(0, 10) === day ? day : null;
}

/** endoflife.date's way: a date, true (ended, the day is not stated), false (not ended). Undefined when it is none of these. */
export function supportEnd(value: unknown): SupportEnd | undefined {
  if (value === undefined || value === null) return null;
  if (typeof value === "boolean") return value ? "ended" : "open";
  return typeof value === "string" ? (dayOf(value) ?? undefined) : undefined;
}
