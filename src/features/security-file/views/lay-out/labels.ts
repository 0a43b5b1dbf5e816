import type { Line } from "../picture.ts";
import { Cells } from "./cells.ts";
import type { Point, Rect } from "./elk.ts";
import { READABLE } from "./reading.ts";
import { boundsOf, grow } from "./route.ts";
import { LABEL_HEIGHT, labelWidth, lineMarks, lineText, SUB_SIZE } from "./size.ts";

/** Where the label of a line stands: its middle, and how wide its words may be. */
export interface LabelSpot extends Point {
  most: number;
  /** Where a leader meets the line of a label that stands beside it. */
  leader?: Point;
}

interface Way {
  line: Line;
  points: readonly Point[];
}

/** How much of the words is left, the most first; 0 leaves the signs. What is lost costs as much as so many pixels of a worse place. */
const VARIANTS = [
  { most: 210, cost: 0 },
  { most: 150, cost: 5 },
  { most: 112, cost: 9 },
  { most: 72, cost: 26 },
  { most: 44, cost: 48 },
  { most: 0, cost: 80 },
];
/** Places along a stretch, the best first. */
const SHARES = [0.5, 0.36, 0.64, 0.22, 0.78];
const AWAY = 10;
const UPRIGHT = 6;
const LONGER_THAN_ITS_STRETCH = 14;
const ON_AN_END = 30;
const ON_ANOTHER_LINE = 24;
/** A label that covers more lines than this does not say which one it means. */
const MOST_COVERED = 2;
const APART = 3;
/** Beside its line: how wide its words are, how far away it may be (half as far where it may also be left out), and in which steps. */
const BESIDE = 150;
const MOST_BESIDE = 130;
const STEP_BESIDE = 13;
/** From further away many would stand beside their lines. */
const MOST_GROWN_BESIDE = 1.5;
/** Seen from further away, words would be larger than boxes. */
const FARTHEST = 0.34;

/** How much larger than printed a label is drawn so that it is readable at a zoom. */
export const labelScale = (near: number): number => Math.max(1, READABLE / near / SUB_SIZE);

/**
 * Places for the labels of lines as they are read at a zoom: each on its line, where it covers no box, no title, no other label, and as
 * few other lines as can be; its words shorter where there is no room. One without any room stands beside its line with a leader, if
 * there is a free place near, else it is not there; with `every` it is, as on paper, where nobody can point at a line.
 */
export function labelSpots(
  ways: readonly Way[],
  obstacles: readonly Rect[],
  { near = 1, every = false } = {},
): Map<string, LabelSpot> {
  const spots = new Map<string, LabelSpot>();
  if (near < FARTHEST) return spots;
  const scale = labelScale(near);
  const taken = new Cells<null>();
  for (const rect of obstacles) taken.add(rect, null);
  const stretches = new Cells<string>();
  for (const { line, points } of ways)
    points.slice(1).forEach((b, index) => {
      stretches.add(grow(boundsOf([points[index] ?? b, b]), 1), line.id);
    });
  const first = [...ways].sort((a, b) => lengthOf(a.points) - lengthOf(b.points) || (a.line.id < b.line.id ? -1 : 1));
  for (const way of first) {
    const spot = bestSpot(way, scale, taken, stretches) ?? spotBeside(way, scale, every, taken, stretches);
    if (spot === null) continue;
    spots.set(way.line.id, spot);
    taken.add(grow(labelRect(way.line, spot, scale), APART), null);
  }
  return spots;
}

/** What a label covers. */
export function labelRect(line: Line, { x, y, most }: LabelSpot, scale = 1): Rect {
  const [width, height] = [labelWidth(line, most) * scale, LABEL_HEIGHT * scale];
  return { x: x - width / 2, y: y - height / 2, width, height };
}

function bestSpot(
  { line, points }: Way,
  scale: number,
  taken: Cells<null>,
  stretches: Cells<string>,
): LabelSpot | null {
  let best: { cost: number; spot: LabelSpot } | null = null;
  const ends = [points[0], points.at(-1)];
  let before = "";
  for (const { most, cost: lost } of VARIANTS) {
    const text = lineText(line, most);
    if (text === before || (text === "" && lineMarks(line).length === 0)) continue;
    const shorter = before === "" ? 0 : lost;
    before = text;
    const wide = labelWidth(line, most) * scale;
    const high = LABEL_HEIGHT * scale;
    for (const { at, away, length, upright } of placesOn(points)) {
      const spot = { ...at, most };
      const rect = { x: at.x - wide / 2, y: at.y - high / 2, width: wide, height: high };
      let cost = shorter + away * AWAY + (upright ? UPRIGHT : rect.width > length ? LONGER_THAN_ITS_STRETCH : 0);
      if (best !== null && cost >= best.cost) continue;
      if (taken.hasIn(rect)) continue;
      const others = stretches.valuesIn(rect);
      others.delete(line.id);
      if (others.size > MOST_COVERED) continue;
      cost += others.size * ON_ANOTHER_LINE;
      if (ends.some((end) => end !== undefined && holds(grow(rect, 6), end))) cost += ON_AN_END;
      if (best === null || cost < best.cost) best = { cost, spot };
    }
  }
  return best?.spot ?? null;
}

/** The free place nearest to the middle of the line; for `every` one, on the line over whatever is there, where none is near. */
function spotBeside(
  { line, points }: Way,
  scale: number,
  every: boolean,
  taken: Cells<null>,
  stretches: Cells<string>,
): LabelSpot | null {
  if (scale > MOST_GROWN_BESIDE) return null;
  const leader = middleOf(points);
  const onIt = every ? { ...leader, most: BESIDE } : null;
  let best: { cost: number; spot: LabelSpot | null } = { cost: Number.POSITIVE_INFINITY, spot: onIt };
  const most = every ? MOST_BESIDE : MOST_BESIDE / 2;
  const [wide, high] = [labelWidth(line, BESIDE) * scale, LABEL_HEIGHT * scale];
  for (let down = -most; down <= most; down += STEP_BESIDE)
    for (let right = -most; right <= most; right += STEP_BESIDE) {
      const spot = { x: leader.x + right, y: leader.y + down, most: BESIDE, leader };
      const distance = Math.hypot(right, down);
      if (distance >= best.cost) continue;
      const rect = { x: spot.x - wide / 2, y: spot.y - high / 2, width: wide, height: high };
      if (taken.hasIn(rect)) continue;
      if (distance > STEP_BESIDE && passesUnder(spot, leader, taken)) continue;
      const cost = distance + stretches.valuesIn(rect).size * ON_ANOTHER_LINE;
      if (cost < best.cost) best = { cost, spot };
    }
  return best.spot;
}

/** True where a leader would go through something before it comes to its line. */
function passesUnder(from: Point, to: Point, taken: Cells<null>): boolean {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  for (let done = 0; done < length - 4; done += 8) {
    const [x, y] = [from.x + ((to.x - from.x) * done) / length, from.y + ((to.y - from.y) * done) / length];
    if (taken.hasIn({ x, y, width: 0.1, height: 0.1 })) return true;
  }
  return false;
}

/** The middle of the longest level stretch, else of the longest one. */
export function middleOf(points: readonly Point[]): Point {
  let best = { score: -1, at: points[0] ?? { x: 0, y: 0 } };
  points.slice(1).forEach((b, index) => {
    const a = points[index] ?? b;
    const length = Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
    const score = a.y === b.y ? length * 1.6 : length;
    if (score > best.score) best = { score, at: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } };
  });
  return best.at;
}

function* placesOn(points: readonly Point[]) {
  for (const [index, b] of points.slice(1).entries()) {
    const a = points[index] ?? b;
    const length = Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
    for (const share of SHARES)
      yield {
        at: { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share },
        away: Math.abs(share - 0.5),
        length,
        upright: a.x === b.x,
      };
  }
}

const lengthOf = (points: readonly Point[]) =>
  points.slice(1).reduce((sum, b, index) => {
    const a = points[index] ?? b;
    return sum + Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
  }, 0);

const holds = ({ x, y, width, height }: Rect, point: Point) =>
  point.x > x && point.x < x + width && point.y > y && point.y < y + height;
