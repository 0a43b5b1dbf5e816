import type { ControlCategory } from "../../../features/security-file/assurance/schema.ts";
import type { Lifecycle, MitigationState, ThreatCategory } from "../../../features/security-file/threats/schema.ts";
import type { Shape } from "../../kit/mark.tsx";

export const CATEGORY_WORD: Record<ThreatCategory, string> = {
  spoofing: "Spoofing",
  tampering: "Tampering",
  repudiation: "Repudiation",
  "information-disclosure": "Disclosure",
  "denial-of-service": "Denial of service",
  "elevation-of-privilege": "More rights",
  "alarm-suppression": "Alarm suppressed",
  "therapy-change": "Therapy changed",
  "replayed-command": "Command replayed",
  "wrong-patient": "Wrong patient",
  "service-port": "Service interface",
  "update-interruption": "Update interrupted",
  "unsafe-fail-over": "Unsafe fail-over",
  other: "Other",
};

export const LIFECYCLE_WORD: Record<Lifecycle, string> = {
  operation: "In operation",
  "supply-chain": "Supply chain",
  manufacturing: "Manufacturing",
  deployment: "Deployment",
  interoperation: "Interoperation",
  maintenance: "Maintenance and updates",
  decommissioning: "Decommissioning",
};

export const CONTROL_WORD: Record<ControlCategory, string> = {
  authentication: "A Authentication",
  authorization: "B Authorisation",
  cryptography: "C Cryptography",
  integrity: "D Integrity",
  confidentiality: "E Confidentiality",
  "event-logging": "F Event logging",
  resiliency: "G Resiliency",
  updates: "H Updates",
};

export const MITIGATION_WORD: Record<MitigationState, string> = {
  planned: "Planned",
  implemented: "Implemented",
  verified: "Verified",
  dropped: "Dropped",
};

export const MITIGATION_SHAPE: Record<MitigationState, Shape> = {
  planned: "ring",
  implemented: "half",
  verified: "check",
  dropped: "dash",
};

/** The page of a weakness or an attack pattern in MITRE's lists. */
export function linkOf(id: string): string {
  const [list = "", number = ""] = id.split("-");
  const place = list === "CWE" ? "cwe.mitre.org" : "capec.mitre.org";
  return `https://${place}/data/definitions/${number}.html`;
}
