import type { Coverage, GapReason } from "../../features/evidence/coverage/schema.ts";

export const WIDTH = 900;
const LABELS = 214;
const SHARES = 52;
const ROW = 24;
const BAR = 14;
const TOP = 44;
const DAY_MS = 86_400_000;

export interface Segment {
  x: number;
  width: number;
  standing: GapReason | "proven";
  from: string;
  until: string;
}

export interface CoverageLayout {
  height: number;
  left: number;
  right: number;
  months: { x: number; label: string; year: boolean }[];
  rows: { y: number; bar: number; name: string; full: string; share: string; segments: Segment[] }[];
  /** Share of the targets proven on each day, as steps of a line above the rows. */
  all: { path: string; top: number; bottom: number };
}

const MOST_NAME = 36;

/** Where everything of the picture stands: one bar a control, a day is a part of its width. */
export function layOutCoverage({ targets, days, from, total }: Coverage): CoverageLayout {
  const right = WIDTH - SHARES;
  const count = Math.max(1, days.length);
  const first = Date.parse(from);
  const x = (day: string, end = false) =>
    LABELS + ((Math.round((Date.parse(day) - first) / DAY_MS) + (end ? 1 : 0)) / count) * (right - LABELS);
  const bottom = TOP + 26;
  const y = (proven: number) => bottom - (targets.length === 0 ? 0 : (proven / targets.length) * 26);
  const steps = days.map(
    ({ on, proven }, i) =>
      `${i === 0 ? "M" : "H"}${round(x(on))}${i === 0 ? `,${round(y(proven))}` : `V${round(y(proven))}`}`,
  );
  return {
    height: bottom + 14 + targets.length * ROW + 6,
    left: LABELS,
    right,
    months: monthsOf(days.map(({ on }) => on)).map((on) => ({
      x: round(x(on)),
      label: new Date(`${on}T12:00:00Z`).toLocaleDateString("en-GB", { month: "short", timeZone: "UTC" }),
      year: on.slice(5, 7) === "01",
    })),
    rows: targets.map((target, i) => ({
      y: bottom + 14 + i * ROW,
      bar: BAR,
      name: target.name.length > MOST_NAME ? `${target.name.slice(0, MOST_NAME - 1)}…` : target.name,
      full: target.name,
      share: target.days === 0 ? "" : `${Math.floor((target.provenDays / target.days) * 100)} %`,
      segments: [
        ...target.proven.map((span) => ({ ...span, standing: "proven" as const })),
        ...target.gaps.map(({ reason, ...span }) => ({ ...span, standing: reason })),
      ].map(({ from: begin, until, standing }) => ({
        from: begin,
        until,
        standing,
        x: round(x(begin)),
        width: round(Math.max(0.6, x(until, true) - x(begin))),
      })),
    })),
    all: {
      path: total.calendarDays === 0 ? "" : `${steps.join("")}H${round(right)}V${bottom}H${LABELS}Z`,
      top: TOP,
      bottom,
    },
  };
}

const round = (n: number) => Math.round(n * 10) / 10;

/** First days of months; every third when there are many. */
function monthsOf(days: readonly string[]): string[] {
  const firsts = days.filter((day) => day.endsWith("-01"));
  return firsts.length <= 14 ? firsts : firsts.filter((day) => ["01", "04", "07", "10"].includes(day.slice(5, 7)));
}
