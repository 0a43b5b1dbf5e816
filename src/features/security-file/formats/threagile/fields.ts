import type { Need } from "../../design/schema.ts";
import type { KeptFields } from "../reading/kept.ts";

export const TITLE = "Threagile";
/** A technical asset that is a runtime others share; written as one when it is no more than that. */
export const SHARED_RUNTIME = "shared-runtime";

const USAGES = ["business", "devops"];

export const ASSET_KEPT: KeptFields = {
  usage: { as: "text", silent: "business", words: USAGES },
  tags: { as: "texts" },
  origin: { as: "text" },
  owner: { as: "text" },
  quantity: { as: "text", silent: "few", words: ["very-few", "few", "many", "very-many"] },
  justification_cia_rating: { as: "text" },
};

/** The needs of a technical asset are those of the data in it: a security file rates assets only. */
export const ELEMENT_KEPT: KeptFields = {
  usage: { as: "text", silent: "business", words: USAGES },
  used_as_client_by_human: { as: "flag", silent: false },
  size: { as: "text", silent: "component", words: ["system", "service", "application", "component"] },
  tags: { as: "texts" },
  internet: { as: "flag", silent: false },
  machine: { as: "text", silent: "physical", words: ["physical", "virtual", "container", "serverless"] },
  encryption: {
    as: "text",
    silent: "none",
    words: [
      "none",
      "transparent",
      "data-with-symmetric-shared-key",
      "data-with-asymmetric-shared-key",
      "data-with-enduser-individual-key",
    ],
  },
  owner: { as: "text", silent: "" },
  confidentiality: {
    as: "text",
    silent: "internal",
    words: ["public", "internal", "restricted", "confidential", "strictly-confidential"],
  },
  integrity: {
    as: "text",
    silent: "important",
    words: ["archive", "operational", "important", "critical", "mission-critical"],
  },
  availability: {
    as: "text",
    silent: "important",
    words: ["archive", "operational", "important", "critical", "mission-critical"],
  },
  justification_cia_rating: { as: "text" },
  multi_tenant: { as: "flag", silent: false },
  redundant: { as: "flag", silent: false },
  custom_developed_parts: { as: "flag", silent: false },
  data_formats_accepted: { as: "texts", silent: [] },
  diagram_tweak_order: { as: "number" },
};

export const LINK_KEPT: KeptFields = {
  tags: { as: "texts" },
  vpn: { as: "flag", silent: false },
  ip_filtered: { as: "flag", silent: false },
  readonly: { as: "flag", silent: false },
  usage: { as: "text", silent: "business", words: USAGES },
  diagram_tweak_weight: { as: "number" },
  diagram_tweak_constraint: { as: "flag" },
};

export const ZONE_KEPT: KeptFields = {
  type: {
    as: "text",
    silent: "network-on-prem",
    words: [
      "network-on-prem",
      "network-dedicated-hoster",
      "network-virtual-lan",
      "network-cloud-provider",
      "network-cloud-security-group",
      "network-policy-namespace-isolation",
      "execution-environment",
    ],
  },
  tags: { as: "texts" },
};

export const CATEGORY_KEPT: KeptFields = {
  impact: { as: "text", silent: "" },
  asvs: { as: "text", silent: "" },
  cheat_sheet: { as: "text", silent: "" },
  action: { as: "text", silent: "" },
  check: { as: "text", silent: "" },
  function: {
    as: "text",
    silent: "architecture",
    words: ["business-side", "architecture", "development", "operations"],
  },
  detection_logic: { as: "text", silent: "" },
  false_positives: { as: "text", silent: "" },
  model_failure_possible_reason: { as: "flag", silent: false },
  cwe: { as: "number", silent: 0 },
};

const SECRECY: readonly (readonly [Need, string])[] = [
  ["none", "public"],
  ["low", "internal"],
  ["medium", "restricted"],
  ["high", "confidential"],
  ["high", "strictly-confidential"],
];
const CRITICALITY: readonly (readonly [Need, string])[] = [
  ["none", "archive"],
  ["low", "operational"],
  ["medium", "important"],
  ["high", "critical"],
  ["high", "mission-critical"],
];
const scale = (need: "confidentiality" | "integrity" | "availability") =>
  need === "confidentiality" ? SECRECY : CRITICALITY;

/** Null: no word of the scale. */
export const needOfWord = (need: "confidentiality" | "integrity" | "availability", word: string): Need | null =>
  scale(need).find(([, one]) => one === word)?.[0] ?? null;

export const wordOfNeed = (need: "confidentiality" | "integrity" | "availability", value: Need): string =>
  scale(need).find(([one]) => one === value)?.[1] ?? "";

export const TECHNOLOGIES =
  "client-system browser desktop mobile-app devops-client web-server web-application application-server database file-server local-file-system erp cms web-service-rest web-service-soap ejb search-index search-engine service-registry reverse-proxy load-balancer build-pipeline sourcecode-repository artifact-registry code-inspection-platform monitoring ldap-server container-platform batch-processing event-listener identity-provider identity-store-ldap identity-store-database tool cli task function gateway iot-device message-queue stream-processing service-mesh data-lake report-engine ai mail-server vault hsm waf ids ips scheduler mainframe block-storage library".split(
    " ",
  );

export const PROTOCOLS =
  "http https ws wss reverse-proxy-web-protocol reverse-proxy-web-protocol-encrypted mqtt jdbc jdbc-encrypted odbc odbc-encrypted sql-access-protocol sql-access-protocol-encrypted nosql-access-protocol nosql-access-protocol-encrypted binary binary-encrypted text text-encrypted ssh ssh-tunnel smtp smtp-encrypted pop3 pop3-encrypted imap imap-encrypted ftp ftps sftp scp ldap ldaps jms nfs smb smb-encrypted local-file-access nrpe xmpp iiop iiop-encrypted jrmp jrmp-encrypted in-process-library-call container-spawning".split(
    " ",
  );

export const isEncrypted = (protocol: string): boolean =>
  /-encrypted$|^(?:https|wss|ssh|ssh-tunnel|ftps|sftp|scp|ldaps)$/.test(protocol);

export const AUTHENTICATIONS = [
  "none",
  "credentials",
  "session-id",
  "token",
  "client-certificate",
  "two-factor",
  "externalized",
];
export const AUTHORIZATIONS = ["none", "technical-user", "enduser-identity-propagation"];
