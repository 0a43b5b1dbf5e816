import type { Layout } from "../../design/schema.ts";
import type { Box, Frame, Line, Picture } from "../picture.ts";
import type { EnginePlaces, Point, Rect } from "./elk.ts";
import { endsOf } from "./ends.ts";
import { boundsOf, grow, overlaps, route, Taken } from "./route.ts";
import { type BoxText, boxText, labelWidth } from "./size.ts";

export interface PlacedBox extends Rect {
  box: Box;
  text: BoxText;
}

export interface PlacedFrame extends Rect {
  frame: Frame;
  /** How many zones are around it. */
  depth: number;
}

export interface PlacedLine {
  line: Line;
  points: Point[];
  /** Middle of its label. */
  label: Point;
}

/** A picture whose parts have places. */
export interface Placed {
  picture: Picture;
  boxes: PlacedBox[];
  /** Outer ones first. */
  zones: PlacedFrame[];
  lines: PlacedLine[];
  bounds: Rect;
}

type Places = Layout["places"];

const GAP = 20;
const FRAME_PADDING = 24;
const FRAME_HEAD = 52;
const SAME = 0.5;

/**
 * Puts everything where a person put it, else where the layout engine did. A box without a place of its own moves down until it
 * covers nothing; a zone is as large as what is in it, or as a person made it. Ways between boxes that stand where the engine put
 * them are the engine's.
 */
export function place(picture: Picture, engine: EnginePlaces, places: Places = []): Placed {
  const byHand = new Map(places.map((each) => [each.of, each]));
  const boxes = placeBoxes(picture.boxes, engine, byHand);
  const zones = placeZones(picture.zones, boxes, engine, byHand);
  const lines = placeLines(picture.lines, boxes, engine);
  const corners = [...boxes, ...zones].flatMap(({ x, y, width, height }) => [
    { x, y },
    { x: x + width, y: y + height },
  ]);
  const labels = lines.flatMap(({ line, label, points }) => [
    ...points,
    { x: label.x - labelWidth(line) / 2, y: label.y - 9 },
    { x: label.x + labelWidth(line) / 2, y: label.y + 9 },
  ]);
  const all = [...corners, ...labels];
  return { picture, boxes, zones, lines, bounds: all.length === 0 ? NOTHING : grow(boundsOf(all), GAP) };
}

const NOTHING: Rect = { x: 0, y: 0, width: 0, height: 0 };

function placeBoxes(boxes: readonly Box[], engine: EnginePlaces, byHand: ReadonlyMap<string, Places[number]>) {
  const anyByHand = boxes.some(({ id }) => byHand.has(id));
  const fixed: Rect[] = [];
  const placed = boxes.map((box): PlacedBox & { free: boolean } => {
    const text = boxText(box);
    const hand = byHand.get(box.id);
    const { x, y } = hand ?? engine.boxes.get(box.id) ?? NOTHING;
    const at = { x, y, width: text.width, height: text.height };
    if (hand !== undefined) fixed.push(at);
    return { box, text, ...at, free: hand === undefined };
  });
  return placed.map(({ free, ...at }): PlacedBox => {
    if (!free || !anyByHand) return at;
    const clear = { ...at, y: clearOf(at, fixed) };
    fixed.push(clear);
    return clear;
  });
}

/** How far down it has to go to cover none of the others. */
function clearOf(at: Rect, others: readonly Rect[]): number {
  let y = at.y;
  for (;;) {
    const inTheWay = others.find((other) => overlaps({ ...at, y }, grow(other, GAP / 2)));
    if (inTheWay === undefined) return y;
    y = inTheWay.y + inTheWay.height + GAP;
  }
}

function placeZones(
  zones: readonly Frame[],
  boxes: readonly PlacedBox[],
  engine: EnginePlaces,
  byHand: ReadonlyMap<string, Places[number]>,
): PlacedFrame[] {
  const made = new Map<string, Rect>();
  const rectOf = (frame: Frame): Rect => {
    const known = made.get(frame.id);
    if (known !== undefined) return known;
    const inside = [
      ...boxes.filter(({ box }) => box.zone === frame.id),
      ...zones.filter(({ parent }) => parent === frame.id).map(rectOf),
    ];
    const hand = byHand.get(frame.id);
    const own =
      hand?.width === undefined || hand.height === undefined
        ? []
        : [{ x: hand.x, y: hand.y, width: hand.width, height: hand.height }];
    const content = inside.map(({ x, y, width, height }) => ({
      x: x - FRAME_PADDING,
      y: y - FRAME_HEAD,
      width: width + 2 * FRAME_PADDING,
      height: height + FRAME_HEAD + FRAME_PADDING,
    }));
    const parts = [...own, ...content];
    const empty = {
      ...(engine.zones.get(frame.id) ?? { ...NOTHING, width: 240, height: 110 }),
      ...(hand === undefined ? {} : { x: hand.x, y: hand.y }),
    };
    const rect = parts.length === 0 ? empty : around(parts);
    made.set(frame.id, rect);
    return rect;
  };
  const byId = new Map(zones.map((zone) => [zone.id, zone]));
  const depthOf = ({ parent }: Frame): number => {
    const above = parent === null ? undefined : byId.get(parent);
    return above === undefined ? 0 : depthOf(above) + 1;
  };
  return zones.map((frame) => ({ frame, depth: depthOf(frame), ...rectOf(frame) })).sort((a, b) => a.depth - b.depth);
}

const around = (rects: readonly Rect[]): Rect =>
  boundsOf(
    rects.flatMap(({ x, y, width, height }) => [
      { x, y },
      { x: x + width, y: y + height },
    ]),
  );

function placeLines(lines: readonly Line[], boxes: readonly PlacedBox[], engine: EnginePlaces): PlacedLine[] {
  const byId = new Map(boxes.map((box) => [box.box.id, box]));
  const stands = (id: string) => {
    const at = byId.get(id);
    const found = engine.boxes.get(id);
    return (
      at !== undefined && found !== undefined && Math.abs(at.x - found.x) < SAME && Math.abs(at.y - found.y) < SAME
    );
  };
  const moved = boxes.filter(({ box }) => !stands(box.id));
  const taken = new Taken();
  const kept = new Map<string, PlacedLine>();
  for (const line of lines) {
    const way = engine.lines.get(line.id);
    if (way === undefined || !stands(line.from) || !stands(line.to)) continue;
    if (moved.some((box) => passes(way.points, box))) continue;
    kept.set(line.id, { line, points: way.points, label: way.label ?? middleOf(way.points) });
    taken.add(way.points);
  }
  const again = lines.filter(({ id, from, to }) => !kept.has(id) && byId.has(from) && byId.has(to));
  const ends = endsOf(again, byId);
  return lines.flatMap((line) => {
    const same = kept.get(line.id);
    const own = ends.get(line.id);
    if (same !== undefined || own === undefined) return same ?? [];
    const points = route(own.from, own.to, boxes, taken);
    return { line, points, label: middleOf(points) };
  });
}

const passes = (points: readonly Point[], box: Rect) =>
  points.slice(1).some((b, index) => overlaps(grow(boundsOf([points[index] ?? b, b]), 1), box));

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
