import type { PlacedFrame } from "../lay-out/place.ts";
import { readableAt } from "../lay-out/reading.ts";
import { cut } from "../lay-out/text.ts";
import { TITLE_INDENT, TITLE_MOST, TITLE_SIZE, TITLE_SUB_SIZE, titleWidth } from "../lay-out/title.ts";
import { type Mark, rectPath, shape, words } from "./mark.ts";

/** Both lines of a title have room up to this size of the second. */
const SUB_MOST = 15;

/** A trust zone, from its own upper left corner: a dashed border is where trust ends. `near`: the zoom it is read at. */
export function zoneMarks({ frame, width, height, depth }: PlacedFrame, near = 1): Mark[] {
  const room = Math.min(width - 2 * TITLE_INDENT, titleWidth(frame));
  const size = readableAt(TITLE_SIZE, near, TITLE_MOST) ?? TITLE_MOST;
  const small = readableAt(TITLE_SUB_SIZE, near, SUB_MOST);
  const first = small === null ? 12 + size * 0.8 : 9 + size * 0.85;
  return [
    shape(rectPath(0, 0, width, height, 12), {
      fill: depth % 2 === 0 ? "zone" : "paper",
      stroke: "faint-ink",
      width: 1.4,
      dash: "9 5",
    }),
    words(cut(frame.name, size, room), TITLE_INDENT, first, { size, weight: 600, tone: "soft-ink" }),
    ...(frame.sub === "" || small === null
      ? []
      : [words(cut(frame.sub, small, room), TITLE_INDENT, first + small * 1.2, { size: small, tone: "soft-ink" })]),
  ];
}
