import type { Item, SecurityFile } from "../../schema.ts";
import { type Box, smallestAround, smallestFirst } from "./boxes.ts";

const ELEMENT = { width: 160, height: 80 };
const GAP = 60;

/**
 * A box for every zone and element: as the global picture has them where zones hold exactly what is in them, else laid out in a grid,
 * zones around what is in them (what lies in a box is in the zone: Threat Dragon knows it in no other way).
 */
export function arrange(file: SecurityFile): Map<string, Box> {
  const drawn = drawnBoxes(file);
  return drawn !== null && saysTheSame(file, drawn) ? drawn : grid(file);
}

function drawnBoxes({ layouts, zones, elements }: SecurityFile): Map<string, Box> | null {
  const layout = layouts.find(({ view }) => view === "global");
  if (layout === undefined) return null;
  const boxes = new Map<string, Box>();
  const zoneIds = new Set(zones.map(({ id }) => id));
  for (const { of, x, y, width, height } of layout.places) {
    if (zoneIds.has(of) && (width === undefined || height === undefined)) return null;
    boxes.set(of, {
      x,
      y,
      width: Math.max(10, width ?? ELEMENT.width),
      height: Math.max(10, height ?? ELEMENT.height),
    });
  }
  return [...zones, ...elements].every(({ id }) => boxes.has(id)) ? boxes : null;
}

function saysTheSame({ zones, elements }: SecurityFile, boxes: ReadonlyMap<string, Box>): boolean {
  const box = (id: string) => boxes.get(id) ?? { x: 0, y: 0, ...ELEMENT };
  const around = smallestFirst(zones.map(({ id }) => ({ id, box: box(id) })));
  const zoneOf = (id: string) => smallestAround(around, box(id))?.id ?? null;
  return (
    zones.every(({ id, parent }) => zoneOf(id) === parent) && elements.every(({ id, zone }) => zoneOf(id) === zone)
  );
}

interface Node {
  id: string;
  inside: Node[];
  zone: boolean;
}

function grid(file: SecurityFile): Map<string, Box> {
  const sizes = new Map<string, { width: number; height: number }>();
  const root: Node = { id: "", zone: true, inside: roots(file) };
  const order = innerFirst(root);
  for (const node of order) sizes.set(node.id, node.zone ? sizeAround(node, sizes) : ELEMENT);
  const boxes = new Map<string, Box>([["", { x: 0, y: 0, ...(sizes.get("") ?? ELEMENT) }]]);
  for (const node of order.toReversed()) placeInside(node, boxes, sizes);
  boxes.delete("");
  return boxes;
}

/** Zones and elements in their zones; a zone inside itself stands outside. */
function roots({ zones, elements }: SecurityFile): Node[] {
  const nodes = new Map(zones.map(({ id }) => [id, { id, inside: [], zone: true } as Node]));
  const top: Node[] = [];
  for (const zone of zones) {
    const node = nodes.get(zone.id) as Node;
    (isInsideItself(zone, zones.length, new Map(zones.map((one) => [one.id, one])))
      ? top
      : (nodes.get(zone.parent ?? "")?.inside ?? top)
    ).push(node);
  }
  for (const { id, zone } of elements) (nodes.get(zone ?? "")?.inside ?? top).push({ id, inside: [], zone: false });
  return top;
}

function isInsideItself(zone: Item<"zones">, limit: number, byId: ReadonlyMap<string, Item<"zones">>): boolean {
  let at = zone.parent;
  for (let i = 0; at !== null && i <= limit; i++) {
    if (at === zone.id) return true;
    at = byId.get(at)?.parent ?? null;
  }
  return at !== null;
}

function innerFirst(root: Node): Node[] {
  const out: Node[] = [];
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    out.push(node);
    open.push(...node.inside);
  }
  return out.toReversed();
}

const columnsOf = (node: Node) => Math.max(1, Math.ceil(Math.sqrt(node.inside.length)));

function cellOf(node: Node, sizes: ReadonlyMap<string, { width: number; height: number }>) {
  let [width, height] = [0, 0];
  for (const { id } of node.inside) {
    const size = sizes.get(id) ?? ELEMENT;
    width = Math.max(width, size.width);
    height = Math.max(height, size.height);
  }
  return { width: width + GAP, height: height + GAP };
}

function sizeAround(node: Node, sizes: ReadonlyMap<string, { width: number; height: number }>) {
  if (node.inside.length === 0) return { width: 2 * ELEMENT.width, height: 2 * ELEMENT.height };
  const [cell, columns] = [cellOf(node, sizes), columnsOf(node)];
  return { width: GAP + columns * cell.width, height: GAP + Math.ceil(node.inside.length / columns) * cell.height };
}

function placeInside(
  node: Node,
  boxes: Map<string, Box>,
  sizes: ReadonlyMap<string, { width: number; height: number }>,
): void {
  const outer = boxes.get(node.id);
  if (outer === undefined || node.inside.length === 0) return;
  const [cell, columns] = [cellOf(node, sizes), columnsOf(node)];
  node.inside.forEach(({ id }, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    boxes.set(id, {
      x: outer.x + GAP + column * cell.width,
      y: outer.y + GAP + row * cell.height,
      ...(sizes.get(id) ?? ELEMENT),
    });
  });
}
