import type { StepBy } from "../../../features/security-file/graph/schema.ts";
import type { Residual } from "../../../features/security-file/risk/schema.ts";
import type { Acceptability, Treatment } from "../../../features/security-file/threats/schema.ts";

export const RESIDUAL_WORD: Record<Residual, string> = {
  "not-rated": "Not rated yet",
  acceptable: "Acceptable",
  "with-reason": "On the line, with a reason",
  "needs-reason": "On the line, no reason",
  benefit: "Accepted for its benefit",
  unacceptable: "Unacceptable",
  avoided: "Avoided",
};

export const RESIDUAL_TONE: Record<Residual, "good" | "warn" | "bad"> = {
  "not-rated": "warn",
  acceptable: "good",
  "with-reason": "good",
  "needs-reason": "bad",
  benefit: "warn",
  unacceptable: "bad",
  avoided: "good",
};

export const ACCEPTABILITY_WORD: Record<Acceptability, string> = {
  acceptable: "Acceptable",
  reduce: "Reduce, or say why not",
  unacceptable: "Unacceptable",
};

export const TREATMENT_WORD: Record<Treatment, string> = {
  reduce: "Reduced",
  avoid: "Avoided",
  transfer: "Transferred",
  accept: "Accepted",
  undecided: "Not decided",
};

/** How a way goes from a step to the next. */
export const BY_WORD: Record<StepBy, string> = {
  "is-in": "is in",
  flow: "by",
  update: "by the update",
  holds: "holds",
  "runs-on": "runs on",
  "part-of": "is a part of",
  serves: "does",
  fails: "fails as",
  exposes: "exposes to",
  harms: "ends in",
};

export const STEP_WORD: Record<string, string> = {
  component: "Part",
  port: "Interface",
  flow: "Flow",
  asset: "Asset",
  credential: "Credential",
  update: "Update",
  zone: "Zone",
  element: "Element",
  function: "Function",
  hazard: "Hazard",
  situation: "Situation",
  harm: "Harm",
};
