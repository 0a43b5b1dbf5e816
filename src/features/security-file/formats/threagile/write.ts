import type { JsonObject, JsonValue } from "../../../../lib/json.ts";
import type { Item, SecurityFile } from "../../schema.ts";
import type { ThreatCategory } from "../../threats/schema.ts";
import { mitigationText } from "../mitigation-text.ts";
import { keptFields } from "../reading/kept.ts";
import { takeRemarks } from "../reading/remarks.ts";
import {
  ASSET_KEPT,
  AUTHENTICATIONS,
  AUTHORIZATIONS,
  CATEGORY_KEPT,
  ELEMENT_KEPT,
  LINK_KEPT,
  needOfWord,
  PROTOCOLS,
  SHARED_RUNTIME,
  TECHNOLOGIES,
  TITLE,
  wordOfNeed,
  ZONE_KEPT,
} from "./fields.ts";

const ABUSE = { abuse_case: { as: "flag" } } as const;

/** A model of Threagile 1.0. Likelihoods are left out: a security file states none. */
export function writeThreagile(file: SecurityFile): JsonValue {
  const ends = new Set(file.flows.flatMap(({ from, to }) => [from, to]));
  const runtimes = file.elements.filter(
    ({ id, technology, zone, parent, assets, kind, inScope }) =>
      technology === SHARED_RUNTIME &&
      !ends.has(id) &&
      zone === null &&
      parent === null &&
      assets.length === 0 &&
      kind === "process" &&
      inScope,
  );
  const runtimeIds = new Set(runtimes.map(({ id }) => id));
  const elements = file.elements.filter(({ id }) => !runtimeIds.has(id));
  const threats = file.threats.map((threat) => ({
    threat,
    abuse: takeRemarks(TITLE, threat.description, ABUSE).remarks.has("abuse_case"),
  }));
  const tags = new Set<string>();
  const model = {
    threagile_version: "1.0.0",
    title: "Security file",
    author: { name: null },
    business_criticality: "important",
    tags_available: [] as string[],
    data_assets: titled(file.assets, assetOf),
    technical_assets: titled(elements, (element) => elementOf(element, file)),
    trust_boundaries: titled(file.zones, (zone) => zoneOf(zone, file, elements)),
    shared_runtimes: titled(runtimes, (runtime) => runtimeOf(runtime, elements)),
    security_requirements: Object.fromEntries(file.requirements.map(({ name, description }) => [name, description])),
    abuse_cases: Object.fromEntries(
      threats
        .filter(({ abuse }) => abuse)
        .map(({ threat }) => [threat.name, takeRemarks(TITLE, threat.description, ABUSE).text]),
    ),
    individual_risk_categories: titled(
      threats.filter(({ abuse }) => !abuse).map(({ threat }) => threat),
      (threat) => categoryOf(threat, file, runtimeIds),
    ),
  };
  collectTags(model as never, tags);
  model.tags_available = [...tags];
  return model;
}

/** Items under their names, which are told apart already. */
const titled = <T extends { name: string }>(items: readonly T[], to: (item: T) => JsonObject): JsonObject =>
  Object.fromEntries(items.map((item) => [item.name, to(item)]));

function assetOf(asset: Item<"assets">): JsonObject {
  const { text, remarks } = takeRemarks(
    TITLE,
    asset.description,
    ASSET_KEPT,
    "confidentiality",
    "integrity",
    "availability",
  );
  const needs = (["confidentiality", "integrity", "availability"] as const).map((need) => {
    const said = remarks.get(need);
    return [
      need,
      typeof said === "string" && needOfWord(need, said) === asset[need] ? said : wordOfNeed(need, asset[need]),
    ];
  });
  return { id: asset.id, description: text, ...keptFields(ASSET_KEPT, remarks), ...Object.fromEntries(needs) };
}

const TYPES = {
  process: "process",
  hardware: "process",
  store: "datastore",
  user: "external-entity",
  "external-system": "external-entity",
} as const;

function elementOf(element: Item<"elements">, file: SecurityFile): JsonObject {
  const { text, remarks } = takeRemarks(TITLE, element.description, ELEMENT_KEPT, "data_assets_processed");
  const only = remarks.get("data_assets_processed");
  const processed = Array.isArray(only) ? element.assets.filter((id) => only.includes(id)) : [];
  const technology = element.kind === "hardware" && element.technology === "" ? "iot-device" : element.technology;
  return {
    id: element.id,
    description: text,
    type: TYPES[element.kind],
    technology: TECHNOLOGIES.includes(technology) ? technology : "unknown-technology",
    out_of_scope: !element.inScope,
    justification_out_of_scope: null,
    ...keptFields(ELEMENT_KEPT, remarks),
    data_assets_processed: processed,
    data_assets_stored: element.assets.filter((id) => !processed.includes(id)),
    communication_links: titled(
      file.flows.filter(({ from }) => from === element.id),
      linkOf,
    ),
  };
}

function linkOf(flow: Item<"flows">): JsonObject {
  const { text, remarks } = takeRemarks(TITLE, flow.description, LINK_KEPT, "data_assets_sent", "data_assets_received");
  const refs = (key: string) => {
    const said = remarks.get(key);
    return Array.isArray(said) ? flow.assets.filter((id) => said.includes(id)) : null;
  };
  const protocol = flow.path.protocol.toLowerCase();
  return {
    target: flow.to,
    description: text,
    protocol: PROTOCOLS.includes(protocol) ? protocol : "unknown-protocol",
    authentication: AUTHENTICATIONS.includes(flow.path.authentication) ? flow.path.authentication : "none",
    authorization: AUTHORIZATIONS.includes(flow.path.authorization) ? flow.path.authorization : "none",
    ...keptFields(LINK_KEPT, remarks),
    data_assets_sent: refs("data_assets_sent") ?? flow.assets,
    data_assets_received: refs("data_assets_received") ?? (flow.bothWays ? flow.assets : []),
  };
}

function zoneOf(zone: Item<"zones">, file: SecurityFile, elements: readonly Item<"elements">[]): JsonObject {
  const { text, remarks } = takeRemarks(TITLE, zone.description, ZONE_KEPT);
  return {
    id: zone.id,
    description: text,
    ...keptFields(ZONE_KEPT, remarks),
    technical_assets_inside: elements.filter((one) => one.zone === zone.id).map(({ id }) => id),
    trust_boundaries_nested: file.zones.filter(({ parent }) => parent === zone.id).map(({ id }) => id),
  };
}

function runtimeOf(runtime: Item<"elements">, elements: readonly Item<"elements">[]): JsonObject {
  const kept = { tags: { as: "texts" } } as const;
  const { text, remarks } = takeRemarks(TITLE, runtime.description, kept);
  return {
    id: runtime.id,
    description: text,
    ...keptFields(kept, remarks),
    technical_assets_running: elements.filter(({ parent }) => parent === runtime.id).map(({ id }) => id),
  };
}

/** Threagile knows STRIDE only: the nearest of it. */
const STRIDE: Partial<Record<ThreatCategory, string>> = {
  "alarm-suppression": "denial-of-service",
  "therapy-change": "tampering",
  "replayed-command": "spoofing",
  "wrong-patient": "tampering",
  "service-port": "elevation-of-privilege",
  "update-interruption": "denial-of-service",
  "unsafe-fail-over": "denial-of-service",
  other: "tampering",
};

function categoryOf(threat: Item<"threats">, file: SecurityFile, runtimes: ReadonlySet<string>): JsonObject {
  const { text, remarks } = takeRemarks(TITLE, threat.description, CATEGORY_KEPT);
  const flows = new Map(file.flows.map((flow) => [flow.id, `${flow.from}>${flow.name}`]));
  const field = (id: string): [string, string] | null => {
    if (runtimes.has(id)) return ["most_relevant_shared_runtime", id];
    if (file.elements.some((one) => one.id === id)) return ["most_relevant_technical_asset", id];
    if (file.zones.some((one) => one.id === id)) return ["most_relevant_trust_boundary", id];
    if (file.assets.some((one) => one.id === id)) return ["most_relevant_data_asset", id];
    const flow = flows.get(id);
    return flow === undefined ? null : ["most_relevant_communication_link", flow];
  };
  const risks = threat.targets.flatMap((id) => {
    const found = field(id);
    return found === null ? [] : [[`${threat.name} at ${id}`, { [found[0]]: found[1] }] as const];
  });
  return {
    id: threat.id,
    description: text,
    mitigation: mitigationText(threat.mitigations),
    stride: STRIDE[threat.category] ?? threat.category,
    risk_assessment: "",
    ...keptFields(CATEGORY_KEPT, remarks),
    risks_identified: Object.fromEntries(risks),
  };
}

/** Threagile refuses tags that are not listed. */
function collectTags(value: JsonValue, tags: Set<string>): void {
  if (Array.isArray(value) || typeof value !== "object" || value === null) return;
  for (const [key, one] of Object.entries(value)) {
    if (key === "tags" && Array.isArray(one)) for (const tag of one) tags.add(String(tag));
    else collectTags(one, tags);
  }
}
