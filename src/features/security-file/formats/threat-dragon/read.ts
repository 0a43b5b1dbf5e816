import { Fault } from "../../../../lib/fault.ts";
import { isObject, type JsonValue } from "../../../../lib/json.ts";
import type { SecurityFile } from "../../schema.ts";
import { Draft, type Drafted } from "../reading/draft.ts";
import type { LossLog } from "../reading/loss-log.ts";
import { describe } from "../reading/remarks.ts";
import { Source } from "../reading/source.ts";
import { type Box, smallestAround, smallestFirst } from "./boxes.ts";
import { CELL_KEPT, DRAWING, SHAPES, TITLE } from "./fields.ts";
import { readThreats } from "./read-threats.ts";

const MAX_BOXES = 2_000;
const GAP = 100;

interface Cell {
  source: Source;
  data: Source;
  shape: (typeof SHAPES)[string] | undefined;
  box: Box | null;
  /** Of the item it became. */
  id: string | null;
}

interface Picture {
  places: { of: string; x: number; y: number; width?: number; height?: number }[];
  notes: string[];
  /** Where the next diagram begins. */
  top: number;
}

/** Reads a model of Threat Dragon 2. Several diagrams become one picture, one below the other. */
export function readThreatDragon(value: JsonValue, log: LossLog): SecurityFile {
  if (!isObject(value))
    throw new Fault("bad_input", "A Threat Dragon model is an object", { fix: "Save the model as JSON again" });
  const draft = new Draft(log);
  const model = new Source(value, "model", "", log);
  model.pass("version", "$schema");
  const summary = model.one("summary", "summary");
  summary?.leave("A security file takes it from its release", "title", "id", "owner", "description");
  summary?.close();
  const detail = model.one("detail", "detail");
  detail?.leave("Who may read and write is known by the program, not by the file", "contributors", "reviewer");
  detail?.pass("diagramTop", "threatTop");
  const picture: Picture = { places: [], notes: [], top: 0 };
  const diagrams = detail?.many("diagrams", "diagram") ?? [];
  for (const diagram of diagrams) readDiagram(draft, diagram, picture, diagrams.length);
  detail?.close();
  model.close();
  const [first] = diagrams;
  if (first !== undefined && (picture.places.length > 0 || picture.notes.length > 0))
    draft.add("layouts", first, {
      ref: "",
      wanted: "global",
      name: "Global",
      view: "global",
      places: picture.places,
      note: picture.notes.join("\n\n"),
    });
  return draft.finish();
}

function readDiagram(draft: Draft, diagram: Source, picture: Picture, count: number): void {
  const about = [diagram.line(300, "title"), diagram.text("description")].filter((one) => one !== "");
  if (count > 1) {
    if (about.length > 0) picture.notes.push(about.join("\n"));
    diagram.lose(
      null,
      about[0] ?? "",
      "A security file has one picture of its design",
      "changed",
      "It stands below the one before",
    );
  } else diagram.leave("A security file takes it from its release", "title", "description");
  diagram.leave("It is the first method of the diagram; a threat says its own", "diagramType");
  diagram.leave("It is drawn by Threat Dragon", "thumbnail", "placeholder", "id", "version");
  const cells = diagram.many("cells", "cell").map((source) => openCell(source));
  const boxes = cells.filter(({ shape }) => shape === "box");
  if (boxes.length > MAX_BOXES)
    throw new Fault("too_large", `A diagram has more than ${MAX_BOXES} trust boundaries`, {
      at: diagram.at.pointer ?? "",
    });
  const zones = smallestFirst(
    boxes.flatMap((cell) => (cell.box === null ? [] : [{ cell, box: cell.box, zone: addZone(draft, cell) }])),
  );
  for (const { box, zone } of zones) zone.parent = smallestAround(zones, box)?.zone.id ?? null;
  for (const cell of cells) {
    if (cell.shape === "process" || cell.shape === "store" || cell.shape === "actor") addElement(draft, cell, zones);
    if (cell.shape === "box" && cell.box === null)
      cell.source.lose(null, "", "It has no place and no size", "dropped", "Left out");
    if (cell.shape === "curve") passCurve(cell, picture);
    if (cell.shape === "text") picture.notes.push(cell.data.text("name") || "A text without words");
    if (cell.shape === undefined)
      cell.source.lose(null, cell.source.at.name, "This shape is not known here", "dropped", "Left out");
  }
  for (const cell of cells) if (cell.shape === "flow") addFlow(draft, cell);
  placeCells(cells, picture);
  for (const { source, data } of cells) {
    data.close();
    source.leave("It is how the cell is drawn", ...DRAWING);
    source.close();
  }
  diagram.close();
}

function openCell(source: Source): Cell {
  const data = source.part("data");
  source.pass("id");
  const shape = SHAPES[source.line(100, "shape")] ?? SHAPES[data.line(100, "type")];
  data.pass("type", "isTrustBoundary");
  data.pass("hasOpenThreats", "threatFrequency");
  const [position, size] = [source.one("position"), source.one("size")];
  const [x, y] = [position?.number("x") ?? null, position?.number("y") ?? null];
  const [width, height] = [size?.number("width") ?? 100, size?.number("height") ?? 60];
  position?.close();
  size?.close();
  source.call(shape ?? "cell", data.at.name || "without a name");
  data.call(shape ?? "cell", source.at.name);
  return { source, data, shape, id: null, box: x === null || y === null ? null : { x, y, width, height } };
}

function addZone(draft: Draft, cell: Cell): Drafted<"zones"> {
  const { source, data } = cell;
  const zone = draft.add("zones", data, {
    ref: source.text("id"),
    space: "cells",
    name: data.line(300, "name") || "A zone without a name",
    description: descriptionOf(data),
  });
  cell.id = zone.id;
  return zone;
}

function addElement(draft: Draft, cell: Cell, zones: readonly { box: Box; zone: { id: string } }[]): void {
  const { source, data, shape, box } = cell;
  const encrypted = shape === "store" ? data.flag("isEncrypted") : null;
  if (encrypted === true)
    data.lose("isEncrypted", true, "A store has no place for it", "kept-as-text", "A line of the description says it");
  const element = draft.add("elements", data, {
    ref: source.text("id"),
    space: "cells",
    name: data.line(300, "name") || "An element without a name",
    description: describe(descriptionOf(data), [
      ...data.keep(TITLE, CELL_KEPT),
      ...(encrypted === true ? [`[${TITLE}] isEncrypted: true`] : []),
    ]),
    kind: shape === "store" ? "store" : shape === "actor" ? "external-system" : "process",
    zone: box === null ? null : (smallestAround(zones, box)?.zone.id ?? null),
    inScope: data.flag("outOfScope") !== true,
  });
  cell.id = element.id;
  readThreats(draft, [...data.many("threats", "threat"), ...source.many("threats", "threat")], element.id);
}

function addFlow(draft: Draft, { source, data }: Cell): void {
  const [from, to] = (["source", "target"] as const).map((end) => {
    const point = source.one(end);
    const cell = point?.text("cell") ?? "";
    if (cell === "")
      source.lose(end, point?.take("x"), "The flow ends in the open, at no element", "dropped", "The flow is left out");
    point?.pass("port", "x", "y");
    point?.close();
    return draft.link(source, end, cell, "cells");
  });
  const threats = [...data.many("threats", "threat"), ...source.many("threats", "threat")];
  const name = data.line(300, "name") || "A flow without a name";
  const description = describe(descriptionOf(data), data.keep(TITLE, CELL_KEPT));
  const fields = {
    bothWays: data.flag("isBidirectional") === true,
    inScope: data.flag("outOfScope") !== true,
    path: { protocol: data.line(1_000, "protocol"), encrypted: data.flag("isEncrypted") },
  };
  const ends = from !== null && to !== null && from !== undefined && to !== undefined ? { from, to } : null;
  const flow =
    ends === null
      ? null
      : draft.add("flows", data, { ref: source.text("id"), space: "cells", name, description, ...ends, ...fields });
  readThreats(draft, threats, flow?.id ?? null);
}

/** A curve has no inside: it says that something is separate, not what belongs together. */
function passCurve({ source, data }: Cell, picture: Picture): void {
  const name = data.line(300, "name");
  const said = [name, data.text("description")].filter((one) => one !== "").join(": ");
  source.lose(
    null,
    name,
    "A trust boundary drawn as a curve has no inside",
    "dropped",
    "Draw the zone as a box around its elements",
  );
  if (said !== "") picture.notes.push(`Trust boundary (a curve): ${said}`);
  source.leave("It is where the curve runs", "source", "target");
}

function descriptionOf(data: Source): string {
  const reason = data.text("reasonOutOfScope");
  const text = data.text("description");
  return reason === "" ? text : [text, `Out of scope: ${reason}`].filter((one) => one !== "").join("\n\n");
}

function placeCells(cells: readonly Cell[], picture: Picture): void {
  const placed = cells.flatMap(({ id, box }) => (id === null || box === null ? [] : [{ id, box }]));
  const shift = picture.top === 0 ? 0 : picture.top - placed.reduce((least, { box }) => Math.min(least, box.y), 0);
  let bottom = picture.top;
  for (const { id, box } of placed) {
    const [x, y] = [within(box.x), within(box.y + shift)];
    picture.places.push({
      of: id,
      x,
      y,
      width: within(Math.max(10, box.width)),
      height: within(Math.max(10, box.height)),
    });
    bottom = Math.max(bottom, y + box.height + GAP);
  }
  picture.top = bottom;
}

const within = (value: number) => Math.max(-1_000_000, Math.min(1_000_000, value));
