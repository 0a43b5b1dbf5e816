import { Fault } from "../../../../lib/fault.ts";
import { isObject, type JsonValue } from "../../../../lib/json.ts";
import { ElementKind } from "../../design/schema.ts";
import type { SecurityFile } from "../../schema.ts";
import { Draft, type Drafted } from "../reading/draft.ts";
import type { LossLog } from "../reading/loss-log.ts";
import { describe, remarkLine } from "../reading/remarks.ts";
import { Source } from "../reading/source.ts";
import { needOf, percentOf } from "../words.ts";
import { Properties, TITLE } from "./properties.ts";

interface Part {
  source: Source;
  properties: Properties;
  ref: string;
  type: string;
}

const MAX_DEPTH = 20;

/** Reads a threat model inside a CycloneDX BOM, as Threat Dragon's examples write it: components of type `threat-model`. */
export function readCycloneDxTm(value: JsonValue, log: LossLog): SecurityFile {
  if (!isObject(value)) throw new Fault("bad_input", "A BOM is an object");
  const draft = new Draft(log);
  const bom = new Source(value, "BOM", "", log);
  bom.pass("$schema", "bomFormat", "specVersion", "serialNumber", "version", "metadata");
  const parts = bom.many("components", "model").flatMap((model) => partsIn(model, 0));
  const places: { of: string; x: number; y: number; width?: number; height?: number }[] = [];
  const of = (...types: string[]) => parts.filter(({ type }) => types.includes(type));
  const zones = of("boundary").map((part) => ({ part, item: addZone(draft, part) }));
  for (const { part, item } of zones)
    item.parent = draft.link(part.source, "inBoundary", part.properties.text("inBoundary"), "zones");
  const elements = new Map<string, Drafted<"elements">>();
  for (const part of parts) if (!KNOWN.has(part.type)) elements.set(part.ref, addElement(draft, part));
  for (const part of of("asset")) addAsset(draft, part, elements);
  for (const part of of("dataflow")) addFlow(draft, part);
  for (const { source, properties, ref, type } of parts) {
    const [x, y, width, height] = ["x", "y", "width", "height"].map((one) => properties.number(`shape:${one}`));
    properties.all("shape");
    const id = draft.find(type === "boundary" ? "zones" : "elements", ref);
    if (id !== null && typeof x === "number" && typeof y === "number" && Math.abs(x) <= 1e6 && Math.abs(y) <= 1e6)
      places.push({
        of: id,
        x,
        y,
        ...(width && width > 0 && width <= 1e6 && { width }),
        ...(height && height > 0 && height <= 1e6 && { height }),
      });
    source.pass("type");
    source.close();
  }
  if (places.length > 0)
    draft.add("layouts", bom, { ref: "", wanted: "global", name: "Global", view: "global", places });
  bom.close();
  return draft.finish();
}

const KNOWN = new Set(["boundary", "asset", "dataflow", "model", "repository", "diagram"]);

/** The parts of a model, those inside others too; a model is what has no type of its own, or is a diagram or a repository. */
function partsIn(model: Source, depth: number): Part[] {
  if (depth > MAX_DEPTH)
    throw new Fault("too_large", `Components are nested deeper than ${MAX_DEPTH} levels`, {
      at: model.at.pointer ?? "",
    });
  const inside = model.many("components", "component");
  const properties = new Properties(model);
  const type = properties.text("type");
  const ref = model.text("bom-ref");
  const isModel =
    depth === 0 && (type === "" || KNOWN.has(type)) && type !== "boundary" && type !== "asset" && type !== "dataflow";
  model.call(isModel ? "model" : type || "component", "");
  if (isModel) {
    model.leave("A security file takes it from its release", "name", "description", "bom-ref");
    properties.close("It is said of the whole model");
    model.pass("type");
    model.close();
  }
  return [
    ...(isModel ? [] : [{ source: model, properties, ref, type }]),
    ...inside.flatMap((one) => partsIn(one, depth + 1)),
  ];
}

const named = (source: Source, what: string) => source.line(300, "name") || `${what} without a name`;

function addZone(draft: Draft, { source, properties, ref }: Part): Drafted<"zones"> {
  const rating = properties.number("risk:trustRating");
  const trust = rating === null ? null : Math.round(Math.max(0, Math.min(100, rating)));
  const parent = properties.all("inBoundary");
  const zone = draft.add("zones", source, {
    ref,
    name: named(source, "A zone"),
    trust,
    description: describe(source.text("description"), restOf(properties)),
  });
  properties.put("inBoundary", parent);
  return zone;
}

/** Places stay for the picture; everything else that nobody asked for becomes remarks. */
function restOf(properties: Properties): string[] {
  const shape = ["shape", "shape:x", "shape:y", "shape:width", "shape:height"].map(
    (key) => [key, properties.all(key)] as const,
  );
  const lines = properties.rest();
  for (const [key, values] of shape) if (values.length > 0) properties.put(key, values);
  return lines;
}

const KINDS: Readonly<Record<string, ElementKind>> = {
  actor: "external-system",
  datastore: "store",
  server: "process",
  lambda: "process",
  code: "process",
};

function addElement(draft: Draft, part: Part): Drafted<"elements"> {
  const { source, properties, ref, type } = part;
  const own = ElementKind.safeParse(type).data;
  const kind = own ?? KINDS[type] ?? "process";
  const zone = draft.link(source, "inBoundary", properties.text("inBoundary"), "zones");
  const inScope = properties.flag("inScope") !== false;
  const technology = properties.text("platform") || properties.text("OS");
  const kept =
    own === undefined && type !== "" && type !== "actor" && type !== "datastore"
      ? [remarkLine(TITLE, "type", type)]
      : [];
  if (kept.length > 0)
    source.lose(
      "cdx:model:type",
      type,
      "A security file knows processes, stores, external systems, users and hardware",
      "kept-as-text",
      `It is of kind ${kind}`,
    );
  return draft.add("elements", source, {
    ref,
    name: named(source, "An element"),
    description: describe(source.text("description"), [...restOf(properties), ...kept]),
    kind,
    zone,
    inScope,
    technology: technology.slice(0, 1_000),
  });
}

function addAsset(
  draft: Draft,
  { source, properties, ref }: Part,
  elements: ReadonlyMap<string, Drafted<"elements">>,
): void {
  const needs = (["confidentiality", "integrity", "availability"] as const).map((one) => {
    const percent = properties.number(`risk:${one}`);
    if (percent !== null && percentOf(needOf(percent)) !== percent)
      source.lose(
        one,
        percent,
        "A security file knows none, low, medium and high",
        "changed",
        `It is ${needOf(percent)}`,
      );
    return [one, percent === null ? "medium" : needOf(percent)] as const;
  });
  const stored = properties.all("storedBy");
  const processed = properties.all("processedBy").filter((one) => !stored.includes(one));
  if (processed.length > 0)
    source.lose(
      "processedBy",
      processed,
      "An element keeps assets, whether stored or only processed",
      "changed",
      "They count as kept",
    );
  const asset = draft.add("assets", source, {
    ref,
    name: named(source, "An asset"),
    kind: "other",
    ...Object.fromEntries(needs),
    description: describe(source.text("description"), restOf(properties)),
  });
  for (const holder of [...stored, ...processed]) {
    const element = elements.get(holder);
    if (element !== undefined) element.assets = [...(element.assets ?? []), asset.id];
    else source.lose("storedBy", holder, "It names something that is not in the model");
  }
}

function addFlow(draft: Draft, { source, properties, ref }: Part): void {
  const [from, to] = (["source", "destination"] as const).map((end) =>
    draft.link(source, end, properties.text(`dataflow:${end}`), "elements"),
  );
  const name = named(source, "A flow");
  const assets: string[] = [];
  const data: string[] = [];
  for (const one of properties.all("dataflow:data")) {
    const id = draft.find("assets", one);
    if (id === null) data.push(one);
    else if (!assets.includes(id)) assets.push(id);
  }
  const fields = {
    bothWays: properties.flag("dataflow:isBidirectional") === true,
    assets,
    path: {
      protocol: properties.text("dataflow:protocol").slice(0, 1_000),
      port: properties.text("dataflow:port:destination").slice(0, 1_000),
    },
  };
  if (data.length > 0)
    source.lose(
      "dataflow:data",
      data,
      "It is said in words, and is no asset of the model",
      "kept-as-text",
      "A line of the description says it",
    );
  const words =
    data.length === 0 ? [] : [remarkLine(TITLE, "dataflow:data", data.length === 1 ? (data[0] ?? "") : data)];
  const description = describe(source.text("description"), [...restOf(properties), ...words]);
  if (!from || !to) source.lose(null, name, "A flow goes from one element to another", "dropped", "Left out");
  else draft.add("flows", source, { ref, name, description, from, to, ...fields });
}
