import type { ReleaseSupport } from "../../../features/devices/parts/schema.ts";

/** How many parts are supported on each first of a month, and how many have no end announced. Pure. */
export interface SupportLine {
  months: { on: string; supported: number }[];
  /** Of the parts somebody knows of. */
  known: number;
  open: number;
}

const BEFORE = 12;
const AFTER = 60;

/** From a year before `today` to five years after it. A part counts until its last day. */
export function supportLine({ today, ends, open, outUndated, counts }: ReleaseSupport): SupportLine {
  const dated = ends.reduce((sum, { count }) => sum + count, 0);
  const [year = 0, month = 1] = today.split("-").map(Number);
  const months = Array.from({ length: BEFORE + AFTER + 1 }, (_, i) => {
    const index = year * 12 + (month - 1) - BEFORE + i;
    const on = `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}-01`;
    const over = ends.filter((end) => end.on < on).reduce((sum, { count }) => sum + count, 0);
    return { on, supported: open + dated - over };
  });
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { months, known: Math.max(all - counts.unknown, open + dated + outUndated), open };
}
