import type { FieldDifference } from "../../../features/security-file/diff/schema.ts";
import { fieldWord, optionWord } from "../form/words.ts";

/** The name of an item by its id; undefined: none of that id. */
export type NameOf = (id: string) => string | undefined;

export interface Sides {
  before: string[];
  after: string[];
  /** Entries of a list that stand on both sides, and are not shown. */
  same: number;
}

/** Both values of a field for a reader: ids as names, and of a list only what went and what came. */
export function sidesOf({ before, after }: FieldDifference, was: NameOf, is: NameOf): Sides {
  if (!Array.isArray(before) || !Array.isArray(after))
    return { before: entries(before, was), after: entries(after, is), same: 0 };
  const [old, now] = [before, after].map((list) => new Set(list.map((one) => JSON.stringify(one))));
  const gone = before.filter((one) => now?.has(JSON.stringify(one)) !== true);
  const come = after.filter((one) => old?.has(JSON.stringify(one)) !== true);
  // The same entries in another order: the order is what changed.
  if (gone.length === 0 && come.length === 0)
    return { before: entries(before, was), after: entries(after, is), same: 0 };
  return { before: entries(gone, was), after: entries(come, is), same: before.length - gone.length };
}

const entries = (value: unknown, name: NameOf): string[] =>
  Array.isArray(value)
    ? value.map((one) => said(one, name)).filter((one) => one !== "")
    : [said(value, name)].filter((one) => one !== "");

function said(value: unknown, name: NameOf): string {
  if (value === undefined || value === null || value === "") return "";
  if (value === true) return "Yes";
  if (value === false) return "No";
  if (typeof value === "string") return name(value) ?? (/^[a-z]+(-[a-z]+)*$/.test(value) ? optionWord(value) : value);
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return entries(value, name).join(", ");
  return Object.entries(value)
    .map(([key, part]) => ({ key, text: said(part, name) }))
    .filter(({ text }) => text !== "")
    .map(({ key, text }) => `${fieldWord(key)}: ${text}`)
    .join("; ");
}
