import type { PlacedFrame } from "../lay-out/place.ts";
import { cut } from "../lay-out/text.ts";
import { type Mark, rectPath, shape, words } from "./mark.ts";

/** A trust zone, from its own upper left corner: a dashed border is where trust ends. */
export function zoneMarks({ frame, width, height, depth }: PlacedFrame): Mark[] {
  const room = width - 32;
  return [
    shape(rectPath(0, 0, width, height, 12), {
      fill: depth % 2 === 0 ? "zone" : "paper",
      stroke: "faint-ink",
      width: 1.4,
      dash: "9 5",
    }),
    words(cut(frame.name, 12, room), 16, 22, { size: 12, weight: 600, tone: "soft-ink" }),
    ...(frame.sub === ""
      ? []
      : [words(cut(frame.sub, 10.5, room), 16, 37, { size: 10.5, tone: "soft-ink", fine: true })]),
  ];
}
