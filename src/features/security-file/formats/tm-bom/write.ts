import type { JsonObject, JsonValue } from "../../../../lib/json.ts";
import type { Item, SecurityFile } from "../../schema.ts";
import { fitsKept, keptFields } from "../reading/kept.ts";
import { type Remarks, takeRemarks } from "../reading/remarks.ts";
import {
  ACTOR_KEPT,
  ANYBODY,
  ASSUMPTION_KEPT,
  COMPONENT_KEPT,
  CONTROL_KEPT,
  DATA_KEPT,
  FLOW_KEPT,
  NO_ZONE,
  PERSONA_KEPT,
  SENSITIVITIES,
  STATUS_KEPT,
  STORE_KEPT,
  STORE_TYPES,
  THREAT_KEPT,
  TITLE,
  ZONE_KEPT,
} from "./fields.ts";

/**
 * A model of the OWASP Threat Model Library, schema 1.0.1. Risks are left out: the format asks each for a likelihood, and a security file
 * states none. What it asks of a whole application (criticality, tier) is filled with the words in the middle.
 */
export function writeTmBom(file: SecurityFile): JsonValue {
  const zones = file.zones.map((zone) => ({ zone, ...takeRemarks(TITLE, zone.description, ZONE_KEPT) }));
  const boundaries = zones.flatMap(({ remarks }) => {
    const said = remarks.get("trust_boundaries");
    return Array.isArray(said) ? said : [];
  });
  const homeless = file.elements.some(({ zone }) => zone === null);
  const actors = file.elements.filter(({ kind }) => kind === "user" || kind === "external-system");
  const stores = file.elements.filter(({ kind }) => kind === "store");
  const components = file.elements.filter(({ kind }) => kind === "process" || kind === "hardware");
  const personas = file.assumptions.filter(isPersona);
  return {
    $schema: "https://github.com/OWASP/www-project-threat-model-library/blob/v1.0.1/threat-model.schema.json",
    version: "1",
    scope: {
      title: "Security file",
      description: file.head.methodology,
      business_criticality: "moderate",
      data_sensitivity: [...new Set(file.assets.flatMap((asset) => sensitivityOf(asset, new Map())))],
      exposure: file.ports.some(({ exposed }) => exposed) ? "external" : "internal",
      tier: "important",
    },
    trust_zones: [
      ...zones.map(({ zone, text }) => ({ symbolic_name: zone.id, title: zone.name, description: text })),
      ...(homeless ? [{ symbolic_name: NO_ZONE, title: "No trust zone", description: "" }] : []),
    ],
    trust_boundaries: boundaries,
    actors: actors.map(actorOf),
    components: components.map((one) => componentOf(one, new Set(components.map(({ id }) => id)))),
    data_stores: stores.map(storeOf),
    data_sets: file.assets.map((asset) => dataSetOf(asset, stores)),
    data_flows: file.flows.map((flow) => flowOf(flow, new Map(file.elements.map(({ id, kind }) => [id, kind])))),
    assumptions: file.assumptions.filter((one) => !isPersona(one)).map((one) => assumptionOf(one, file)),
    threat_personas: [...personas.map(personaOf), ...(personas.some(({ id }) => id === ANYBODY) ? [] : [anybody])],
    threats: file.threats.map((threat) => threatOf(threat, file)),
    controls: file.controls.map((control) => controlOf(control, file)),
  };
}

const PERSONA_REMARKS = { persona: { as: "text" }, ...PERSONA_KEPT } as const;

const isPersona = ({ description }: Item<"assumptions">) =>
  takeRemarks(TITLE, description, PERSONA_REMARKS).remarks.has("persona");

const zoneOf = ({ zone }: Item<"elements">) => ({ trust_zone: zone ?? NO_ZONE });

const ACTOR_TYPES = {
  type: { as: "text", words: ["power_user", "administrator", "engineer", "third_party"] },
} as const;

function actorOf(element: Item<"elements">): JsonObject {
  const { text, remarks } = takeRemarks(TITLE, element.description, { ...ACTOR_KEPT, ...ACTOR_TYPES });
  const said = remarks.get("type");
  const fits = typeof said === "string" && (said === "third_party") === (element.kind === "external-system");
  const type = fits ? said : element.kind === "user" ? "user" : "system";
  return {
    symbolic_name: element.id,
    title: element.name,
    description: text,
    type,
    ...keptFields(ACTOR_KEPT, remarks),
    ...zoneOf(element),
  };
}

function componentOf(element: Item<"elements">, components: ReadonlySet<string>): JsonObject {
  const { text, remarks } = takeRemarks(TITLE, element.description, COMPONENT_KEPT);
  const parent = element.parent !== null && components.has(element.parent) ? { parent_component: element.parent } : {};
  return {
    symbolic_name: element.id,
    title: element.name,
    description: text,
    ...parent,
    ...keptFields(COMPONENT_KEPT, remarks),
    ...zoneOf(element),
  };
}

function storeOf(element: Item<"elements">): JsonObject {
  const { text, remarks } = takeRemarks(TITLE, element.description, STORE_KEPT);
  const type = STORE_TYPES.includes(element.technology) ? element.technology : "object";
  return {
    symbolic_name: element.id,
    title: element.name,
    description: text,
    type,
    ...keptFields(STORE_KEPT, remarks),
    ...zoneOf(element),
  };
}

const SENSITIVITY: Partial<Record<Item<"assets">["kind"], string>> = {
  patient: "phi",
  secrets: "cred",
  workflow: "op",
};

function sensitivityOf({ kind }: Item<"assets">, remarks: Remarks): string[] {
  const said = remarks.get("data_sensitivity");
  if (Array.isArray(said))
    return said.filter((one) => typeof one === "string").filter((one) => SENSITIVITIES.includes(one));
  const word = SENSITIVITY[kind];
  return word === undefined ? [] : [word];
}

function dataSetOf(asset: Item<"assets">, stores: readonly Item<"elements">[]): JsonObject {
  const { text, remarks } = takeRemarks(TITLE, asset.description, DATA_KEPT, "data_sensitivity");
  return {
    symbolic_name: asset.id,
    title: asset.name,
    description: text,
    placements: stores.filter(({ assets }) => assets.includes(asset.id)).map(({ id }) => ({ data_store: id })),
    data_sensitivity: sensitivityOf(asset, remarks),
    ...keptFields(DATA_KEPT, remarks),
  };
}

const TYPES = {
  user: "actor",
  "external-system": "actor",
  store: "data-store",
  process: "component",
  hardware: "component",
} as const;

function flowOf(flow: Item<"flows">, kinds: ReadonlyMap<string, Item<"elements">["kind"]>): JsonObject {
  const { text, remarks } = takeRemarks(TITLE, flow.description, FLOW_KEPT);
  const end = (id: string) => ({ type: TYPES[kinds.get(id) ?? "process"], object: id });
  return {
    symbolic_name: flow.id,
    title: flow.name,
    description: text,
    source: end(flow.from),
    destination: end(flow.to),
    has_sensitive_data: remarks.get("has_sensitive_data") === true,
    encrypted: flow.path.encrypted === true,
  };
}

function assumptionOf(one: Item<"assumptions">, file: SecurityFile): JsonObject {
  const { text, remarks } = takeRemarks(TITLE, one.description, ASSUMPTION_KEPT);
  const known = new Set([...file.elements, ...file.flows, ...file.assets, ...file.zones].map(({ id }) => id));
  return {
    description: [one.name, text].filter((part) => part !== "").join("\n\n"),
    topics: one.about.filter((id) => known.has(id)),
    ...keptFields(ASSUMPTION_KEPT, remarks),
  };
}

function personaOf({ id, name, description }: Item<"assumptions">): JsonObject {
  const { text, remarks } = takeRemarks(TITLE, description, PERSONA_REMARKS);
  const { skill_level, access_level, applicability_to_org } = anybody;
  return {
    symbolic_name: id,
    title: name,
    description: text,
    skill_level,
    access_level,
    applicability_to_org,
    ...keptFields(PERSONA_KEPT, remarks),
  };
}

/** The format asks for an attacker; a security file does not say who. */
const anybody = {
  symbolic_name: ANYBODY,
  title: "Any attacker",
  description: "",
  is_person: true,
  skill_level: "engineer",
  access_level: "anonymous",
  malicious_intent: true,
  applicability_to_org: "moderate",
};

function threatOf(threat: Item<"threats">, file: SecurityFile): JsonObject {
  const { text, remarks } = takeRemarks(TITLE, threat.description, THREAT_KEPT);
  const elements = new Set(file.elements.map(({ id }) => id));
  return {
    symbolic_name: threat.id,
    title: threat.name,
    description: text,
    components_affected: threat.targets.filter((id) => elements.has(id)),
    ...keptFields(THREAT_KEPT, remarks),
  };
}

const STATUS = { planned: "suggested", implemented: "active", "not-applicable": "wont_do" } as const;

function controlOf(control: Item<"controls">, { threats }: SecurityFile): JsonObject {
  const { text, remarks } = takeRemarks(TITLE, control.description, { ...CONTROL_KEPT, ...STATUS_KEPT });
  const said = remarks.get("status");
  const kept = STATUS_KEPT.status;
  const fits = said !== undefined && kept !== undefined && fitsKept(kept, said) && stateOf(said) === control.state;
  return {
    symbolic_name: control.id,
    title: control.name,
    description: text,
    threats: threats
      .filter(({ mitigations }) => mitigations.some((one) => one.control === control.id))
      .map(({ id }) => id),
    status: fits ? said : STATUS[control.state],
    ...keptFields(CONTROL_KEPT, remarks),
  };
}

function stateOf(status: JsonValue): Item<"controls">["state"] {
  if (status === "active" || status === "assumed") return "implemented";
  return status === "wont_do" || status === "retired" ? "not-applicable" : "planned";
}
