import type { Frame } from "../picture.ts";
import type { Rect } from "./elk.ts";
import { textWidth } from "./text.ts";

export const TITLE_SIZE = 12;
export const TITLE_SUB_SIZE = 10.5;
/** Where the words begin, from the left edge of a zone. */
export const TITLE_INDENT = 16;
/** Up to here the title grows when it is seen from afar. */
export const TITLE_MOST = 22;
/** Room above what stands in a zone: its title, and a line that comes to a box from above turns below it. */
export const FRAME_HEAD = 60;
const ABOVE = 6;
const BELOW = 42;
/** Letters are bold, and a touch wider than counted. */
const BOLD = 1.06;

/** A title keeps room for letters of these sizes: larger ones than printed, for who sees the picture from afar. */
const GROWN = 17;
const SUB_GROWN = 14.6;

/** As wide as a zone must be to say its name. */
export const leastFrame = (frame: Pick<Frame, "name" | "sub">): { width: number; height: number } => ({
  width: Math.ceil(Math.max(96, titleWidth(frame) + 2 * TITLE_INDENT)),
  height: FRAME_HEAD,
});

/** How wide a title may be: larger letters than there is room for are cut. */
export const titleWidth = ({ name, sub }: Pick<Frame, "name" | "sub">): number =>
  Math.max(textWidth(name, GROWN) * BOLD, textWidth(sub, SUB_GROWN));

/** What the title of a zone covers, also seen from afar: no line passes here, and no label stands here. */
export function titleRect({ frame, x, y, width }: Rect & { frame: Pick<Frame, "name" | "sub"> }): Rect {
  const wide = Math.min(width - TITLE_INDENT, titleWidth(frame));
  return { x: x + TITLE_INDENT - 4, y: y + ABOVE, width: Math.max(0, wide) + 4, height: BELOW - ABOVE };
}
