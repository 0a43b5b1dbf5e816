import type { JsonObject, JsonValue } from "../../../../lib/json.ts";
import type { Item, SecurityFile } from "../../schema.ts";
import type { MitigationState } from "../../threats/schema.ts";
import { keptFields } from "../reading/kept.ts";
import { takeRemarks } from "../reading/remarks.ts";
import { isDone, needOf, percentOf, wordOf } from "../words.ts";
import { attributesOf } from "./attributes.ts";
import {
  ASSET_KEPT,
  COMPONENT_KEPT,
  FLOW_KEPT,
  IMPACT_KEPT,
  MITIGATION_KEPT,
  NO_ZONE,
  THREAT_KEPT,
  TITLE,
  ZONE_KEPT,
} from "./fields.ts";

const DIAGRAM = "global";

/** A model of the Open Threat Model standard 0.2. */
export function writeOtm(file: SecurityFile): JsonValue {
  const homeless = file.elements.some(({ zone, parent }) => zone === null && parent === null);
  const byId = new Map(file.elements.map((element) => [element.id, element]));
  const places = placesOf(file);
  const instances = instancesOf(file);
  return {
    otmVersion: "0.2.0",
    project: { name: "Security file", id: "security-file" },
    representations:
      places.size === 0 ? [] : [{ name: "Global", id: DIAGRAM, type: "diagram", size: { width: 1000, height: 1000 } }],
    assets: file.assets.map(assetOf),
    trustZones: [
      ...file.zones.map((zone) => zoneOf(zone, places)),
      ...(homeless ? [{ id: NO_ZONE, name: "No trust zone", risk: { trustRating: 0 } }] : []),
    ],
    components: file.elements.map((element) => componentOf(element, byId, places, instances)),
    dataflows: file.flows.map((flow) => flowOf(flow, instances)),
    threats: file.threats.map((threat) => threatOf(threat, file)),
    mitigations: file.controls.map(controlOf),
  };
}

const withAttributes = (attributes: JsonObject | null): JsonObject => (attributes === null ? {} : { attributes });

function assetOf(asset: Item<"assets">): JsonObject {
  const { text, remarks } = takeRemarks(
    TITLE,
    asset.description,
    ASSET_KEPT,
    "confidentiality",
    "integrity",
    "availability",
  );
  const percent = (need: "confidentiality" | "integrity" | "availability") => {
    const said = remarks.get(need);
    return typeof said === "number" && needOf(said) === asset[need] ? said : percentOf(asset[need]);
  };
  const needs = {
    confidentiality: percent("confidentiality"),
    integrity: percent("integrity"),
    availability: percent("availability"),
  };
  return {
    name: asset.name,
    id: asset.id,
    description: text,
    risk: { ...needs, ...keptFields(ASSET_KEPT, remarks) },
    ...withAttributes(
      attributesOf("assets", asset, {
        kind: "other",
        confidentiality: asset.confidentiality,
        integrity: asset.integrity,
        availability: asset.availability,
      }),
    ),
  };
}

function zoneOf(zone: Item<"zones">, places: Places): JsonObject {
  const { text, remarks } = takeRemarks(TITLE, zone.description, ZONE_KEPT);
  return {
    ...keptFields(ZONE_KEPT, remarks),
    id: zone.id,
    name: zone.name,
    description: text,
    risk: { trustRating: zone.trust ?? 0 },
    ...(zone.parent !== null && { parent: { trustZone: zone.parent } }),
    ...drawn(zone.id, zone.parent, places),
    ...withAttributes(attributesOf("zones", zone, zone.trust === null ? { trust: 0 } : { trust: zone.trust })),
  };
}

function componentOf(element: Item<"elements">, byId: Elements, places: Places, instances: Instances): JsonObject {
  const { text, remarks } = takeRemarks(TITLE, element.description, COMPONENT_KEPT, "processed");
  const only = remarks.get("processed");
  const processed = Array.isArray(only) ? element.assets.filter((id) => only.includes(id)) : [];
  const stored = element.assets.filter((id) => !processed.includes(id));
  const parent = element.parent !== null ? { component: element.parent } : { trustZone: element.zone ?? NO_ZONE };
  const zone = element.parent === null ? element.zone : zoneAbove(element, byId);
  const foreign =
    element.technology !== "" &&
    !["process", "store", "external-system", "user", "hardware"].includes(element.technology);
  return {
    ...keptFields(COMPONENT_KEPT, remarks),
    id: element.id,
    name: element.name,
    type: foreign ? element.technology : element.kind,
    description: text,
    parent,
    ...drawn(element.id, element.parent ?? element.zone, places),
    assets: { processed, stored },
    threats: instances.get(element.id) ?? [],
    ...withAttributes(
      attributesOf("elements", element, {
        zone,
        technology: foreign ? element.technology : "",
        ...(!foreign && { kind: element.kind }),
      }),
    ),
  };
}

type Elements = ReadonlyMap<string, Item<"elements">>;

/** The zone that reading gives a component in a component: that of the innermost which has one. */
function zoneAbove(element: Item<"elements">, byId: Elements): string | null {
  let at = byId.get(element.parent ?? "");
  for (let i = 0; at !== undefined && i < 98; i++) {
    if (at.parent === null || at.zone !== null) return at.zone;
    at = byId.get(at.parent);
  }
  return null;
}

function flowOf(flow: Item<"flows">, instances: Instances): JsonObject {
  const { text, remarks } = takeRemarks(TITLE, flow.description, FLOW_KEPT);
  return {
    ...keptFields(FLOW_KEPT, remarks),
    id: flow.id,
    name: flow.name,
    description: text,
    bidirectional: flow.bothWays,
    source: flow.from,
    destination: flow.to,
    assets: flow.assets,
    threats: instances.get(flow.id) ?? [],
    ...withAttributes(attributesOf("flows", flow, {})),
  };
}

function threatOf(threat: Item<"threats">, file: SecurityFile): JsonObject {
  const { text, remarks } = takeRemarks(TITLE, threat.description, { ...THREAT_KEPT, ...IMPACT_KEPT }, "categories");
  const others = remarks.get("categories");
  const first = threat.category === "other" && Array.isArray(others) ? [] : [wordOf(threat.category)];
  return {
    ...keptFields(THREAT_KEPT, remarks),
    id: threat.id,
    name: threat.name,
    description: text,
    categories: [...first, ...(Array.isArray(others) ? others : [])],
    risk: { likelihood: null, ...keptFields(IMPACT_KEPT, remarks) },
    ...withAttributes(attributesOf("threats", threat, plainThreat(threat, file))),
  };
}

/** What reading the components' own lists says of a threat: the rest must be carried. */
function plainThreat(threat: Item<"threats">, file: SecurityFile): Partial<Item<"threats">> {
  const drawn = new Set([...file.elements, ...file.flows].map(({ id }) => id));
  const order = [...file.elements, ...file.flows].map(({ id }) => id).filter((id) => threat.targets.includes(id));
  const targets = threat.targets.every((id) => drawn.has(id)) ? order : [];
  const refused = order.length > 0 && threat.state === "rejected";
  return {
    category: threat.category,
    targets,
    ...(refused && { state: "rejected", reason: "Marked as not applicable in OTM" }),
  };
}

/** Its state is always carried: read without one, a control is as far as the places say that use it. */
function controlOf(control: Item<"controls">): JsonObject {
  const { text, remarks } = takeRemarks(TITLE, control.description, MITIGATION_KEPT);
  const carried = attributesOf("controls", control, {});
  return {
    ...keptFields(MITIGATION_KEPT, remarks),
    id: control.id,
    name: control.name,
    description: text,
    attributes: { "cordon:state": control.state, ...carried },
  };
}

type Instances = ReadonlyMap<string, JsonObject[]>;

const STATE_WORDS: Readonly<Record<MitigationState, string>> = {
  planned: "required",
  implemented: "implemented",
  verified: "implemented",
  dropped: "rejected",
};

/** Each threat at each of the components and flows it strikes. */
function instancesOf({ threats, elements, flows }: SecurityFile): Instances {
  const drawn = new Set([...elements, ...flows].map(({ id }) => id));
  const at = new Map<string, JsonObject[]>();
  for (const threat of threats) {
    const live = threat.mitigations.filter(({ state }) => state !== "dropped");
    const state =
      threat.state === "rejected"
        ? "not-applicable"
        : live.length > 0 && live.every((one) => isDone(one.state))
          ? "mitigated"
          : "exposed";
    const mitigations = threat.mitigations.flatMap((one) =>
      one.control === null ? [] : [{ mitigation: one.control, state: STATE_WORDS[one.state] }],
    );
    for (const target of threat.targets)
      if (drawn.has(target)) at.set(target, [...(at.get(target) ?? []), { threat: threat.id, state, mitigations }]);
  }
  return at;
}

type Places = ReadonlyMap<string, { x: number; y: number; width?: number | undefined; height?: number | undefined }>;

const placesOf = ({ layouts }: SecurityFile): Places =>
  new Map((layouts.find(({ view }) => view === "global")?.places ?? []).map((place) => [place.of, place]));

function drawn(id: string, inside: string | null, places: Places): JsonObject {
  const place = places.get(id);
  if (place === undefined) return {};
  const origin = inside === null ? undefined : places.get(inside);
  const position = { x: place.x - (origin?.x ?? 0), y: place.y - (origin?.y ?? 0) };
  const size =
    place.width !== undefined && place.height !== undefined
      ? { size: { width: place.width, height: place.height } }
      : {};
  return { representations: [{ representation: DIAGRAM, id: `${id}-shape`, position, ...size }] };
}
