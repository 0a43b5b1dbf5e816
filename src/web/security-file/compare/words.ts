import type { Area } from "../../../features/security-file/diff/areas.ts";
import type { Aspect } from "../../../features/security-file/diff/schema.ts";
import type { ItemKind } from "../../../features/security-file/schema.ts";
import { counted } from "../../kit/words.ts";
import { KIND_WORD } from "../form/words.ts";

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
  components: "parts where such a control works",
  clinical: "the clinical side",
  assurance: "threats, risks or proof",
  wording: "words",
};

export const CHANGE_SIGN = { added: "+", removed: "−", changed: "~" } as const;

/** "14 threats", "1 piece of evidence". */
export function countOf(count: number, kind: ItemKind): string {
  if (kind === "evidence") return counted(count, "piece of evidence", "pieces of evidence");
  return counted(count, KIND_WORD[kind].toLowerCase(), kind === "updatePaths" ? "ways of updates" : undefined);
}
