import type { Point, Rect } from "./elk.ts";

export type Side = "N" | "E" | "S" | "W";

export interface End {
  at: Point;
  side: Side;
}

const AWAY: Record<Side, Point> = { N: { x: 0, y: -1 }, E: { x: 1, y: 0 }, S: { x: 0, y: 1 }, W: { x: -1, y: 0 } };
/** How far a line keeps from a box it passes, and goes straight before it turns. */
const CLEAR = 16;
const BEND_COST = 48;
const SHARED_COST = 3;
/** How far around the two ends a way is looked for. */
const REACH = 220;
const MOST_BOXES = 24;
/** With fewer boxes than this in the way, lines get a second track beside each. */
const FEW_BOXES = 10;
const BESIDE = 10;

const stepOut = ({ at, side }: End): Point => ({ x: at.x + AWAY[side].x * CLEAR, y: at.y + AWAY[side].y * CLEAR });

/**
 * A way of level and upright stretches from one end to the other around the boxes and the titles: short, few bends, and not along
 * stretches that are `taken`. The same places give the same way.
 */
export function route(from: End, to: End, boxes: readonly Rect[], titles: readonly Rect[], taken: Taken): Point[] {
  const start = stepOut(from);
  const goal = stepOut(to);
  const area = grow(boundsOf([start, goal]), REACH);
  const around = boxes.filter((box) => overlaps(box, area));
  const near = around.slice(0, MOST_BOXES);
  const words = titles.filter((title) => overlaps(title, area));
  const found =
    plain(start, goal, from.side, [...wallsOf(around, CLEAR - 4), ...wallsOf(words, 1)], taken) ??
    search(start, goal, from.side, near, words, taken, CLEAR - 4) ??
    search(start, goal, from.side, near, words, taken, 1) ??
    direct(start, goal, from.side);
  const points = straighten([from.at, ...found, to.at]);
  taken.add(points);
  return points;
}

/** Stretches that lines already run along. */
export class Taken {
  readonly #level: Stretches = new Map();
  readonly #upright: Stretches = new Map();

  add(points: readonly Point[]): void {
    points.slice(1).forEach((b, index) => {
      const a = points[index] ?? b;
      if (a.y === b.y) keep(this.#level, a.y, a.x, b.x);
      else keep(this.#upright, a.x, a.y, b.y);
    });
  }

  has(a: Point, b: Point): boolean {
    return a.y === b.y ? runsAlong(this.#level, a.y, a.x, b.x) : runsAlong(this.#upright, a.x, a.y, b.y);
  }
}

/** By where across they are, about: from where to where they go. */
type Stretches = Map<number, [number, number][]>;

const about = (across: number) => Math.round(across / 4);

function keep(stretches: Stretches, across: number, from: number, to: number): void {
  const list = stretches.get(about(across));
  const ends: [number, number] = [Math.min(from, to), Math.max(from, to)];
  if (list === undefined) stretches.set(about(across), [ends]);
  else list.push(ends);
}

function runsAlong(stretches: Stretches, across: number, from: number, to: number): boolean {
  const list = stretches.get(about(across));
  if (list === undefined) return false;
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  return list.some(([start, end]) => start < high && end > low);
}

const wallsOf = (rects: readonly Rect[], clear: number) => rects.map((rect) => grow(rect, clear));

/** Where the middle stretch of a plain way may lie, as shares of the way. */
const MIDDLES = [0.5, 0, 1, 0.3, 0.7];

/** A way of two bends at most, where one of them is free: most ways are. */
function plain(start: Point, goal: Point, side: Side, walls: readonly Rect[], taken: Taken): Point[] | null {
  for (const share of MIDDLES) {
    const way = direct(start, goal, side, share);
    const isFree = way.slice(1).every((b, i) => {
      const a = way[i] ?? b;
      return !walls.some((wall) => crosses(wall, a, b)) && !taken.has(a, b);
    });
    if (isFree) return way;
  }
  return null;
}

/** A* over the lines that pass the boxes at a distance. */
function search(
  start: Point,
  goal: Point,
  side: Side,
  boxes: readonly Rect[],
  titles: readonly Rect[],
  taken: Taken,
  clear: number,
): Point[] | null {
  const beside = boxes.length < FEW_BOXES ? [0, BESIDE] : [0];
  const tracks = (ends: number[], edges: [number, number][]) =>
    [
      ...new Set([
        ...ends,
        ...edges.flatMap(([low, high]) => beside.flatMap((more) => [low - CLEAR - more, high + CLEAR + more])),
      ]),
    ].sort((a, b) => a - b);
  const beyond = (low: number, size: number) => (beside.length === 1 ? [] : [low - 3, low + size + 3]);
  const xs = tracks(
    [start.x, goal.x, (start.x + goal.x) / 2, ...titles.flatMap(({ x, width }) => beyond(x, width))],
    boxes.map(({ x, width }) => [x, x + width]),
  );
  const ys = tracks(
    [start.y, goal.y, (start.y + goal.y) / 2, ...titles.flatMap(({ y, height }) => beyond(y, height))],
    boxes.map(({ y, height }) => [y, y + height]),
  );
  const walls = [...wallsOf(boxes, clear), ...wallsOf(titles, 1)];
  const startsUpright = side === "N" || side === "S";
  const columns = xs.length;
  const indexOf = (ix: number, iy: number, upright: boolean) => ((iy * columns + ix) << 1) | (upright ? 1 : 0);
  const from = indexOf(xs.indexOf(start.x), ys.indexOf(start.y), startsUpright);
  const states = xs.length * ys.length * 2;
  const costs = new Float64Array(states).fill(Number.POSITIVE_INFINITY);
  const cameFrom = new Int32Array(states).fill(-1);
  const done = new Uint8Array(states);
  costs[from] = 0;
  const open = new Heap();
  open.push(from, 0);
  const pointOf = (index: number): Point => ({
    x: xs[(index >> 1) % columns] ?? 0,
    y: ys[Math.floor((index >> 1) / columns)] ?? 0,
  });
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (done[at] === 1) continue;
    done[at] = 1;
    const here = pointOf(at);
    if (here.x === goal.x && here.y === goal.y) return walk(at, cameFrom).map(pointOf);
    const ix = (at >> 1) % columns;
    const iy = Math.floor((at >> 1) / columns);
    const cost = costs[at] ?? 0;
    for (const [dx, dy] of NEXT) {
      const there = { x: xs[ix + dx], y: ys[iy + dy] };
      if (there.x === undefined || there.y === undefined) continue;
      const next = { x: there.x, y: there.y };
      const upright = dy !== 0;
      const length = Math.abs(next.x - here.x) + Math.abs(next.y - here.y);
      const bends = upright === ((at & 1) === 1) ? 0 : BEND_COST;
      const key = indexOf(ix + dx, iy + dy, upright);
      const known = costs[key] ?? 0;
      if (cost + bends + length >= known || walls.some((wall) => crosses(wall, here, next))) continue;
      const total = cost + bends + length * (taken.has(here, next) ? SHARED_COST : 1);
      if (total >= known) continue;
      costs[key] = total;
      cameFrom[key] = at;
      open.push(key, total + Math.abs(goal.x - next.x) + Math.abs(goal.y - next.y));
    }
  }
  return null;
}

const NEXT: readonly [number, number][] = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
];

function walk(end: number, cameFrom: Int32Array): number[] {
  const back = [end];
  for (let at = cameFrom[end] ?? -1; at >= 0; at = cameFrom[at] ?? -1) back.push(at);
  return back.reverse();
}

/** One bend or two, through everything: what is left when the ends are walled in. */
function direct(start: Point, goal: Point, side: Side, share = 0.5): Point[] {
  const x = start.x + (goal.x - start.x) * share;
  const y = start.y + (goal.y - start.y) * share;
  return side === "E" || side === "W"
    ? [start, { x, y: start.y }, { x, y: goal.y }, goal]
    : [start, { x: start.x, y }, { x: goal.x, y }, goal];
}

/** The short way that is drawn while a box is being moved. */
export const quickRoute = (from: End, to: End): Point[] =>
  straighten([from.at, ...direct(stepOut(from), stepOut(to), from.side), to.at]);

/** Without the points that lie on a straight line between others. */
export function straighten(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (last !== undefined && last.x === point.x && last.y === point.y) continue;
    const before = kept.at(-2);
    if (last !== undefined && before !== undefined)
      if ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y)) kept.pop();
    kept.push(point);
  }
  return kept;
}

/** How often ways cross each other. */
export function crossings(ways: readonly (readonly Point[])[]): number {
  const stretches = ways.flatMap((points, way) =>
    points.slice(1).map((b, index) => ({ a: points[index] ?? b, b, way })),
  );
  const level = stretches.filter(({ a, b }) => a.y === b.y);
  const upright = stretches.filter(({ a, b }) => a.x === b.x);
  let count = 0;
  for (const one of level)
    for (const other of upright)
      if (one.way !== other.way && between(other.a.x, one.a.x, one.b.x) && between(one.a.y, other.a.y, other.b.y))
        count++;
  return count;
}

const between = (n: number, a: number, b: number) => n > Math.min(a, b) && n < Math.max(a, b);

const crosses = (wall: Rect, a: Point, b: Point) =>
  Math.max(a.x, b.x) > wall.x &&
  Math.min(a.x, b.x) < wall.x + wall.width &&
  Math.max(a.y, b.y) > wall.y &&
  Math.min(a.y, b.y) < wall.y + wall.height;

export const overlaps = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

export const grow = ({ x, y, width, height }: Rect, by: number): Rect => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
});

/** The smallest rectangle around points. */
export function boundsOf(points: readonly Point[]): Rect {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** A binary heap: the smallest first; of equals, the one that came first. */
class Heap {
  readonly #items: { key: number; cost: number; order: number }[] = [];
  #order = 0;

  push(key: number, cost: number): void {
    const items = this.#items;
    items.push({ key, cost, order: this.#order++ });
    for (let at = items.length - 1; at > 0; ) {
      const up = (at - 1) >> 1;
      if (!this.#less(at, up)) break;
      this.#swap(at, up);
      at = up;
    }
  }

  pop(): number | undefined {
    const items = this.#items;
    const [first] = items;
    const last = items.pop();
    if (first === undefined || last === undefined || items.length === 0) return first?.key;
    items[0] = last;
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      const smaller = this.#less(left + 1, left) ? left + 1 : left;
      if (!this.#less(smaller, at)) break;
      this.#swap(at, smaller);
      at = smaller;
    }
    return first.key;
  }

  #less(a: number, b: number): boolean {
    const one = this.#items[a];
    const other = this.#items[b];
    if (one === undefined) return false;
    return other === undefined || one.cost < other.cost || (one.cost === other.cost && one.order < other.order);
  }

  #swap(a: number, b: number): void {
    const one = this.#items[a];
    const other = this.#items[b];
    if (one === undefined || other === undefined) return;
    this.#items[a] = other;
    this.#items[b] = one;
  }
}
