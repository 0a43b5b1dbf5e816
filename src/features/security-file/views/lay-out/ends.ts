import type { Line } from "../picture.ts";
import type { Rect } from "./elk.ts";
import type { PlacedBox } from "./place.ts";
import type { End, Side } from "./route.ts";
import { rowMiddle } from "./size.ts";

const centre = ({ x, y, width, height }: Rect) => ({ x: x + width / 2, y: y + height / 2 });

/** The side of `box` that looks at `other`. */
function sideTowards(box: Rect, other: Rect, hasRows: boolean): Side {
  const a = centre(box);
  const b = centre(other);
  const apartX = Math.abs(b.x - a.x) - (box.width + other.width) / 2;
  const apartY = Math.abs(b.y - a.y) - (box.height + other.height) / 2;
  // Interfaces stand along the lower part: lines that name none come in at the head's sides or from above.
  if (apartX >= apartY || (hasRows && b.y > a.y)) return b.x >= a.x ? "E" : "W";
  return b.y >= a.y ? "S" : "N";
}

interface Wanted {
  line: string;
  end: "from" | "to";
  /** Where the other box stands along the side: the order that crosses least. */
  order: number;
}

/** Where each line leaves its boxes: at its interface, else spread along the side that looks at the other box. */
export function endsOf(
  lines: readonly Line[],
  boxes: ReadonlyMap<string, PlacedBox>,
): Map<string, { from: End; to: End }> {
  const found = new Map<string, { from?: End; to?: End }>();
  const spread = new Map<string, { box: PlacedBox; side: Side; wanted: Wanted[] }>();
  for (const line of lines)
    for (const end of ["from", "to"] as const) {
      const box = boxes.get(line[end]);
      const other = boxes.get(line[end === "from" ? "to" : "from"]);
      if (box === undefined || other === undefined) continue;
      const socket = end === "from" ? line.fromSocket : line.toSocket;
      const row = box.text.rows.findIndex(({ socket: { id } }) => id === socket);
      if (row >= 0) {
        const side = centre(other).x >= centre(box).x ? "E" : "W";
        const at = { x: side === "E" ? box.x + box.width : box.x, y: box.y + rowMiddle(box.text, row) };
        found.set(line.id, { ...found.get(line.id), [end]: { at, side } });
        continue;
      }
      const side = sideTowards(box, other, box.text.rows.length > 0);
      const key = `${box.box.id} ${side}`;
      const { x, y } = centre(other);
      const wanted = { line: line.id, end, order: side === "E" || side === "W" ? y : x };
      const place = spread.get(key);
      if (place === undefined) spread.set(key, { box, side, wanted: [wanted] });
      else place.wanted.push(wanted);
    }
  for (const { box, side, wanted } of spread.values()) {
    wanted.sort((a, b) => a.order - b.order || (a.line < b.line ? -1 : 1));
    wanted.forEach(({ line, end }, index) => {
      const share = (index + 1) / (wanted.length + 1);
      const height = box.text.rows.length > 0 ? box.text.head : box.height;
      const at =
        side === "E" || side === "W"
          ? { x: side === "E" ? box.x + box.width : box.x, y: box.y + height * share }
          : { x: box.x + box.width * share, y: side === "S" ? box.y + box.height : box.y };
      found.set(line, { ...found.get(line), [end]: { at, side } });
    });
  }
  const complete = new Map<string, { from: End; to: End }>();
  for (const [line, { from, to }] of found)
    if (from !== undefined && to !== undefined) complete.set(line, { from, to });
  return complete;
}
