import type { Area } from "../../../features/security-file/diff/areas.ts";
import type { Aspect } from "../../../features/security-file/diff/schema.ts";

export const AREA_WORD: Record<Area, string> = {
  design: "Design",
  interfaces: "Interfaces and paths",
  components: "Parts of the SBOM",
  cryptography: "Cryptography",
  authentication: "Authentication and authorisation",
  update: "The way of updates",
  clinical: "Clinical side",
  risks: "Threats and risks",
  proof: "Controls, tests and evidence",
  wording: "Words and places only",
};

/** As the subject of a sentence. */
export const ASPECT_WORD: Record<Aspect, string> = {
  architecture: "the architecture",
  interfaces: "connectivity",
  cryptography: "cryptography",
  authentication: "authentication or authorisation",
  update: "the way of updates",
  controls: "a security control",
  components: "parts where a security control works",
  clinical: "the clinical side",
  assurance: "threats, risks or proof",
  wording: "words",
};

export const CHANGE_SIGN = { added: "+", removed: "−", changed: "~" } as const;
