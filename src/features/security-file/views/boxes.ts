import type { Element, Flow, Port } from "../design/schema.ts";
import type { SecurityFile } from "../schema.ts";
import type { Box, Emphasis, Frame, Line, Socket } from "./picture.ts";
import { OWNER_WORD } from "./words.ts";

const socketOf = ({ id, name, kind, state, exposed }: Port): Socket => ({ id, name, kind, state, exposed });

/** Interfaces of each element, in the order of the file. */
export function socketsByElement(file: SecurityFile): Map<string, Socket[]> {
  const sockets = new Map<string, Socket[]>();
  for (const port of file.ports) {
    const list = sockets.get(port.element);
    if (list === undefined) sockets.set(port.element, [socketOf(port)]);
    else list.push(socketOf(port));
  }
  return sockets;
}

/** An element as a box; `more` overrides what a view shows otherwise. */
export function boxOf(element: Element, zones: ReadonlySet<string>, more: Partial<Box> = {}): Box {
  const { id, name, kind, technology, zone, inScope } = element;
  return {
    id,
    of: { kind: "elements", id },
    name,
    shape: kind,
    sub: technology,
    zone: zone !== null && zones.has(zone) ? zone : null,
    sockets: [],
    inScope,
    emphasis: null,
    ...more,
  };
}

/** A flow as a line; null where an end is not on the picture. Sockets are named only where the picture draws them. */
export function lineOf(
  flow: Flow,
  boxes: ReadonlyMap<string, Box>,
  more: { number?: string; emphasis?: Emphasis | null } = {},
): Line | null {
  const from = boxes.get(flow.from);
  const to = boxes.get(flow.to);
  if (from === undefined || to === undefined) return null;
  const socketOn = (box: Box, port: string | null) =>
    port !== null && box.sockets.some(({ id }) => id === port) ? port : null;
  return {
    id: flow.id,
    of: { kind: "flows", id: flow.id },
    from: flow.from,
    to: flow.to,
    fromSocket: socketOn(from, flow.fromPort),
    toSocket: socketOn(to, flow.toPort),
    bothWays: flow.bothWays,
    label: flow.path.protocol === "" ? flow.name : flow.path.protocol,
    number: more.number ?? null,
    encrypted: flow.path.encrypted === true,
    carries: flow.carries,
    dashed: !flow.inScope,
    emphasis: more.emphasis ?? null,
  };
}

export const zoneIds = (file: SecurityFile): Set<string> => new Set(file.zones.map(({ id }) => id));

/** The zones that hold one of these boxes, and the zones around them; with `all`, empty ones too. */
export function framesOf(file: SecurityFile, boxes: readonly Box[], all = false): Frame[] {
  const byId = new Map(file.zones.map((zone) => [zone.id, zone]));
  const needed = new Set<string>();
  for (const box of boxes)
    for (let id = box.zone; id !== null && byId.has(id) && !needed.has(id); id = byId.get(id)?.parent ?? null)
      needed.add(id);
  const kept = file.zones.filter(({ id }) => all || needed.has(id));
  return kept.map(({ id, name, parent, owner, trust }) => ({
    id,
    name,
    parent: parent !== null && byId.has(parent) && isNested(byId, id) ? parent : null,
    sub: [owner === "unknown" ? "" : OWNER_WORD[owner], trust === null ? "" : `trust ${trust}`]
      .filter((part) => part !== "")
      .join(" · "),
  }));
}

/** False where going up from a zone comes back to one that was met: a cycle is no nesting. */
function isNested(byId: ReadonlyMap<string, { parent: string | null }>, id: string): boolean {
  const seen = new Set([id]);
  for (let at = byId.get(id)?.parent ?? null; at !== null; at = byId.get(at)?.parent ?? null) {
    if (seen.has(at)) return false;
    seen.add(at);
  }
  return true;
}

/** Boxes by id, where a later one of the same id is left out: a file that is being repaired can name one twice. */
export function byId<T extends { id: string }>(items: readonly T[]): Map<string, T> {
  const map = new Map<string, T>();
  for (const item of items) if (!map.has(item.id)) map.set(item.id, item);
  return map;
}
