import type { ItemKind } from "../../schema.ts";
import type { KeptFields } from "../reading/kept.ts";

export const TITLE = "OTM";

/** Zones and components need a parent in OTM; this one stands for none. */
export const NO_ZONE = "no-trust-zone";

export const ASSET_KEPT: KeptFields = { comment: { as: "text" }, riskComments: { as: "text" } };
export const ZONE_KEPT: KeptFields = { type: { as: "text" } };
export const COMPONENT_KEPT: KeptFields = { tags: { as: "texts" } };
export const FLOW_KEPT: KeptFields = { tags: { as: "texts" } };
export const THREAT_KEPT: KeptFields = { cwes: { as: "texts" }, tags: { as: "texts" } };
/** An impact in percent of one's own scale: no severity of a harm to a patient. */
export const IMPACT_KEPT: KeptFields = { impact: { as: "number", silent: 0 }, impactComment: { as: "text" } };
export const MITIGATION_KEPT: KeptFields = { riskReduction: { as: "number", silent: 0 } };

/**
 * OTM lets every object carry attributes of a tool. What a security file says and OTM has no field for goes there under these names,
 * and comes back from there.
 */
export const CARRIED = {
  zones: ["owner", "trust"],
  elements: ["kind", "zone", "technology", "components", "inScope", "instances", "patientsEach", "onFailure"],
  assets: ["kind", "confidentiality", "integrity", "availability"],
  flows: ["carries", "inScope", "path"],
  threats: ["category", "lifecycle", "state", "reason", "rule", "mitigations", "targets", "hazards", "causedBy"],
  controls: [
    "purpose",
    "category",
    "state",
    "reason",
    "references",
    "requirements",
    "elements",
    "freshnessDays",
    "sideEffect",
    "treatedIn",
  ],
} as const satisfies Partial<Record<ItemKind, readonly string[]>>;
export type CarriedKind = keyof typeof CARRIED;
