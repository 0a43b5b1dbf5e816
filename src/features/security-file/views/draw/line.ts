import type { Point } from "../lay-out/elk.ts";
import type { LabelSpot } from "../lay-out/labels.ts";
import { LABEL_HEIGHT, labelWidth, lineMarks, lineText, numberWidth } from "../lay-out/size.ts";
import type { Line } from "../picture.ts";
import { circlePath, type Mark, path, rectPath, shape, words } from "./mark.ts";

const BEND = 7;
const HEAD = 9;

/** A line with rounded bends; it ends where its arrow head begins. */
export function linePath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  const parts: (string | number)[] = ["M", first.x, first.y];
  rest.forEach((corner, index) => {
    const before = points[index] ?? first;
    const after = rest[index + 1];
    if (after === undefined) {
      parts.push("L", corner.x, corner.y);
      return;
    }
    const r = Math.min(BEND, length(before, corner) / 2, length(corner, after) / 2);
    const into = towards(corner, before, r);
    const out = towards(corner, after, r);
    parts.push("L", into.x, into.y, "Q", corner.x, corner.y, out.x, out.y);
  });
  return path(parts);
}

const length = (a: Point, b: Point) => Math.hypot(b.x - a.x, b.y - a.y);

function towards(from: Point, to: Point, by: number): Point {
  const all = length(from, to);
  return all === 0 ? from : { x: from.x + ((to.x - from.x) * by) / all, y: from.y + ((to.y - from.y) * by) / all };
}

function arrow(tip: Point, from: Point): string {
  const back = towards(tip, from, HEAD);
  const [nx, ny] = [(tip.y - back.y) * 0.42, (back.x - tip.x) * 0.42];
  return path(["M", tip.x, tip.y, "L", back.x + nx, back.y + ny, "L", back.x - nx, back.y - ny, "Z"]);
}

export function strokeMarks(line: Line, points: readonly Point[]): Mark[] {
  const [first, second] = points;
  const [last, beforeLast] = [points.at(-1), points.at(-2)];
  if (first === undefined || second === undefined || last === undefined || beforeLast === undefined) return [];
  const stroke = line.emphasis === "reached" || line.emphasis === "origin" ? "alarm" : "ink";
  const head = { fill: stroke, stroke: "none" } as const;
  return [
    shape(linePath(points), {
      stroke,
      width: line.emphasis === null ? 1.3 : 2,
      ...(line.dashed ? { dash: "6 4" } : {}),
    }),
    shape(arrow(last, beforeLast), head),
    ...(line.bothWays ? [shape(arrow(first, second), head)] : []),
  ];
}

/** Number, lock, command and code signs, and the words, around the middle of the label. */
export function labelMarks(line: Line, at: Point & Partial<LabelSpot>): Mark[] {
  const { most, leader } = at;
  const width = labelWidth(line, most);
  const left = at.x - width / 2;
  const marks: Mark[] = [
    ...(leader === undefined
      ? []
      : [
          shape(path(["M", at.x, at.y, "L", leader.x, leader.y]), { stroke: "faint-ink", width: 0.9 }),
          shape(circlePath(leader.x, leader.y, 1.8), { fill: "faint-ink", stroke: "none" }),
        ]),
    shape(rectPath(left, at.y - LABEL_HEIGHT / 2, width, LABEL_HEIGHT, 5), {
      fill: "paper",
      stroke: "none",
    }),
  ];
  let x = left + 6;
  for (const mark of lineMarks(line)) {
    if (mark === "number") {
      const wide = numberWidth(line.number ?? "");
      marks.push(
        shape(rectPath(x, at.y - 8, wide, 16, 8), { fill: "ink", stroke: "none" }),
        words(line.number ?? "", x + wide / 2, at.y + 3.8, { anchor: "middle", weight: 600, tone: "paper" }),
      );
      x += wide + 3;
      continue;
    }
    marks.push(...SIGNS[mark](x, at.y));
    x += 17;
  }
  const text = lineText(line, most);
  if (text !== "") marks.push(words(text, x, at.y + 3.8));
  return marks;
}

/** Small signs, 13 wide, from their left edge and their middle: a lock, a lever for commands, brackets for code. */
export const SIGNS: Record<"lock" | "command" | "code", (x: number, y: number) => Mark[]> = {
  lock: (x, y) => [
    shape(rectPath(x + 1.5, y - 1.5, 10, 8, 1.5), { fill: "ink", stroke: "none" }),
    shape(path(["M", x + 3.5, y - 1.5, "v", -2, "a", 3, 3, 0, 0, 1, 6, 0, "v", 2]), { width: 1.6 }),
  ],
  command: (x, y) => [
    shape(circlePath(x + 6.5, y, 6), { fill: "paper", width: 1.2 }),
    shape(path(["M", x + 4.8, y - 3.2, "L", x + 9.8, y, "L", x + 4.8, y + 3.2, "Z"]), { fill: "ink", stroke: "none" }),
  ],
  code: (x, y) => [
    shape(path(["M", x + 4, y - 5, "l", -3, 5, "l", 3, 5, "M", x + 9, y - 5, "l", 3, 5, "l", -3, 5]), { width: 1.5 }),
  ],
};
