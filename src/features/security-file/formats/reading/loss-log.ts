import type { Loss, LossOutcome } from "../schema.ts";

export const MAX_LOSSES = 100_000;
const MAX_VALUE = 200;

/** Gathers what did not fit. Keeps the first MAX_LOSSES and counts the rest. */
export class LossLog {
  readonly losses: Loss[] = [];
  total = 0;

  add(
    at: Loss["at"],
    loss: { field: string | null; value?: unknown; why: string; outcome?: LossOutcome; instead?: string },
  ) {
    this.total++;
    if (this.losses.length >= MAX_LOSSES) return;
    const { field, value, why, outcome = "dropped", instead = "" } = loss;
    this.losses.push({ at, field, value: inShort(value), why, outcome, instead });
  }
}

/** A value as one short line. */
export function inShort(value: unknown): string {
  if (value === undefined) return "";
  const text = typeof value === "string" ? value.slice(0, 2 * MAX_VALUE) : shallow(value);
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > MAX_VALUE ? `${line.slice(0, MAX_VALUE).toWellFormed()}…` : line;
}

/** JSON that stops after a few levels and members: what is shown of a value must not cost more than the value is worth. */
function shallow(value: unknown, depth = 0): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  if (depth > 2) return "…";
  if (Array.isArray(value))
    return `[${value
      .slice(0, 10)
      .map((one) => shallow(one, depth + 1))
      .join(",")}${value.length > 10 ? ",…" : ""}]`;
  const members = Object.entries(value).slice(0, 10);
  return `{${members.map(([key, one]) => `${key}:${shallow(one, depth + 1)}`).join(",")}}`;
}
