import type { Layout } from "../../design/schema.ts";
import type { Box, Frame, Line, Picture } from "../picture.ts";
import type { EnginePlaces, Point, Rect } from "./elk.ts";
import { endsOf } from "./ends.ts";
import { type LabelSpot, labelRect, labelSpots, middleOf } from "./labels.ts";
import { boundsOf, grow, overlaps, route, Taken } from "./route.ts";
import { type BoxText, boxText } from "./size.ts";
import { FRAME_HEAD, leastFrame, titleRect } from "./title.ts";

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
  /** Where its label is printed. */
  label: LabelSpot;
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
  const lines = placeLines(picture.lines, boxes, zones.map(titleRect), engine);
  const corners = [...boxes, ...zones].flatMap(({ x, y, width, height }) => [
    { x, y },
    { x: x + width, y: y + height },
  ]);
  const labels = lines.flatMap(({ line, label, points }) => {
    const { x, y, width, height } = labelRect(line, label);
    return [...points, { x, y }, { x: x + width, y: y + height }];
  });
  const all = [...corners, ...labels];
  return { picture, boxes, zones, lines, bounds: all.length === 0 ? NOTHING : grow(boundsOf(all), GAP) };
}

/** Signs of interfaces stand half outside their box. */
const SOCKET = 9;
const withSockets = ({ x, y, width, height, text }: PlacedBox): Rect =>
  text.rows.length === 0 ? { x, y, width, height } : { x: x - SOCKET, y, width: width + 2 * SOCKET, height };

/** What no label covers: boxes with the signs of their interfaces, and titles. */
export const keptClear = ({ boxes, zones }: Placed): Rect[] => [...boxes.map(withSockets), ...zones.map(titleRect)];

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
    const least = leastFrame(frame);
    const found = engine.zones.get(frame.id);
    const isEngines = found !== undefined && byHand.size === 0 && inside.length > 0;
    const parts = [...own, ...content, ...(isEngines ? [found] : [])];
    const empty = {
      ...(found ?? NOTHING),
      ...least,
      ...(hand === undefined ? {} : pointOf(hand)),
    };
    const full = parts.length === 0 ? empty : around(parts);
    const rect = { ...full, width: Math.max(full.width, own.length > 0 ? 0 : least.width) };
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

const pointOf = ({ x, y }: Point): Point => ({ x, y });

const around = (rects: readonly Rect[]): Rect =>
  boundsOf(
    rects.flatMap(({ x, y, width, height }) => [
      { x, y },
      { x: x + width, y: y + height },
    ]),
  );

function placeLines(
  lines: readonly Line[],
  boxes: readonly PlacedBox[],
  titles: readonly Rect[],
  engine: EnginePlaces,
): PlacedLine[] {
  const byId = new Map(boxes.map((box) => [box.box.id, box]));
  const stands = (id: string) => {
    const at = byId.get(id);
    const found = engine.boxes.get(id);
    return (
      at !== undefined && found !== undefined && Math.abs(at.x - found.x) < SAME && Math.abs(at.y - found.y) < SAME
    );
  };
  const inTheWay = [...boxes.filter(({ box }) => !stands(box.id)), ...titles];
  const taken = new Taken();
  const kept = new Map<string, Point[]>();
  for (const line of lines) {
    const way = engine.lines.get(line.id);
    if (way === undefined || !stands(line.from) || !stands(line.to)) continue;
    if (inTheWay.some((rect) => passes(way, rect))) continue;
    kept.set(line.id, way);
    taken.add(way);
  }
  const again = lines.filter(({ id, from, to }) => !kept.has(id) && byId.has(from) && byId.has(to));
  const ends = endsOf(again, byId);
  const ways = lines.flatMap((line) => {
    const own = ends.get(line.id);
    const points = kept.get(line.id) ?? (own === undefined ? undefined : route(own.from, own.to, boxes, titles, taken));
    return points === undefined ? [] : { line, points };
  });
  const labels = labelSpots(ways, [...boxes.map(withSockets), ...titles], { every: true });
  return ways.map(({ line, points }) => ({
    line,
    points,
    label: labels.get(line.id) ?? { ...middleOf(points), most: 0 },
  }));
}

const passes = (points: readonly Point[], box: Rect) =>
  points.slice(1).some((b, index) => overlaps(grow(boundsOf([points[index] ?? b, b]), 1), box));
