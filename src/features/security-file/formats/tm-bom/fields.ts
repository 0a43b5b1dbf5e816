import type { KeptFields } from "../reading/kept.ts";

export const TITLE = "TM-BOM";
/** Things need a trust zone in TM-BOM; this one stands for none. */
export const NO_ZONE = "no-trust-zone";
/** A threat needs an attacker in TM-BOM; this one stands for nobody in particular. */
export const ANYBODY = "any-attacker";

const DEGREES = ["minimal", "low", "moderate", "high", "maximal"];
const PRIORITIES = ["none", "low", "medium", "high", "critical"];
const STATUSES = ["assumed", "active", "suggested", "under_review", "approved", "scheduled", "retired", "wont_do"];
export const STORE_TYPES = ["sql", "key_value", "document", "object", "graph", "time_series"];
export const SENSITIVITIES = ["pii", "phi", "fin", "ip", "cred", "biz", "gov", "pci", "op"];

export const ZONE_KEPT: KeptFields = { trust_boundaries: { as: "any" } };
export const ACTOR_KEPT: KeptFields = { permissions: { as: "text" } };
export const COMPONENT_KEPT: KeptFields = { repo_link: { as: "text" } };
export const STORE_KEPT: KeptFields = { vendor: { as: "text" }, product: { as: "text" } };
export const DATA_KEPT: KeptFields = { access_control_methods: { as: "texts" }, record_count: { as: "number" } };
export const FLOW_KEPT: KeptFields = { has_sensitive_data: { as: "flag" } };
export const ASSUMPTION_KEPT: KeptFields = {
  validity: { as: "text", silent: "unconfirmed", words: ["unconfirmed", "confirmed", "rejected"] },
};
export const PERSONA_KEPT: KeptFields = {
  is_person: { as: "flag", silent: true },
  skill_level: {
    as: "text",
    words: ["script_kid", "insider", "engineer", "expert_engineer", "oc_sponsored", "state_sponsored"],
  },
  access_level: { as: "text", words: ["anonymous", "user", "admin"] },
  malicious_intent: { as: "flag", silent: true },
  applicability_to_org: { as: "text", words: DEGREES },
};
export const THREAT_KEPT: KeptFields = {
  threat_persona: { as: "text", silent: ANYBODY },
  event: { as: "text", silent: "" },
  sources: { as: "texts", silent: ["adversary"] },
  attack_mechanisms: { as: "any" },
  weaknesses: { as: "any" },
};
export const CONTROL_KEPT: KeptFields = {
  priority: { as: "text", silent: "none", words: PRIORITIES },
  trust_boundary: { as: "any" },
};
export const STATUS_KEPT: KeptFields = { status: { as: "text", words: STATUSES } };
