import type { Reading } from "./reading.ts";

const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}(?:[Tt]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:?\d{2})?)?$/;

/** The time a document says it was made, as written; one that is no ISO 8601 date is reported and left out. */
export function readTimestamp(reading: Reading, stated: string | null, at: string): string | null {
  if (stated === null || (ISO_INSTANT.test(stated) && !Number.isNaN(Date.parse(stated)))) return stated;
  reading.report(at, "The time of creation is not an ISO 8601 date; it was left out.");
  return null;
}
