import type { Placed } from "../lay-out/place.ts";

/** Which side of its box each interface stands on: where its lines meet the box; without a line, the left. */
export function sidesOf({ boxes, lines }: Placed): Map<string, Map<string, "E" | "W">> {
  const middles = new Map(boxes.map(({ box, x, width }) => [box.id, x + width / 2]));
  const sides = new Map<string, Map<string, "E" | "W">>();
  const set = (box: string, socket: string | null, x: number | undefined) => {
    const middle = middles.get(box);
    if (socket === null || x === undefined || middle === undefined) return;
    const known = sides.get(box) ?? new Map<string, "E" | "W">();
    if (!known.has(socket)) known.set(socket, x > middle ? "E" : "W");
    sides.set(box, known);
  };
  for (const { line, points } of lines) {
    set(line.from, line.fromSocket, points[0]?.x);
    set(line.to, line.toSocket, points.at(-1)?.x);
  }
  return sides;
}
