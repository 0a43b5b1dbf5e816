import type { Edge, Node, NodeHandle } from "@xyflow/react";
import { Position } from "@xyflow/react";
import { type Sides, sidesOf } from "../../../features/security-file/views/draw/sides.ts";
import type {
  Placed,
  PlacedBox,
  PlacedFrame,
  PlacedLine,
} from "../../../features/security-file/views/lay-out/place.ts";
import { rowMiddle } from "../../../features/security-file/views/lay-out/size.ts";
import type { Light } from "../../../features/security-file/views/light.ts";
import { ELEMENT_WORD, PORT_STATE_WORD } from "../../../features/security-file/views/words.ts";

export type Shine = "lit" | "dim" | null;

export type BoxNode = Node<
  { placed: PlacedBox; sides: ReadonlyMap<string, Sides>; shine: Shine; mayEdit: boolean },
  "box"
>;
export type ZoneNode = Node<{ placed: PlacedFrame; shine: Shine; mayEdit: boolean }, "zone">;
export type CanvasNode = BoxNode | ZoneNode;
export type LineEdge = Edge<
  { placed: PlacedLine; from: { x: number; y: number }; to: { x: number; y: number }; shine: Shine },
  "line"
>;

/** Sides of a box that a flow can be drawn from when it is not drawn from an interface. */
export const SIDES = [
  { id: "side:N", position: Position.Top },
  { id: "side:E", position: Position.Right },
  { id: "side:S", position: Position.Bottom },
  { id: "side:W", position: Position.Left },
] as const;

/** The interface that a handle stands for, or null for a side. */
export const portOf = (handle: string | null | undefined): string | null =>
  handle == null || handle.startsWith("side:") ? null : handle;

function handlesOf({ box, text, width, height }: PlacedBox, sides: ReadonlyMap<string, Sides>): NodeHandle[] {
  const at = { side: { N: [width / 2, 0], E: [width, text.head / 2], S: [width / 2, height], W: [0, text.head / 2] } };
  const round = SIDES.map(({ id, position }): NodeHandle => {
    const [x = 0, y = 0] = at.side[id.slice(5) as "N"];
    return { id, type: "source", position, x: x - 5, y: y - 5, width: 10, height: 10 };
  });
  const rows = box.sockets.map(({ id }, row): NodeHandle => {
    const right = sides.get(id) === "E";
    return {
      ...{ id, type: "source", position: right ? Position.Right : Position.Left, width: 14, height: 14 },
      ...{ x: (right ? width : 0) - 7, y: rowMiddle(text, row) - 7 },
    };
  });
  return [...round, ...rows];
}

const NO_SIDES: ReadonlyMap<string, Sides> = new Map();

/** What the canvas shows, from what the picture says. Places inside a zone count from its corner. */
export function graphOf(
  placed: Placed,
  light: Light | null,
  mayEdit: boolean,
): { nodes: CanvasNode[]; edges: LineEdge[] } {
  const sides = sidesOf(placed);
  const zones = new Map(placed.zones.map((zone) => [zone.frame.id, zone]));
  const boxes = new Map(placed.boxes.map((box) => [box.box.id, box]));
  const within = (parent: string | null, x: number, y: number) => {
    const zone = parent === null ? undefined : zones.get(parent);
    return zone === undefined ? { x, y } : { x: x - zone.x, y: y - zone.y };
  };
  const shine = (...ids: string[]): Shine =>
    light === null ? null : ids.some((id) => light.ids.has(id)) ? "lit" : "dim";
  const zoneNodes = placed.zones.map(
    (zone): ZoneNode => ({
      ...{ id: zone.frame.id, type: "zone", zIndex: zone.depth, draggable: mayEdit, selectable: true },
      ...{ width: zone.width, height: zone.height, position: within(zone.frame.parent, zone.x, zone.y) },
      ...(zone.frame.parent === null ? {} : { parentId: zone.frame.parent }),
      data: { placed: zone, mayEdit, shine: light?.ids.has(zone.frame.id) === true ? "lit" : null },
      ariaLabel: `Trust zone ${zone.frame.name}`,
    }),
  );
  const boxNodes = placed.boxes.map((box): BoxNode => {
    const own = sides.get(box.box.id) ?? NO_SIDES;
    const isElement = box.box.of.kind === "elements" && box.box.of.id === box.box.id;
    return {
      ...{
        id: box.box.id,
        type: "box",
        zIndex: 20,
        draggable: mayEdit && isElement,
        connectable: mayEdit && isElement,
      },
      ...{ width: box.width, height: box.height, position: within(box.box.zone, box.x, box.y) },
      ...(box.box.zone === null || !zones.has(box.box.zone) ? {} : { parentId: box.box.zone }),
      handles: handlesOf(box, own),
      data: { placed: box, sides: own, mayEdit: mayEdit && isElement, shine: shine(box.box.id, box.box.of.id) },
      ariaLabel: wordsFor(box),
    };
  });
  const edges = placed.lines.map(
    (line): LineEdge => ({
      ...{ id: `line:${line.line.id}`, type: "line", source: line.line.from, target: line.line.to, zIndex: 10 },
      sourceHandle: line.line.fromSocket ?? "side:E",
      targetHandle: line.line.toSocket ?? "side:W",
      data: {
        placed: line,
        from: cornerOf(boxes.get(line.line.from)),
        to: cornerOf(boxes.get(line.line.to)),
        shine: shine(line.line.id),
      },
      ariaLabel: `${line.line.label}, from ${boxes.get(line.line.from)?.box.name} to ${boxes.get(line.line.to)?.box.name}${line.line.encrypted ? ", encrypted" : ""}`,
    }),
  );
  return { nodes: [...zoneNodes, ...boxNodes], edges };
}

const cornerOf = (box: PlacedBox | undefined) => ({ x: box?.x ?? 0, y: box?.y ?? 0 });

function wordsFor({ box }: PlacedBox): string {
  const kind = box.shape === "patients" ? "Patients" : ELEMENT_WORD[box.shape];
  const sockets = box.sockets.map(({ name, state }) => `${name} ${PORT_STATE_WORD[state]}`);
  return [`${kind} ${box.name}`, ...(sockets.length === 0 ? [] : [`interfaces: ${sockets.join(", ")}`])].join(", ");
}
