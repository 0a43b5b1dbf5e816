import { Element, type ElementKind, Flow, Layout, Port, type PortKind, type View, Zone } from "../design/schema.ts";
import type { SecurityFile } from "../schema.ts";
import type { Rect } from "../views/lay-out/elk.ts";
import type { Placed } from "../views/lay-out/place.ts";
import { ELEMENT_WORD } from "../views/words.ts";
import { put, type Step } from "./edit.ts";
import { newId, newName } from "./new-id.ts";

type Places = Layout["places"];

const round = (n: number) => Math.round(n);

/**
 * The picture as it stands, as places set by hand: from the first thing a person moves or adds on a view nothing on it jumps any more.
 * `changes` says what stands elsewhere now.
 */
export function pinned(file: SecurityFile, placed: Placed, changes: Places): Step {
  const { view } = placed.picture;
  const before = file.layouts.find(({ id }) => id === view);
  const places = new Map((before?.places ?? []).map((each) => [each.of, each]));
  for (const { box, x, y } of placed.boxes)
    if (box.of.kind === "elements" && box.of.id === box.id)
      places.set(box.id, { of: box.id, x: round(x), y: round(y) });
  for (const change of changes) places.set(change.of, { ...change, x: round(change.x), y: round(change.y) });
  const layout = Layout.parse({ ...(before ?? { id: view, name: view, view }), places: [...places.values()] });
  return put("layouts", layout);
}

/** Back to the layout engine's places. */
export const tidied = (file: SecurityFile, view: View): Step[] =>
  file.layouts.some(({ id }) => id === view) ? [{ do: "remove", kind: "layouts", id: view }] : [];

export interface Added {
  id: string;
  edit: Step[];
}

export function addElement(file: SecurityFile, placed: Placed, kind: ElementKind, at: { x: number; y: number }): Added {
  const name = newName(file.elements, ELEMENT_WORD[kind]);
  const id = newId(file, name);
  const zone = zoneAt(placed, { ...at, width: 0, height: 0 });
  const place = { of: id, ...clear(placed, at) };
  return { id, edit: [put("elements", Element.parse({ id, name, kind, zone })), pinned(file, placed, [place])] };
}

/** A free place near the wanted one: a step to the lower right while something stands there. */
function clear(placed: Placed, { x, y }: { x: number; y: number }): { x: number; y: number } {
  let at = { x, y };
  while (placed.boxes.some((box) => Math.abs(box.x - at.x) < 24 && Math.abs(box.y - at.y) < 24))
    at = { x: at.x + 28, y: at.y + 28 };
  return at;
}

const ZONE_WIDTH = 280;
const ZONE_HEIGHT = 160;

export function addZone(file: SecurityFile, placed: Placed, at: { x: number; y: number }): Added {
  const name = newName(file.zones, "Zone");
  const id = newId(file, name);
  const place = { of: id, ...at, width: ZONE_WIDTH, height: ZONE_HEIGHT };
  return { id, edit: [put("zones", Zone.parse({ id, name })), pinned(file, placed, [place])] };
}

export function addPort(file: SecurityFile, element: string, kind: PortKind): Added {
  const own = file.ports.filter((port) => port.element === element);
  const name = newName(own, "Interface");
  const id = newId(file, `${element} ${name}`);
  const isQuiet = kind === "service" ? "service-only" : kind === "debug" ? "unknown" : "used";
  return {
    id,
    edit: [put("ports", Port.parse({ id, name, element, kind, state: isQuiet, exposed: kind !== "logical" }))],
  };
}

/** An end of a flow: an element, and the interface of it where one was meant. */
export interface FlowEnd {
  element: string;
  port: string | null;
}

export function addFlow(file: SecurityFile, placed: Placed, from: FlowEnd, to: FlowEnd): Added {
  const nameOf = (id: string) => file.elements.find((element) => element.id === id)?.name ?? id;
  const name = newName(file.flows, `${nameOf(from.element)} to ${nameOf(to.element)}`)
    .replace(/ 1$/, "")
    .slice(0, 300);
  const id = newId(file, name);
  const flow = Flow.parse({ id, name, from: from.element, to: to.element, fromPort: from.port, toPort: to.port });
  return { id, edit: [put("flows", flow), pinned(file, placed, [])] };
}

/** Where things stand now that were moved: elements that stand in another zone than before change it. */
export function moved(
  file: SecurityFile,
  placed: Placed,
  now: ReadonlyMap<string, Rect>,
  together: ReadonlySet<string>,
): Step[] {
  const changes: Places = [];
  const steps: Step[] = [];
  for (const { box } of placed.boxes) {
    const at = now.get(box.id);
    if (at === undefined || box.of.kind !== "elements" || box.of.id !== box.id) continue;
    changes.push({ of: box.id, x: at.x, y: at.y });
    const element = file.elements.find(({ id }) => id === box.id);
    if (element === undefined || together.has(box.id)) continue;
    const zone = zoneAt(placed, at);
    if (zone !== box.zone) steps.push(put("elements", { ...element, zone }));
  }
  for (const { frame } of placed.zones) {
    const at = now.get(frame.id);
    const own = file.layouts.find(({ id }) => id === placed.picture.view)?.places.find(({ of }) => of === frame.id);
    const isEmpty =
      !placed.boxes.some(({ box }) => box.zone === frame.id) &&
      !placed.zones.some((zone) => zone.frame.parent === frame.id);
    if (at === undefined || (own?.width === undefined && !isEmpty)) continue;
    changes.push({ of: frame.id, ...at });
  }
  return [...steps, pinned(file, placed, changes)];
}

/** The innermost zone around the middle of a rectangle. */
function zoneAt({ zones }: Placed, { x, y, width, height }: Rect): string | null {
  const [middleX, middleY] = [x + width / 2, y + height / 2];
  const around = zones.filter(
    (zone) =>
      middleX >= zone.x && middleX <= zone.x + zone.width && middleY >= zone.y && middleY <= zone.y + zone.height,
  );
  return around.at(-1)?.frame.id ?? null;
}

/** The item under another name. */
export function renamed(file: SecurityFile, kind: "elements" | "zones", id: string, name: string): Step[] {
  const item = file[kind].find((each) => each.id === id);
  return item === undefined ? [] : [{ do: "put", kind, item: { ...item, name } }];
}
