import type * as z from "zod";
import { Fault } from "./fault.ts";
import type { Total } from "./page.ts";

export interface Page<T> {
  items: T[];
  next: string | null;
  total: Total;
}

/** Writes the place after a row as an opaque word for the next request. */
export const writeCursor = (place: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(place), "utf8").toString("base64url");

/** Reads a place back. Fault `bad_input` when the word was not made by `writeCursor` for this order. */
export function readCursor<T>(cursor: string | undefined, shape: z.ZodType<T>): T | null {
  if (cursor === undefined || cursor === "") return null;
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch (cause) {
    throw new Fault("bad_input", "The place in the list cannot be read", {
      at: "cursor",
      fix: "Ask for the first page again, without a cursor",
      cause,
    });
  }
}

/** Cuts one row more than asked for into a page; that row only tells that there is a next page. */
export function cutPage<T>(
  rows: T[],
  limit: number,
  total: Total,
  place: (row: T) => readonly (string | number)[],
): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? writeCursor(place(last)) : null, total };
}
