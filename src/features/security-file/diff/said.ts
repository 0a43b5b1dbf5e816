import type { FieldDifference } from "./schema.ts";

/** A value on one short line. */
export function said(field: FieldDifference, side: "before" | "after"): string {
  const value = field[side];
  if (value === undefined || value === null || value === "") return "–";
  const text = (typeof value === "string" ? value : JSON.stringify(value)).replace(/\s+/g, " ");
  return text.length > 90 ? `${text.slice(0, 90).toWellFormed()}…` : text;
}
