import type { SecurityFile } from "../schema.ts";
import { boxOf, byId, framesOf, lineOf, socketsByElement, zoneIds } from "./boxes.ts";
import type { Picture } from "./picture.ts";
import { VIEW_WORD } from "./words.ts";

/** The whole system: every element with its interfaces, every flow, every zone (FDA premarket guidance, App. 2, global system view). */
export function globalView(file: SecurityFile): Picture {
  const zones = zoneIds(file);
  const sockets = socketsByElement(file);
  const boxes = byId(file.elements.map((element) => boxOf(element, zones, { sockets: sockets.get(element.id) ?? [] })));
  return {
    view: "global",
    title: VIEW_WORD.global,
    zones: framesOf(file, [...boxes.values()], true),
    boxes: [...boxes.values()],
    lines: [...byId(file.flows).values()].flatMap((flow) => lineOf(flow, boxes) ?? []),
    notes: [],
  };
}
