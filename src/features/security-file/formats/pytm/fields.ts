import type { ElementKind } from "../../design/schema.ts";
import type { KeptFields } from "../reading/kept.ts";

export const TITLE = "pytm";

export const KIND_OF: Readonly<Record<string, ElementKind>> = {
  Actor: "user",
  ExternalEntity: "external-system",
  Datastore: "store",
  Server: "process",
  Process: "process",
  SetOfProcesses: "process",
  Lambda: "process",
  LLM: "process",
  Asset: "process",
  Element: "process",
};

/** Classes that are a technology of a process rather than a kind of their own. */
export const PROCESS_CLASSES = ["Server", "SetOfProcesses", "Lambda", "LLM", "Asset"];

export const BOUNDARY_KEPT: KeptFields = { maxClassification: { as: "text", silent: "Classification.UNKNOWN" } };
export const ELEMENT_KEPT: KeptFields = {
  OS: { as: "text" },
  port: { as: "number", silent: -1 },
  protocol: { as: "text" },
  maxClassification: { as: "text", silent: "Classification.UNKNOWN" },
  minTLSVersion: { as: "text", silent: "TLSVersion.NONE" },
  isAdmin: { as: "flag" },
  onAWS: { as: "flag" },
  isSQL: { as: "flag" },
  isShared: { as: "flag" },
  storesLogData: { as: "flag" },
  storesPII: { as: "flag" },
  storesSensitiveData: { as: "flag" },
  hasWriteAccess: { as: "flag" },
};
export const FLOW_KEPT: KeptFields = { note: { as: "text" }, isResponse: { as: "flag" } };

/** Written only to the input form where pytm's own defaults say the same. */
export const INPUT_DEFAULTS: ReadonlySet<string> = new Set(["port", "maxClassification", "minTLSVersion"]);

export const CLASSIFICATION: Readonly<Record<string, "none" | "low" | "medium" | "high">> = {
  PUBLIC: "none",
  RESTRICTED: "medium",
  SENSITIVE: "high",
  SECRET: "high",
  TOP_SECRET: "high",
};
