/**
 * What the public formats require of a file, in our own words from reading their schemas: required members, kinds of values, words of
 * closed lists, and whether others may stand beside them.
 */
type Schema = Record<string, unknown>;

const text = { type: "string" };
const flag = { type: "boolean" };
const number = { type: "number" };
const anything = {};
const oneOf = (words: string): Schema => ({ enum: words.split(" ") });
const list = (items: Schema): Schema => ({ type: "array", items });
const object = (required: string, properties: Record<string, Schema>, open = true): Schema => ({
  type: "object",
  required: required === "" ? [] : required.split(" "),
  properties,
  additionalProperties: open,
});
const map = (values: Schema): Schema => ({ type: "object", additionalProperties: values });

const tdThreat = object("description mitigation severity status title type", {
  description: text,
  mitigation: text,
  modelType: text,
  number: { type: "integer", minimum: 0 },
  score: text,
  severity: text,
  status: text,
  title: text,
  type: text,
  ruleId: { type: "string", minLength: 2 },
});

const THREAT_DRAGON = object("version summary detail", {
  version: { type: "string", maxLength: 10 },
  summary: object("title", { title: text, owner: text, description: text, id: { type: ["integer", "string"] } }),
  detail: object("contributors diagrams diagramTop reviewer threatTop", {
    contributors: list(object("", { name: text })),
    diagramTop: { type: "integer", minimum: 0 },
    threatTop: { type: "integer", minimum: 0 },
    reviewer: text,
    diagrams: list(
      object("diagramType id thumbnail title version", {
        diagramType: { type: "string", minLength: 3 },
        id: { type: "integer", minimum: 0 },
        version: { type: "string", maxLength: 10 },
        cells: list(
          object("id shape zIndex", {
            id: { type: "string", minLength: 2 },
            shape: text,
            zIndex: { type: "integer" },
            attrs: object("", {
              body: object("stroke strokeWidth strokeDasharray", {}),
              line: object("targetMarker", {}),
            }),
            position: object("x y", { x: number, y: number }),
            size: object("height width", {
              height: { type: "number", minimum: 10 },
              width: { type: "number", minimum: 10 },
            }),
            source: object("", { cell: text }),
            target: object("", { cell: text }),
            data: object("hasOpenThreats type", {
              ...Object.fromEntries(
                "description name protocol privilegeLevel reasonOutOfScope type".split(" ").map((key) => [key, text]),
              ),
              ...Object.fromEntries(
                "handlesCardPayment handlesGoodsOrServices isALog isBidirectional isEncrypted isPublicNetwork isSigned isTrustBoundary isWebApplication outOfScope providesAuthentication storesCredentials storesInventory hasOpenThreats"
                  .split(" ")
                  .map((key) => [key, flag]),
              ),
              threats: list(tdThreat),
            }),
          }),
        ),
      }),
    ),
  }),
});

const textOrNone = { type: ["string", "null"] };
const otmParent = {
  type: "object",
  oneOf: [{ required: ["trustZone"] }, { required: ["component"] }],
  properties: { trustZone: text, component: text },
};
const otmShapes = list(
  object("representation id", {
    representation: text,
    id: text,
    position: object("x y", { x: number, y: number }),
    size: object("width height", { width: number, height: number }),
  }),
);
const otmInstances = list(
  object("threat state", {
    threat: text,
    state: text,
    mitigations: list(object("mitigation state", { mitigation: text, state: text })),
  }),
);
const OTM = object("otmVersion project", {
  otmVersion: text,
  project: object("name id", { name: text, id: text }),
  representations: list(object("name id type", { name: text, id: text, type: text })),
  assets: list(
    object("name id risk", {
      name: text,
      id: text,
      risk: object("confidentiality integrity availability", {
        confidentiality: number,
        integrity: number,
        availability: number,
        comment: textOrNone,
      }),
    }),
  ),
  trustZones: list(
    object("id name risk", {
      id: text,
      name: text,
      type: text,
      risk: object("trustRating", { trustRating: number }),
      parent: otmParent,
      representations: otmShapes,
    }),
  ),
  components: list(
    object("id name type parent", {
      id: text,
      name: text,
      type: text,
      parent: otmParent,
      representations: otmShapes,
      threats: otmInstances,
      assets: object("", { processed: list(text), stored: list(text) }),
      tags: list(text),
      attributes: { type: "object" },
    }),
  ),
  dataflows: list(
    object("id name source destination", {
      id: text,
      name: text,
      source: text,
      destination: text,
      bidirectional: flag,
      assets: list(text),
      threats: otmInstances,
      tags: list(text),
    }),
  ),
  threats: list(
    object("id name risk", {
      id: text,
      name: text,
      categories: list(text),
      cwes: list(text),
      risk: object("likelihood impact", {
        likelihood: { type: ["number", "null"] },
        impact: number,
        impactComment: text,
      }),
    }),
  ),
  mitigations: list(object("id name riskReduction", { id: text, name: text, riskReduction: number })),
});

const symbol = { type: "string", pattern: "^[0-9a-z-]+$" };
const closed = (required: string, properties: Record<string, Schema>) => object(required, properties, false);
const thing = { symbolic_name: symbol, title: text, description: text };
const sensitivities = list(oneOf("pii phi fin ip cred biz gov pci op"));
const degree = oneOf("minimal low moderate high maximal");
const end = closed("type object", { type: text, object: symbol });
const access = list(oneOf("none acl rbac mac dac abac"));
const TM_BOM = closed("version scope trust_zones trust_boundaries actors components data_stores data_sets data_flows", {
  $schema: { const: "https://github.com/OWASP/www-project-threat-model-library/blob/v1.0.1/threat-model.schema.json" },
  version: { type: "string", pattern: "^\\d+(\\.\\d+)*$" },
  scope: closed("title description business_criticality data_sensitivity exposure tier", {
    title: text,
    description: text,
    business_criticality: degree,
    data_sensitivity: sensitivities,
    exposure: oneOf("internal external"),
    tier: oneOf("mission_critical business_critical important non_critical"),
  }),
  trust_zones: list(closed("symbolic_name title description", thing)),
  trust_boundaries: list(
    object("trust_zone_a trust_zone_b", { trust_zone_a: symbol, trust_zone_b: symbol, access_control_methods: access }),
  ),
  actors: list(
    closed("symbolic_name title description type trust_zone", {
      ...thing,
      type: oneOf("system user power_user administrator engineer third_party"),
      permissions: text,
      trust_zone: symbol,
    }),
  ),
  components: list(
    closed("symbolic_name title description trust_zone", {
      ...thing,
      parent_component: symbol,
      trust_zone: symbol,
      repo_link: text,
    }),
  ),
  data_stores: list(
    closed("symbolic_name title description type trust_zone", {
      ...thing,
      type: oneOf("sql key_value document object graph time_series"),
      vendor: text,
      product: text,
      trust_zone: symbol,
    }),
  ),
  data_sets: list(
    closed("symbolic_name title description placements data_sensitivity", {
      ...thing,
      placements: list(closed("", { data_store: symbol, encrypted: flag })),
      data_sensitivity: sensitivities,
      access_control_methods: access,
      record_count: { type: "integer" },
    }),
  ),
  data_flows: list(
    closed("symbolic_name title description source destination has_sensitive_data encrypted", {
      ...thing,
      source: end,
      destination: end,
      has_sensitive_data: flag,
      encrypted: flag,
    }),
  ),
  assumptions: list(
    closed("description validity", {
      description: text,
      topics: list(symbol),
      validity: oneOf("unconfirmed confirmed rejected"),
    }),
  ),
  threat_personas: list(
    closed("symbolic_name title description is_person skill_level access_level malicious_intent applicability_to_org", {
      ...thing,
      is_person: flag,
      skill_level: oneOf("script_kid insider engineer expert_engineer oc_sponsored state_sponsored"),
      access_level: oneOf("anonymous user admin"),
      malicious_intent: flag,
      applicability_to_org: degree,
    }),
  ),
  threats: list(
    closed("symbolic_name title description threat_persona event sources", {
      ...thing,
      components_affected: list(symbol),
      threat_persona: symbol,
      event: text,
      sources: list(oneOf("adversary human_error failure events_beyond_org_control")),
      attack_mechanisms: list(closed("capec_id", { capec_id: { type: "integer" }, capec_title: text })),
      weaknesses: list(closed("cwe_id", { cwe_id: { type: "integer" }, cwe_title: text })),
    }),
  ),
  controls: list(
    closed("symbolic_name title description threats status priority", {
      ...thing,
      threats: list(symbol),
      trust_boundary: closed("trust_zone_a trust_zone_b", { trust_zone_a: symbol, trust_zone_b: symbol }),
      status: oneOf("assumed active suggested under_review approved scheduled retired wont_do"),
      priority: oneOf("none low medium high critical"),
    }),
  ),
});

const tags = { type: ["array", "null"], items: text, uniqueItems: true };
const secrecy = oneOf("public internal restricted confidential strictly-confidential");
const criticality = oneOf("archive operational important critical mission-critical");
const needs = { confidentiality: secrecy, integrity: criticality, availability: criticality };
const usage = oneOf("business devops");
const refs = { type: ["array", "null"], items: text, uniqueItems: true };
const link = object("target description protocol authentication authorization vpn ip_filtered readonly usage", {
  target: text,
  description: textOrNone,
  authentication: oneOf("none credentials session-id token client-certificate two-factor externalized"),
  authorization: oneOf("none technical-user enduser-identity-propagation"),
  protocol: text,
  vpn: flag,
  ip_filtered: flag,
  readonly: flag,
  usage,
  tags,
  data_assets_sent: refs,
  data_assets_received: refs,
});
const THREAGILE = object(
  "threagile_version title author business_criticality tags_available data_assets technical_assets shared_runtimes",
  {
    threagile_version: text,
    title: text,
    author: object("name", { name: textOrNone }),
    business_criticality: criticality,
    tags_available: tags,
    abuse_cases: map(text),
    security_requirements: map(text),
    data_assets: map(
      object("id description usage quantity confidentiality integrity availability", {
        id: text,
        description: textOrNone,
        usage,
        tags,
        quantity: oneOf("very-few few many very-many"),
        ...needs,
      }),
    ),
    technical_assets: map(
      object(
        "id description type usage used_as_client_by_human out_of_scope size technology internet machine encryption owner confidentiality integrity availability multi_tenant redundant custom_developed_parts data_formats_accepted communication_links",
        {
          id: text,
          type: oneOf("external-entity process datastore"),
          usage,
          used_as_client_by_human: flag,
          out_of_scope: flag,
          size: oneOf("system service application component"),
          internet: flag,
          machine: oneOf("physical virtual container serverless"),
          encryption: oneOf(
            "none transparent data-with-symmetric-shared-key data-with-asymmetric-shared-key data-with-enduser-individual-key",
          ),
          owner: textOrNone,
          ...needs,
          multi_tenant: flag,
          redundant: flag,
          custom_developed_parts: flag,
          data_assets_processed: refs,
          data_assets_stored: refs,
          data_formats_accepted: { type: ["array", "null"], items: oneOf("json xml serialization file csv") },
          tags,
          communication_links: map(link),
        },
      ),
    ),
    trust_boundaries: map(
      object("id description type technical_assets_inside trust_boundaries_nested", {
        id: text,
        type: oneOf(
          "network-on-prem network-dedicated-hoster network-virtual-lan network-cloud-provider network-cloud-security-group network-policy-namespace-isolation execution-environment",
        ),
        technical_assets_inside: refs,
        trust_boundaries_nested: refs,
        tags,
      }),
    ),
    shared_runtimes: map(
      object("id description technical_assets_running", { id: text, technical_assets_running: refs, tags }),
    ),
    individual_risk_categories: map(
      object(
        "id description impact asvs cheat_sheet action mitigation check function stride detection_logic risk_assessment false_positives model_failure_possible_reason cwe risks_identified",
        {
          ...Object.fromEntries(
            "id impact asvs cheat_sheet action mitigation check detection_logic risk_assessment false_positives"
              .split(" ")
              .map((key) => [key, text]),
          ),
          function: oneOf("business-side architecture development operations"),
          stride: oneOf(
            "spoofing tampering repudiation information-disclosure denial-of-service elevation-of-privilege",
          ),
          model_failure_possible_reason: flag,
          cwe: { type: "integer" },
          risks_identified: map(anything),
        },
      ),
    ),
  },
);

/** pytm raises at an unknown boundary, source or sink; that is checked beside this. */
const PYTM = object("name elements flows boundaries", {
  name: text,
  onDuplicates: oneOf("NO_ACTION RESTRICT IGNORE"),
  boundaries: list(object("name", { name: text, inBoundary: text })),
  elements: list(
    object("name", {
      name: text,
      inBoundary: text,
      __class__: oneOf("Actor ExternalEntity Datastore Server Process SetOfProcesses Lambda LLM Asset"),
    }),
  ),
  flows: list(object("name source sink", { name: text, source: text, sink: text, dstPort: { type: "integer" } })),
});

const CYCLONEDX_TM = object("bomFormat specVersion components", {
  bomFormat: { const: "CycloneDX" },
  components: list(
    object("type bom-ref name components", {
      components: list(
        object("type bom-ref name properties", {
          type: { const: "threat-model" },
          properties: list(closed("name value", { name: text, value: text })),
        }),
      ),
    }),
  ),
});

export const MODEL_SCHEMAS = {
  "threat-dragon": THREAT_DRAGON,
  otm: OTM,
  "tm-bom": TM_BOM,
  threagile: THREAGILE,
  pytm: PYTM,
  "cyclonedx-tm": CYCLONEDX_TM,
};
