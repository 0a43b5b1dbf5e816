import type { PlacedBox } from "../lay-out/place.ts";
import { FIGURE_HEIGHT, NAME_LINE, NAME_SIZE, rowMiddle, SUB_LINE, SUB_SIZE } from "../lay-out/size.ts";
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
}

/** A box as it is drawn, from its own upper left corner. */
export function boxMarks({ box, text, width, height }: PlacedBox, { sides }: BoxLook = {}): Mark[] {
  const marks: Mark[] = [...outline(box.shape, width, height, box)];
  const hasFigure = box.shape === "user" || box.shape === "patients";
  if (hasFigure) marks.push(...figure(width / 2, 10, box.shape === "patients"));
  const block = text.name.length * NAME_LINE + text.sub.length * SUB_LINE + (hasFigure ? FIGURE_HEIGHT : 0);
  let y = (text.head - block) / 2 + (hasFigure ? FIGURE_HEIGHT : 0);
  for (const line of text.name) {
    marks.push(words(line, width / 2, y + NAME_SIZE, { size: NAME_SIZE, weight: 600, anchor: "middle" }));
    y += NAME_LINE;
  }
  for (const line of text.sub) {
    marks.push(words(line, width / 2, y + SUB_SIZE, { anchor: "middle", tone: "soft-ink", fine: true }));
    y += SUB_LINE;
  }
  if (text.rows.length > 0)
    marks.push(shape(path(["M", 10, text.head, "H", width - 10]), { stroke: "line", width: 1, fine: true }));
  text.rows.forEach(({ socket, text: name }, row) => {
    const middle = rowMiddle(text, row) + 2;
    const side = sides?.get(socket.id) ?? "W";
    const right = side === "E";
    marks.push(
      words(name, right ? width - 16 : 16, middle + 2, {
        tone: socket.state === "used" ? "ink" : "soft-ink",
        anchor: right ? "end" : "start",
        fine: true,
      }),
      ...(side === "E" ? [] : socketMarks(socket, 0, middle - 2)),
      ...(side === "W" ? [] : socketMarks(socket, width, middle - 2)),
    );
  });
  return marks;
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
