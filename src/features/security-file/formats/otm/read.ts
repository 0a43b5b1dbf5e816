import { Fault } from "../../../../lib/fault.ts";
import { isObject, type JsonValue } from "../../../../lib/json.ts";
import { type ElementKind, ElementKind as Kinds } from "../../design/schema.ts";
import type { SecurityFile } from "../../schema.ts";
import { Draft, type Drafted } from "../reading/draft.ts";
import type { LossLog } from "../reading/loss-log.ts";
import { describe, remarkLine } from "../reading/remarks.ts";
import { Source } from "../reading/source.ts";
import { needOf, percentOf } from "../words.ts";
import { takeAttributes } from "./attributes.ts";
import { ASSET_KEPT, COMPONENT_KEPT, FLOW_KEPT, NO_ZONE, TITLE, ZONE_KEPT } from "./fields.ts";
import { addLayout, Pictures } from "./pictures.ts";
import { type Instance, readInstances, readThreats } from "./read-threats.ts";

/** Reads a model of the Open Threat Model standard 0.2 (and 0.1, as its examples are). */
export function readOtm(value: JsonValue, log: LossLog): SecurityFile {
  if (!isObject(value)) throw new Fault("bad_input", "An OTM model is an object");
  const draft = new Draft(log);
  const model = new Source(value, "model", "", log);
  model.pass("otmVersion");
  model.leave("A security file takes it from its release", "project");
  const pictures = new Pictures(model);
  for (const source of model.many("assets", "asset")) addAsset(draft, source);
  const zones = model.many("trustZones", "trust zone").flatMap((source) => {
    if (source.text("id") !== NO_ZONE) return [{ source, zone: addZone(draft, source) }];
    source.pass("name", "risk", "description");
    return [];
  });
  const elements = model.many("components", "component").map((source) => ({ source, ...addElement(draft, source) }));
  for (const { source, zone } of zones) {
    const parent = source.part("parent");
    zone.parent = draft.link(source, "parent", parent.text("trustZone", "component"), "zones");
    parent.close();
    pictures.take(source, zone.id, zone.parent ?? null);
  }
  for (const { source, element } of elements) setParent(draft, source, element);
  const byId = new Map(elements.map(({ element }) => [element.id, element]));
  const instances: Instance[] = [];
  for (const { source, element, carried } of elements) {
    element.zone = "zone" in carried ? carried.zone : zoneOf(element, byId);
    pictures.take(source, element.id, element.parent ?? element.zone ?? null);
    instances.push(...readInstances(source, element.id));
    source.close();
  }
  for (const { source } of zones) source.close();
  for (const source of model.many("dataflows", "data flow")) addFlow(draft, source, instances);
  readThreats(draft, model, instances);
  addLayout(draft, model, pictures);
  model.close();
  return draft.finish();
}

function addAsset(draft: Draft, source: Source): void {
  const risk = source.part("risk", "asset");
  const remarks = [...risk.keep(TITLE, ASSET_KEPT)];
  const needs = (["confidentiality", "integrity", "availability"] as const).map((one) => {
    const percent = risk.number(one);
    if (percent !== null && percentOf(needOf(percent)) !== percent) {
      risk.lose(
        one,
        percent,
        "A security file knows none, low, medium and high",
        "kept-as-text",
        `It is ${needOf(percent)}`,
      );
      remarks.push(remarkLine(TITLE, one, percent));
    }
    return [one, percent === null ? "medium" : needOf(percent)] as const;
  });
  risk.close();
  draft.add("assets", source, {
    ref: source.text("id"),
    name: source.line(300, "name") || "An asset without a name",
    description: describe(source.text("description"), remarks),
    kind: "other",
    ...Object.fromEntries(needs),
    ...takeAttributes(source, "assets"),
  });
  source.close();
}

function addZone(draft: Draft, source: Source): Drafted<"zones"> {
  const risk = source.part("risk", "trust zone");
  const rating = risk.number("trustRating");
  risk.close();
  const trust = rating === null ? null : Math.round(Math.max(0, Math.min(100, rating)));
  if (trust !== rating)
    source.lose("trustRating", rating, "Trust goes from 0 to 100 in whole steps", "changed", `It is ${trust}`);
  return draft.add("zones", source, {
    ref: source.text("id"),
    name: source.line(300, "name") || "A zone without a name",
    description: describe(source.text("description"), source.keep(TITLE, ZONE_KEPT)),
    trust,
    ...takeAttributes(source, "zones"),
  });
}

const LIKE: readonly (readonly [RegExp, ElementKind])[] = [
  [/user|human|person|actor/i, "user"],
  [/store|storage|database|\bdb\b|-db-|bucket|queue|cache|repository|table/i, "store"],
  [/external|third.?party|saas/i, "external-system"],
  [/hardware|sensor|iot|plc|firmware/i, "hardware"],
];

function addElement(draft: Draft, source: Source) {
  const type = source.line(300, "type");
  const known = Kinds.safeParse(type).data;
  const kind = known ?? LIKE.find(([words]) => words.test(type))?.[1] ?? "process";
  const assets = source.part("assets", "component");
  const [stored, processed] = [assets.texts("stored"), assets.texts("processed")];
  assets.close();
  const remarks = source.keep(TITLE, COMPONENT_KEPT);
  const only = processed.filter((ref) => !stored.includes(ref));
  if (only.length > 0) {
    source.lose(
      "assets.processed",
      only,
      "An element keeps assets, whether stored or only processed",
      "kept-as-text",
      "A line of the description says which are only processed",
    );
    remarks.push(remarkLine(TITLE, "processed", only));
  }
  if (known === undefined && type !== "")
    source.lose(
      "type",
      type,
      "A security file knows processes, stores, external systems, users and hardware",
      "changed",
      `It is ${kind}; the type stands as technology`,
    );
  const carried = takeAttributes(source, "elements");
  const element = draft.add("elements", source, {
    ref: source.text("id"),
    name: source.line(300, "name") || "An element without a name",
    description: describe(source.text("description"), remarks),
    kind,
    technology: known === undefined ? type : "",
    assets: draft.links(source, "assets", [...stored, ...only], "assets"),
    ...carried,
  });
  return { element, carried };
}

function setParent(draft: Draft, source: Source, element: Drafted<"elements">): void {
  const parent = source.part("parent");
  const component = parent.text("component");
  const zone = parent.text("trustZone");
  element.parent = draft.link(source, "parent", component, "elements");
  element.zone = zone === NO_ZONE ? null : draft.link(source, "parent", zone, "zones");
  parent.close();
}

/** A component in a component is in the zone of the outermost. */
function zoneOf(element: Drafted<"elements">, elements: ReadonlyMap<string, Drafted<"elements">>): string | null {
  let at: Drafted<"elements"> | undefined = element;
  for (let i = 0; at !== undefined && i < 100; i++) {
    if (at.zone) return at.zone;
    const parent: string | null | undefined = at.parent;
    if (!parent) return null;
    at = elements.get(parent);
  }
  return null;
}

function addFlow(draft: Draft, source: Source, instances: Instance[]): void {
  const from = draft.link(source, "source", source.text("source"), "elements");
  const to = draft.link(source, "destination", source.text("destination"), "elements");
  const assets = draft.links(source, "assets", source.texts("assets"), "assets");
  source.leave("A flow is drawn anew", "representations");
  const fields = {
    ref: source.text("id"),
    name: source.line(300, "name") || "A flow without a name",
    description: describe(source.text("description"), source.keep(TITLE, FLOW_KEPT)),
    bothWays: source.flag("bidirectional") === true,
    assets,
    ...takeAttributes(source, "flows"),
  };
  if (from === null || to === null) {
    source.lose(null, fields.name, "A flow goes from one element to another", "dropped", "Left out");
    if (source.many("threats", "threat").length > 0)
      source.lose("threats", fields.name, "The flow they strike is left out");
  } else {
    const flow = draft.add("flows", source, { ...fields, from, to });
    instances.push(...readInstances(source, flow.id));
  }
  source.close();
}
