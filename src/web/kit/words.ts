import type {
  DataKind,
  FunctionKind,
  Harm,
  InterfaceKind,
  NetworkPosition,
  Phase,
  UnitStatus,
} from "../../features/devices/schema.ts";
import type { Rating } from "../../features/intel/assess/schema.ts";
import type { Justification, State } from "../../features/intel/findings/schema.ts";
import type { Trust } from "../../features/intel/statements/schema.ts";
import type { SupportBucket, SupportLevel } from "../../features/intel/support/schema.ts";
import type { VexJustification, VexStatus } from "../../features/intel/vex/schema.ts";
import type { Role } from "../../features/people/schema.ts";

/** The words on the page for every closed set of the contracts: a new member without a word does not compile. */
export const STATE_WORD: Record<State, string> = {
  new: "New",
  "in-triage": "In triage",
  affected: "Affected",
  "not-affected": "Not affected",
  fixed: "Fixed",
  accepted: "Accepted",
};

export const PHASE_WORD: Record<Phase, string> = {
  concept: "Concept",
  design: "Design",
  development: "Development",
  manufacturing: "Manufacturing",
  deployment: "Deployment",
  maintenance: "Maintenance",
  "limited-support": "Limited support",
  "end-of-support": "End of support",
  decommissioned: "Decommissioned",
};

export const HARM_WORD: Record<Harm, string> = {
  catastrophic: "Catastrophic",
  critical: "Critical",
  serious: "Serious",
  minor: "Minor",
  negligible: "Negligible",
};

export const FUNCTION_WORD: Record<FunctionKind, string> = {
  "life-support": "Life support",
  therapy: "Therapy",
  diagnosis: "Diagnosis",
  monitoring: "Monitoring",
  alarm: "Alarm",
  records: "Records",
  connectivity: "Connectivity",
  service: "Service",
};

export const INTERFACE_WORD: Record<InterfaceKind, string> = {
  wired: "Wired",
  wireless: "Wireless",
  removable: "Removable media",
  service: "Service access",
};

export const NETWORK_WORD: Record<NetworkPosition, string> = {
  isolated: "On no network",
  "device-network": "In a network of its own",
  "hospital-network": "In the hospital's network",
  internet: "Reachable from the internet",
};

export const DATA_WORD: Record<DataKind, string> = {
  patient: "Patients' records",
  diagnosis: "Diagnosis or monitoring",
  therapy: "Therapy",
  workflow: "Workflow",
  secrets: "Secrets",
  other: "Other critical data",
};

export const UNIT_WORD: Record<UnitStatus, string> = {
  "in-stock": "In stock",
  "in-use": "In use",
  "in-repair": "In repair",
  retired: "Retired",
};

export const RATING_WORD: Record<Rating, string> = {
  critical: "Critical",
  high: "High",
  medium: "Medium",
  low: "Low",
  none: "None",
  unknown: "Not rated",
};

export const JUSTIFICATION_WORD: Record<Justification, string> = {
  code_not_present: "The vulnerable code is not present",
  code_not_reachable: "The vulnerable code cannot be reached",
  requires_configuration: "Needs a configuration this device does not have",
  requires_dependency: "Needs a dependency this device does not have",
  requires_environment: "Needs an environment this device does not run in",
  protected_by_compiler: "Protected by compiler options",
  protected_at_runtime: "Protected at run time",
  protected_at_perimeter: "Protected at the device's perimeter",
  protected_by_mitigating_control: "Protected by another control",
};

export const ROLE_WORD: Record<Role, string> = {
  administrator: "Administrator",
  "product-security": "Product security",
  regulatory: "Regulatory",
  engineer: "Engineer",
  clinical: "Clinical",
  privacy: "Privacy",
  "hospital-operator": "Hospital operator",
  auditor: "Auditor",
};

export const ROLE_MEANING: Record<Role, string> = {
  administrator: "people, keys, sources, health; decides no finding",
  "product-security": "finds out what is affected and decides",
  regulatory: "answers for documents and for the phase a release is in",
  engineer: "builds the device; pipelines upload SBOMs",
  clinical: "says what a finding means at the bedside",
  privacy: "knows who did what, and when",
  "hospital-operator": "runs the units in a hospital",
  auditor: "reads everything, changes nothing",
};

/** "1 part", "3 parts", "1,204 parts". */
export const counted = (count: number, noun: string, many = `${noun}s`): string =>
  `${count.toLocaleString("en")} ${count === 1 ? noun : many}`;

export const VEX_WORD: Record<VexStatus, string> = {
  not_affected: "Not affected",
  affected: "Affected",
  fixed: "Fixed",
  under_investigation: "Under investigation",
};

export const VEX_REASON: Record<VexJustification, string> = {
  component_not_present: "The component is not present",
  vulnerable_code_not_present: "The vulnerable code is not present",
  vulnerable_code_not_in_execute_path: "The vulnerable code is never run",
  vulnerable_code_cannot_be_controlled_by_adversary: "An attacker cannot steer the vulnerable code",
  inline_mitigations_already_exist: "Protections built in prevent it",
};

export const TRUST_WORD: Record<Trust, string> = {
  own: "Our own",
  supplier: "Supplier of the part",
  "third-party": "Third party",
  unknown: "Not decided",
};

export const SUPPORT_WORD: Record<SupportBucket, string> = {
  ended: "Ended",
  unmaintained: "Unmaintained",
  limited: "Limited",
  soon: "Ends within 12 months",
  longer: "Supported longer",
  unknown: "Not known",
};

export const LEVEL_WORD: Record<SupportLevel, string> = {
  active: "Supported",
  "security-only": "Security fixes only",
  limited: "Limited",
  ended: "Ended",
  unmaintained: "Unmaintained",
  unknown: "Not known",
};
