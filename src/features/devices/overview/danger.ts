import type { Counts, DeviceFunction } from "../schema.ts";
import { HARMS, placeOfHarm } from "../schema.ts";

/** Worst harm among the functions as a number, 5 (catastrophic) to 1 (negligible); 0 when no function is stated. */
export const harmLevel = (functions: readonly Pick<DeviceFunction, "harm">[]): number =>
  Math.max(0, ...functions.map((f) => HARMS.length - HARMS.indexOf(f.harm)));

/**
 * The place of a device in "most endangered first", a 31-bit number: worst harm, then something exploited is open, then how many
 * are exploited, critical, high. 0 when nothing is open.
 */
export function dangerOf(harm: number, counts: Counts | null): number {
  if (counts === null || counts.open === 0) return 0;
  const exploited = counts.exploited > 0 ? 100_000_000 : 0;
  const order = Math.min(counts.exploited, 999) * 100_000 + Math.min(counts.critical, 999) * 100;
  return placeOfHarm(harm) * 200_000_000 + exploited + order + Math.min(counts.high, 99);
}
