import type { Placed } from "../lay-out/place.ts";

/** The left, the right, or both. */
export type Sides = "W" | "E" | "both";

/** Which side of its box each interface stands on: where its lines meet the box; without a line, the left. */
export function sidesOf({ boxes, lines }: Placed): Map<string, Map<string, Sides>> {
  const middles = new Map(boxes.map(({ box, x, width }) => [box.id, x + width / 2]));
  const sides = new Map<string, Map<string, Sides>>();
  const set = (box: string, socket: string | null, x: number | undefined) => {
    const middle = middles.get(box);
    if (socket === null || x === undefined || middle === undefined) return;
    const known = sides.get(box) ?? new Map<string, Sides>();
    const side = x > middle ? "E" : "W";
    const before = known.get(socket) ?? side;
    known.set(socket, before === side ? side : "both");
    sides.set(box, known);
  };
  for (const { line, points } of lines) {
    set(line.from, line.fromSocket, points[0]?.x);
    set(line.to, line.toSocket, points.at(-1)?.x);
  }
  return sides;
}
