import type { Socket } from "../picture.ts";
import { circlePath, type Mark, path, rectPath, shape } from "./mark.ts";

const HALF = 5;

/** Its outline says what it is: a square wired, a disc wireless, a diamond for debugging, a bar for media, a triangle for service. */
const OUTLINE: Record<Socket["kind"], (x: number, y: number) => string> = {
  wired: (x, y) => rectPath(x - HALF, y - HALF, 2 * HALF, 2 * HALF),
  wireless: (x, y) => circlePath(x, y, HALF),
  removable: (x, y) => rectPath(x - HALF - 1, y - 3, 2 * HALF + 2, 6),
  service: (x, y) =>
    path(["M", x, y - HALF - 1, "L", x + HALF + 1, y + HALF - 1, "L", x - HALF - 1, y + HALF - 1, "Z"]),
  debug: (x, y) =>
    path(["M", x, y - HALF - 2, "l", HALF + 2, HALF + 2, "l", -HALF - 2, HALF + 2, "l", -HALF - 2, -HALF - 2, "Z"]),
  user: (x, y) => rectPath(x - HALF, y - HALF, 2 * HALF, 2 * HALF, 3),
  logical: (x, y) => circlePath(x, y, 3.5),
};

/** An interface where it stands on a box: filled in use, empty otherwise, crossed when disabled; a ring when exposed. */
export function socketMarks({ kind, state, exposed }: Socket, x: number, y: number): Mark[] {
  const used = state === "used";
  const marks = [
    shape(OUTLINE[kind](x, y), {
      fill: used ? "ink" : "paper",
      width: 1.4,
      ...(state === "unknown" ? { dash: "2 1.5" } : {}),
    }),
  ];
  if (state === "disabled")
    marks.push(
      shape(path(["M", x - 6, y - 6, "L", x + 6, y + 6, "M", x - 6, y + 6, "L", x + 6, y - 6]), { width: 1.4 }),
    );
  if (exposed) marks.push(shape(circlePath(x, y, 9), { width: 1 }));
  return marks;
}
