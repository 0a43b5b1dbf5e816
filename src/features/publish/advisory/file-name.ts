/** The name of an advisory's file (CSAF 2.0, 5.1): its number in small letters, every run of other signs an underscore. */
export const fileNameOf = (trackingId: string): string =>
  `${trackingId.toLowerCase().replaceAll(/[^+\-a-z0-9]+/g, "_")}.json`;

/** The number of an advisory: `EXD-2026-0001`. */
export const trackingIdOf = (prefix: string, year: number, number: number): string =>
  `${prefix}-${year}-${String(number).padStart(4, "0")}`;
