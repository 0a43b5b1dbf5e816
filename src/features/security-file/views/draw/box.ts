import type { PlacedBox } from "../lay-out/place.ts";
import { READABLE, readableAt } from "../lay-out/reading.ts";
import { type BoxText, FIGURE_HEIGHT, NAME_LINE, NAME_SIZE, rowMiddle, SUB_LINE, SUB_SIZE } from "../lay-out/size.ts";
import { cut, wrap } from "../lay-out/text.ts";
import type { Shape } from "../picture.ts";
import { circlePath, type Mark, path, rectPath, shape, words } from "./mark.ts";
import type { Sides } from "./sides.ts";
import { socketMarks } from "./socket.ts";

/** Outlines that are told apart without colour: a process is round, a store open, an external system square, hardware has cut corners. */
const OUTLINE: Record<Shape, (width: number, height: number) => string> = {
  process: (w, h) => rectPath(0, 0, w, h, 20),
  store: (w, h) => rectPath(0, 0, w, h),
  "external-system": (w, h) => rectPath(0, 0, w, h),
  user: (w, h) => rectPath(0, 0, w, h, 5),
  patients: (w, h) => rectPath(0, 0, w, h, 5),
  hardware: (w, h) => {
    const cut = Math.min(11, h / 3);
    return path([
      ...["M", cut, 0, "h", w - 2 * cut, "l", cut, cut, "v", h - 2 * cut, "l", -cut, cut],
      ...["h", 2 * cut - w, "l", -cut, -cut, "v", 2 * cut - h, "Z"],
    ]);
  },
};

export interface BoxLook {
  /** On which side each interface stands; where none is named, the left. */
  sides?: ReadonlyMap<string, Sides>;
  /** The zoom it is read at: letters grow as far as there is room, and small print goes where there is none. */
  near?: number;
}

/** A row of an interface has room up to this size. */
const ROW_MOST = 16;
const NAME_MOST = 26;
const INDENT = 16;
const COMFORTABLE = 11.5;

/** A box as it is drawn, from its own upper left corner. */
export function boxMarks({ box, text, width, height }: PlacedBox, { sides, near = 1 }: BoxLook = {}): Mark[] {
  const marks: Mark[] = [...outline(box.shape, width, height, box)];
  const hasFigure = box.shape === "user" || box.shape === "patients";
  if (hasFigure) marks.push(...figure(width / 2, 10, box.shape === "patients"));
  const above = hasFigure ? FIGURE_HEIGHT : 0;
  const { name, sub } = wordsAt(box, text, width, near, text.head - above);
  const block = name.lines.length * name.line + sub.lines.length * sub.line + above;
  let y = (text.head - block) / 2 + above;
  for (const { lines, line: high, size, weight, tone } of [name, sub])
    for (const line of lines) {
      marks.push(words(line, width / 2, y + (high + size * 0.72) / 2, { size, weight, anchor: "middle", tone }));
      y += high;
    }
  const rowSize = readableAt(SUB_SIZE, near, ROW_MOST);
  if (text.rows.length > 0)
    marks.push(shape(path(["M", 10, text.head, "H", width - 10]), { stroke: "line", width: 1 }));
  text.rows.forEach(({ socket, text: name }, row) => {
    const middle = rowMiddle(text, row);
    const side = sides?.get(socket.id) ?? "W";
    const right = side === "E";
    if (rowSize !== null)
      marks.push(
        words(cut(name, rowSize, width - 2 * INDENT), right ? width - INDENT : INDENT, middle + rowSize * 0.36, {
          size: rowSize,
          tone: socket.state === "used" ? "ink" : "soft-ink",
          anchor: right ? "end" : "start",
        }),
      );
    marks.push(
      ...(side === "E" ? [] : socketMarks(socket, 0, middle)),
      ...(side === "W" ? [] : socketMarks(socket, width, middle)),
    );
  });
  return marks;
}

/** The name with room to breathe, else as small as can be read. */
function nameAt(name: string, width: number, near: number, room: number) {
  const made = [COMFORTABLE, READABLE].map((least) => {
    const size = Math.min(NAME_MOST, Math.max(NAME_SIZE, least / near));
    const line = size * 1.18;
    return { lines: wrap(name, size, width, Math.max(1, Math.floor((room - 4) / line))), line, size };
  });
  return (
    made.find(({ lines }) => lines.join(" ") === name) ?? made[1] ?? { lines: [name], line: NAME_LINE, size: NAME_SIZE }
  );
}

/** Name and second line as large as they have to be at a zoom, within the head of the box. */
function wordsAt(box: PlacedBox["box"], text: BoxText, width: number, near: number, room: number) {
  const look = { weight: 600, tone: "ink" as const };
  const small = { weight: 400, tone: "soft-ink" as const, line: SUB_LINE, size: SUB_SIZE, lines: text.sub };
  if (near >= 1) return { name: { ...look, lines: text.name, line: NAME_LINE, size: NAME_SIZE }, sub: small };
  const { lines, line, size } = nameAt(box.name, width - 16, near, room);
  const size2 = readableAt(SUB_SIZE, near, ROW_MOST);
  const left = room - 6 - lines.length * line;
  const count =
    size2 === null || text.sub.length === 0 ? 0 : Math.min(text.sub.length, Math.floor(left / (size2 * 1.25)));
  const sub = { ...small, size: size2 ?? SUB_SIZE, line: (size2 ?? SUB_SIZE) * 1.25 };
  return {
    name: { ...look, lines, line, size },
    sub: { ...sub, lines: count === 0 ? [] : wrap(box.sub, sub.size, width - 20, count) },
  };
}

function outline(kind: Shape, width: number, height: number, box: PlacedBox["box"]): Mark[] {
  const { emphasis, inScope } = box;
  const isOutside = !inScope || emphasis === "outside";
  const look = {
    fill: emphasis === "origin" || emphasis === "reached" ? "alarm-soft" : isOutside ? "soft" : "paper",
    stroke: emphasis === "origin" || emphasis === "reached" ? "alarm" : "ink",
    width: emphasis === "origin" ? 3 : emphasis === "reached" ? 1.8 : 1.3,
    ...(isOutside ? { dash: "6 4" } : {}),
  } as const;
  const d = OUTLINE[kind](width, height);
  if (kind === "store")
    return [
      shape(d, { ...look, stroke: "none" }),
      shape(path(["M", width, 0, "H", 0, "V", height, "H", width]), { ...look, fill: "none" }),
      shape(path(["M", 7, 0, "V", height]), { ...look, fill: "none" }),
    ];
  if (kind === "external-system")
    return [shape(d, look), shape(path(["M", 0, 5, "H", width]), { ...look, fill: "none" })];
  return [shape(d, look)];
}

/** A person; several for patients. */
function figure(x: number, y: number, several: boolean): Mark[] {
  const one = (at: number, fill: "ink" | "soft-ink"): Mark[] => [
    shape(circlePath(at, y + 5, 4.5), { fill, stroke: "none" }),
    shape(path(["M", at - 9, y + 22, "c", 0, -13, 18, -13, 18, 0, "Z"]), { fill, stroke: "none" }),
  ];
  return several ? [...one(x - 16, "soft-ink"), ...one(x + 16, "soft-ink"), ...one(x, "ink")] : one(x, "ink");
}
