import * as z from "zod";
import type { Box, Frame, Line, Picture } from "../picture.ts";
import { boxText, LABEL_HEIGHT, labelWidth, rowMiddle } from "./size.ts";
import { FRAME_HEAD, leastFrame, TITLE_INDENT, titleWidth } from "./title.ts";

/** What the layout engine is given: the form of ELK's JSON, as far as it is used here. */
export interface EngineNode {
  id: string;
  width?: number;
  height?: number;
  layoutOptions?: Record<string, string>;
  children?: EngineNode[];
  ports?: { id: string; x: number; y: number; width: number; height: number; layoutOptions?: Record<string, string> }[];
  edges?: {
    id: string;
    sources: string[];
    targets: string[];
    labels: { text: string; width: number; height: number; layoutOptions: Record<string, string> }[];
  }[];
}

const OPTIONS = {
  "elk.algorithm": "layered",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.randomSeed": "1",
  "elk.json.shapeCoords": "ROOT",
  "elk.json.edgeCoords": "ROOT",
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.layered.feedbackEdges": "true",
  "elk.spacing.nodeNode": "36",
  "elk.spacing.edgeNode": "20",
  "elk.spacing.edgeEdge": "14",
  "elk.spacing.edgeLabel": "4",
  "elk.spacing.componentComponent": "30",
  "elk.layered.spacing.nodeNodeBetweenLayers": "26",
  "elk.layered.spacing.edgeNodeBetweenLayers": "16",
  "elk.layered.spacing.edgeEdgeBetweenLayers": "14",
};
/** Finding the best places takes ten times as long as finding good ones, which is felt from here on. */
const MANY_BOXES = 80;
const FAST = { "elk.layered.nodePlacement.strategy": "LINEAR_SEGMENTS", "elk.layered.thoroughness": "1" };
const SIDE_PADDING = 24;
/** Half of what a box is wide at least. */
const HALF_BOX = 66;

/** Around what stands in a zone. Where lines come from above, a box stands so far to the right that they pass beside the title. */
const paddingOf = (frame: Frame, fromAbove: boolean): string => {
  const title = TITLE_INDENT + titleWidth(frame) + 8;
  const left = fromAbove ? Math.min(110, Math.max(SIDE_PADDING, Math.ceil(title - HALF_BOX))) : SIDE_PADDING;
  return `[top=${FRAME_HEAD},left=${left},bottom=${SIDE_PADDING},right=${SIDE_PADDING}]`;
};
const INLINE = { "elk.edgeLabels.inline": "true" };

type Direction = "RIGHT" | "DOWN";

/** How a picture is laid out: as one order of layers through all zones, or zone by zone, with the zones packed side by side. */
export interface Plan {
  direction: Direction;
  zoneByZone: boolean;
  /** Room is kept for the label of each line; without, the picture is smaller and labels find their places afterwards. */
  labelRoom: boolean;
  aspectRatio: number;
}

const ONE_ORDER: Plan = { direction: "RIGHT", zoneByZone: false, labelRoom: true, aspectRatio: 1.7 };

const TIGHT: Plan = { ...ONE_ORDER, labelRoom: false };

/** In one order of layers a large picture is fifty times as wide as a window. */
const MANY: Plan = { ...TIGHT, zoneByZone: true, aspectRatio: 1.6 };

/** Views that tell a sequence: zone by zone it would jump to and fro. */
const IN_ORDER: readonly Picture["view"][] = ["update", "use-cases"];

/** Plans worth trying for a picture, the best ordered ones first; a large one is laid out once, which takes long enough. */
export const plansFor = (picture: Picture): readonly Plan[] => {
  if (picture.boxes.length > MANY_BOXES) return [picture.zones.length < 2 ? TIGHT : MANY];
  const ordered: Plan[] = [ONE_ORDER, TIGHT, { ...ONE_ORDER, direction: "DOWN" }, { ...TIGHT, direction: "DOWN" }];
  return picture.zones.length < 2 || IN_ORDER.includes(picture.view)
    ? ordered
    : [
        ...ordered,
        { ...TIGHT, zoneByZone: true, aspectRatio: 1.2 },
        { ...TIGHT, zoneByZone: true, aspectRatio: 1.8 },
        { ...TIGHT, direction: "DOWN", zoneByZone: true, aspectRatio: 1.8 },
      ];
};

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** The picture as a graph for the layout engine. The same things give the same graph, in whatever order they come, and so the same places. */
export function engineGraph(given: Picture, plan: Plan = ONE_ORDER): EngineNode {
  const picture = {
    ...given,
    boxes: [...given.boxes].sort(byId),
    lines: [...given.lines].sort(byId),
    zones: [...given.zones].sort(byId),
  };
  const { direction, zoneByZone, labelRoom, aspectRatio } = plan;
  const options = {
    ...OPTIONS,
    ...(picture.boxes.length > MANY_BOXES ? FAST : {}),
    "elk.direction": direction,
    "elk.hierarchyHandling": zoneByZone ? "SEPARATE_CHILDREN" : "INCLUDE_CHILDREN",
    "elk.aspectRatio": String(aspectRatio),
  };
  const inside = new Map<string | null, EngineNode[]>();
  const put = (parent: string | null, node: EngineNode) => {
    const list = inside.get(parent);
    if (list === undefined) inside.set(parent, [node]);
    else list.push(node);
  };
  for (const box of picture.boxes) put(box.zone, boxNode(box, picture.lines, direction));
  const frameNode = (frame: Frame): EngineNode => {
    const children = [
      ...picture.zones.filter(({ parent }) => parent === frame.id).map(frameNode),
      ...(inside.get(frame.id) ?? []),
    ];
    const least = leastFrame(frame);
    if (children.length === 0) return { id: `z:${frame.id}`, ...least };
    // Downwards through all zones the engine takes the least width for a height; the padding is wide enough there.
    const fromAbove = direction === "DOWN" && !zoneByZone;
    const own = {
      "elk.padding": paddingOf(frame, fromAbove),
      ...(fromAbove
        ? {}
        : {
            "elk.nodeSize.constraints": "MINIMUM_SIZE",
            "elk.nodeSize.minimum": `(${least.width},${least.height})`,
          }),
    };
    return { id: `z:${frame.id}`, layoutOptions: zoneByZone ? { ...options, ...own } : own, children };
  };
  const boxes = new Map(picture.boxes.map((box) => [box.id, box]));
  const outer = picture.zones.filter(({ parent }) => parent === null).map(frameNode);
  return {
    id: "root",
    layoutOptions: options,
    children: [...outer, ...(inside.get(null) ?? [])],
    edges: picture.lines.map((line) => ({
      id: `l:${line.id}`,
      sources: [endOf(boxes, line, "from")],
      targets: [endOf(boxes, line, "to")],
      labels: labelRoom
        ? [{ text: line.label, width: labelWidth(line), height: LABEL_HEIGHT, layoutOptions: INLINE }]
        : [],
    })),
  };
}

const SIDE = { E: "EAST", W: "WEST", N: "NORTH", S: "SOUTH" } as const;

const hasRows = (box: Box) => box.sockets.length > 0;

function endOf(boxes: ReadonlyMap<string, Box>, line: Line, end: "from" | "to"): string {
  const box = boxes.get(line[end]);
  const socket = end === "from" ? line.fromSocket : line.toSocket;
  if (box === undefined || !hasRows(box)) return `b:${line[end]}`;
  return socket === null ? `e:${line.id}:${end}` : socketEnd(box, socket, end);
}

/** An interface has a place on both sides of its box: what comes in meets the left one, what goes out leaves by the right. */
const socketEnd = (box: Box, socket: string, end: "from" | "to") =>
  `s:${box.id}:${socket}:${end === "from" ? "E" : "W"}`;

function boxNode(box: Box, lines: readonly Line[], direction: Direction): EngineNode {
  const text = boxText(box);
  const node: EngineNode = { id: `b:${box.id}`, width: text.width, height: text.height };
  if (!hasRows(box)) return node;
  const ports: NonNullable<EngineNode["ports"]> = [];
  const add = (id: string, side: keyof typeof SIDE, x: number, y: number) =>
    ports.push({ id, x, y, width: 0, height: 0, layoutOptions: { "elk.port.side": SIDE[side] } });
  box.sockets.forEach((socket, row) => {
    for (const side of ["W", "E"] as const) {
      const uses = lines.some((line) =>
        side === "E"
          ? line.from === box.id && line.fromSocket === socket.id
          : line.to === box.id && line.toSocket === socket.id,
      );
      if (uses) add(`s:${box.id}:${socket.id}:${side}`, side, side === "E" ? text.width : 0, rowMiddle(text, row));
    }
  });
  for (const end of ["from", "to"] as const) {
    const free = lines.filter(
      (line) => line[end] === box.id && (end === "from" ? line.fromSocket : line.toSocket) === null,
    );
    free.forEach((line, index) => {
      const share = (index + 1) / (free.length + 1);
      const out = end === "from";
      if (direction === "DOWN") add(`e:${line.id}:${end}`, out ? "S" : "N", text.width * share, out ? text.height : 0);
      else add(`e:${line.id}:${end}`, out ? "E" : "W", out ? text.width : 0, text.head * share);
    });
  }
  return { ...node, ports, layoutOptions: { "elk.portConstraints": "FIXED_POS" } };
}

const point = z.object({ x: z.number(), y: z.number() });
const rect = point.extend({ width: z.number(), height: z.number() });
export type Point = z.infer<typeof point>;
export type Rect = z.infer<typeof rect>;

const Answer = z.object({
  ...rect.partial().shape,
  id: z.string(),
  children: z.array(z.unknown()).optional(),
  edges: z
    .array(
      z.object({
        id: z.string(),
        sections: z
          .array(z.object({ startPoint: point, bendPoints: z.array(point).optional(), endPoint: point }))
          .optional(),
      }),
    )
    .optional(),
});

/** Places as the layout engine found them, from the upper left corner of the picture. */
export interface EnginePlaces {
  boxes: Map<string, Rect>;
  zones: Map<string, Rect>;
  lines: Map<string, Point[]>;
}

export function readEngine(answer: unknown): EnginePlaces {
  const places: EnginePlaces = { boxes: new Map(), zones: new Map(), lines: new Map() };
  const visit = (value: unknown): void => {
    const node = Answer.parse(value);
    const { x = 0, y = 0, width = 0, height = 0 } = node;
    if (node.id.startsWith("b:")) places.boxes.set(node.id.slice(2), { x, y, width, height });
    if (node.id.startsWith("z:")) places.zones.set(node.id.slice(2), { x, y, width, height });
    for (const edge of node.edges ?? []) {
      const [section] = edge.sections ?? [];
      if (section === undefined) continue;
      places.lines.set(edge.id.slice(2), level([section.startPoint, ...(section.bendPoints ?? []), section.endPoint]));
    }
    node.children?.forEach(visit);
  };
  visit(answer);
  return places;
}

const SLANT = 3;

/** The engine lets a line that was meant level rise by a pixel or two. */
function level(points: readonly Point[]): Point[] {
  const made: Point[] = [];
  for (const { x, y } of points) {
    const before = made.at(-1);
    made.push({
      x: before !== undefined && Math.abs(before.x - x) < SLANT ? before.x : x,
      y: before !== undefined && Math.abs(before.y - y) < SLANT ? before.y : y,
    });
  }
  return made;
}
