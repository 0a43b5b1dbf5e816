const DAY_MS = 86_400_000;

/** Whole days from one date to another (`YYYY-MM-DD`); negative when the other is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
