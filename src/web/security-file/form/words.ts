import type { ItemKind } from "../../../features/security-file/schema.ts";

/** One item of each kind. */
export const KIND_WORD: Record<ItemKind, string> = {
  zones: "Trust zone",
  elements: "Element",
  ports: "Interface",
  assets: "Asset",
  credentials: "Credential",
  flows: "Data flow",
  updatePaths: "Way of updates",
  states: "State",
  useCases: "Security use case",
  assumptions: "Assumption",
  functions: "Function",
  hazards: "Hazard",
  situations: "Hazardous situation",
  harms: "Harm",
  threats: "Threat",
  risks: "Risk",
  requirements: "Requirement",
  controls: "Control",
  tests: "Test",
  evidence: "Evidence",
  labels: "Label",
  layouts: "Places on a view",
};

/** Fields whose name does not say enough. */
const FIELD_WORD: Record<string, string> = {
  inScope: "Answered for by this file",
  patientsEach: "Patients at the same time, each",
  instances: "How many in one installation",
  onFailure: "What it does when it fails or is attacked",
  components: "Parts of the SBOM",
  parent: "Part of",
  trust: "Trust, 0 hostile to 100 full",
  owner: "Who answers for it",
  exposed: "Reachable from outside",
  approvedEndpoints: "Approved other ends",
  accessControl: "What keeps others out",
  bothWays: "Goes both ways",
  fromPort: "Leaves by",
  toPort: "Enters by",
  protocolVersion: "Version of the protocol",
  port: "Port, channel or frequency",
  mutual: "Both ends prove who they are",
  antiReplay: "Old messages are refused",
  integrityProtected: "Protected against change",
  proprietaryCryptography: "Cryptography of its own make",
  expertAnalysis: "The expert's analysis of it",
  hardcoded: "In the program itself",
  factoryDefault: "The same from the factory",
  flows: "Flows, in the order they happen",
  updates: "What it changes",
  controlled: "In the manufacturer's hands",
  onInterruption: "When it is interrupted",
  rollback: "An older version",
  cadence: "How often",
  axis: "A state of",
  about: "What it is about",
};

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The label of a field: its own words, else its name read as words. */
export const fieldWord = (name: string): string =>
  FIELD_WORD[name] ?? sentence(name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase());

/** A member of a closed set, read as words. */
export const optionWord = (value: string): string => sentence(value.replaceAll("-", " "));
