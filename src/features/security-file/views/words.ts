import type { Carries, ElementKind, Owner, PathField, PortKind, PortState, View } from "../design/schema.ts";

export const VIEW_WORD: Record<View, string> = {
  global: "Global system",
  "multi-patient": "Multi-patient harm",
  update: "Updates and patches",
  "use-cases": "Security use cases",
};

export const ELEMENT_WORD: Record<ElementKind, string> = {
  process: "Process",
  store: "Store",
  "external-system": "External system",
  user: "User",
  hardware: "Hardware",
};

export const PORT_WORD: Record<PortKind, string> = {
  wired: "wired",
  wireless: "wireless",
  removable: "removable media",
  service: "service",
  debug: "debug",
  user: "for a user",
  logical: "logical",
};

export const PORT_STATE_WORD: Record<PortState, string> = {
  used: "in use",
  unused: "unused",
  "service-only": "service only",
  disabled: "disabled",
  unknown: "state unknown",
};

export const OWNER_WORD: Record<Owner, string> = {
  manufacturer: "Manufacturer",
  hospital: "Hospital",
  patient: "Patient",
  "third-party": "Third party",
  unknown: "Nobody named",
};

export const CARRIES_WORD: Record<Carries, string> = { data: "data", command: "commands", code: "code" };

/** What each field of a communication path asks (FDA premarket guidance, App. 2.B, in our words). */
export const PATH_WORD: Record<PathField, string> = {
  functionality: "What it can do, also what is dormant",
  accessControl: "Who is kept out, and how",
  errorBehaviour: "What happens on an error",
  authentication: "How each end proves who it is",
  authenticationStrength: "Algorithm and strength of that proof",
  authorization: "What each role may do",
  cryptography: "Cryptography and its mode",
  cryptographyStrength: "Its strength",
  keyUsage: "Which key does what",
  updateProtection: "How what it brings is verified",
  verifiedWhere: "Where credentials are verified",
  credentialDistribution: "How credentials get there",
  identityManagement: "Who manages identities",
  sessionStart: "How a session starts",
  sessionEnd: "How a session ends",
  settings: "Security settings",
  defaults: "Their defaults",
};
