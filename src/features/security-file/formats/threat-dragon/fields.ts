import type { KeptFields } from "../reading/kept.ts";

export const TITLE = "Threat Dragon";

/** What a cell says that a security file has no place for. */
export const CELL_KEPT: KeptFields = {
  privilegeLevel: { as: "text" },
  isALog: { as: "flag" },
  isEncryptedAtRest: { as: "flag" },
  isSigned: { as: "flag" },
  storesCredentials: { as: "flag" },
  storesInventory: { as: "flag" },
  handlesCardPayment: { as: "flag" },
  handlesGoodsOrServices: { as: "flag" },
  isWebApplication: { as: "flag" },
  providesAuthentication: { as: "flag" },
  isPublicNetwork: { as: "flag" },
};

/** A threat's severity mixes how bad and how likely: neither a harm's severity nor exploitability. "TBA": not rated. */
export const THREAT_KEPT: KeptFields = {
  severity: { as: "text", silent: "TBA" },
  score: { as: "text", silent: "" },
  modelType: { as: "text", silent: "STRIDE" },
  ruleId: { as: "text" },
  threatType: { as: "text" },
  number: { as: "number" },
};

/** How a cell is drawn: another tool draws it anew. */
export const DRAWING = [
  "attrs",
  "ports",
  "labels",
  "connector",
  "router",
  "vertices",
  "zIndex",
  "visible",
  "angle",
  "width",
  "height",
  "markup",
  "view",
  "tools",
  "children",
  "parent",
  "component",
];

export const SHAPES: Readonly<Record<string, "process" | "store" | "actor" | "flow" | "box" | "curve" | "text">> = {
  process: "process",
  "tm.Process": "process",
  store: "store",
  "tm.Store": "store",
  actor: "actor",
  "tm.Actor": "actor",
  flow: "flow",
  edge: "flow",
  "tm.Flow": "flow",
  "trust-boundary-box": "box",
  "tm.BoundaryBox": "box",
  "trust-boundary-curve": "curve",
  "trust-broundary-curve": "curve",
  "trust-boundary": "curve",
  "tm.Boundary": "curve",
  "td-text-block": "text",
  "tm.Text": "text",
};
