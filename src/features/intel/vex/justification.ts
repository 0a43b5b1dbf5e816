import { VEX_JUSTIFICATION } from "../findings/decision.ts";
import { JUSTIFICATIONS, type Justification } from "../findings/schema.ts";
import { VEX_JUSTIFICATIONS, type VexJustification } from "./schema.ts";

/** A justification of CISA, OpenVEX, CSAF or CycloneDX as one of CISA's five; null for any other word. */
export function justificationOf(word: string): VexJustification | null {
  const own = VEX_JUSTIFICATIONS.find((one) => one === word);
  if (own !== undefined) return own;
  const cyclonedx = JUSTIFICATIONS.find((one) => one === word);
  return cyclonedx === undefined ? null : ofCycloneDx(cyclonedx);
}

const ofCycloneDx = (word: Justification): VexJustification | null =>
  VEX_JUSTIFICATIONS.find((one) => one === VEX_JUSTIFICATION[word]) ?? null;

/** CISA's five in CycloneDX's words. CycloneDX cannot say that the whole component is absent; its code then is. */
const TO_CYCLONEDX: Record<VexJustification, Justification> = {
  component_not_present: "code_not_present",
  vulnerable_code_not_present: "code_not_present",
  vulnerable_code_not_in_execute_path: "code_not_reachable",
  vulnerable_code_cannot_be_controlled_by_adversary: "requires_environment",
  inline_mitigations_already_exist: "protected_by_mitigating_control",
};

/** The CycloneDX word: the author's own where it was one. */
export const cyclonedxJustification = (justification: VexJustification, original: string | null): Justification =>
  JUSTIFICATIONS.find((one) => one === original) ?? TO_CYCLONEDX[justification];
