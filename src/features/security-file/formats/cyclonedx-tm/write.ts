import type { JsonObject, JsonValue } from "../../../../lib/json.ts";
import type { Item, SecurityFile } from "../../schema.ts";
import { takeRemarks } from "../reading/remarks.ts";
import { percentOf } from "../words.ts";
import { property, remarkProperties, TITLE } from "./properties.ts";

/** A CycloneDX BOM with one threat model, as Threat Dragon's examples write it. */
export function writeCycloneDxTm(file: SecurityFile): JsonValue {
  const places = new Map(
    (file.layouts.find(({ view }) => view === "global")?.places ?? []).map((place) => [place.of, place]),
  );
  const holders = new Map<string, string[]>();
  for (const { id, assets } of file.elements)
    for (const asset of assets) holders.set(asset, [...(holders.get(asset) ?? []), id]);
  const shape = (id: string) => {
    const place = places.get(id);
    if (place === undefined) return [];
    const { x, y, width, height } = place;
    const said = { x, y, ...(width !== undefined && { width }), ...(height !== undefined && { height }) };
    return Object.entries(said).map(([key, value]) => property(`shape:${key}`, value));
  };
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component: { type: "application", "bom-ref": "security-file", name: "Security file" } },
    components: [
      {
        type: "threat-model",
        "bom-ref": "model",
        name: "Security file",
        properties: [property("type", "diagram")],
        components: [
          ...file.zones.map((zone) => component(zone, "boundary", [...zoneProperties(zone), ...shape(zone.id)])),
          ...file.assets.map((asset) => component(asset, "asset", assetProperties(asset, holders.get(asset.id) ?? []))),
          ...file.elements.map((element) =>
            component(element, TYPE[element.kind], [...elementProperties(element), ...shape(element.id)]),
          ),
          ...file.flows.map((flow) => component(flow, "dataflow", flowProperties(flow))),
        ],
      },
    ],
  };
}

const TYPE = {
  process: "process",
  store: "datastore",
  "external-system": "actor",
  user: "user",
  hardware: "hardware",
} as const;

function component(
  { id, name, description }: { id: string; name: string; description: string },
  type: string,
  properties: JsonObject[],
): JsonObject {
  const { text, remarks } = takeRemarks(TITLE, description, {}, "*");
  const said = remarks.get("type");
  const own = typeof said === "string" && type === "process" ? said : type;
  if (own === said) remarks.delete("type");
  return {
    type: "threat-model",
    "bom-ref": id,
    name,
    description: text,
    properties: [property("type", own), ...properties, ...remarkProperties(remarks)],
  };
}

const zoneProperties = ({ trust, parent }: Item<"zones">): JsonObject[] => [
  ...(trust === null ? [] : [property("risk:trustRating", trust)]),
  ...(parent === null ? [] : [property("inBoundary", parent)]),
];

const assetProperties = (
  { confidentiality, integrity, availability }: Item<"assets">,
  holders: readonly string[],
): JsonObject[] => [
  property("risk:confidentiality", percentOf(confidentiality)),
  property("risk:integrity", percentOf(integrity)),
  property("risk:availability", percentOf(availability)),
  ...holders.map((id) => property("storedBy", id)),
];

const elementProperties = ({ zone, inScope, technology }: Item<"elements">): JsonObject[] => [
  ...(zone === null ? [] : [property("inBoundary", zone)]),
  ...(inScope ? [] : [property("inScope", false)]),
  ...(technology === "" ? [] : [property("platform", technology)]),
];

const flowProperties = ({ from, to, bothWays, assets, path }: Item<"flows">): JsonObject[] => [
  property("dataflow:source", from),
  property("dataflow:destination", to),
  ...(bothWays ? [property("dataflow:isBidirectional", true)] : []),
  ...(path.protocol === "" ? [] : [property("dataflow:protocol", path.protocol)]),
  ...(path.port === "" ? [] : [property("dataflow:port:destination", path.port)]),
  ...assets.map((id) => property("dataflow:data", id)),
];
