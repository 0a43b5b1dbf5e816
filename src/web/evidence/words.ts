import type { GapReason } from "../../features/evidence/coverage/schema.ts";
import type { EvidenceOrigin, FindingState } from "../../features/evidence/stored/schema.ts";
import type { Shape } from "../kit/mark.tsx";

export const FINDING_WORD: Record<FindingState, string> = {
  open: "Open",
  fixed: "Fixed",
  accepted: "Accepted",
  deferred: "Deferred",
  "not-applicable": "Not applicable",
};
export const FINDING_SHAPE: Record<FindingState, Shape> = {
  open: "triangle",
  fixed: "check",
  accepted: "shield",
  deferred: "half",
  "not-applicable": "dash",
};
/** How a day or a control stands, in words and as a shape. */
export const STANDING_WORD: Record<GapReason | "proven", string> = {
  proven: "Proven",
  "open-findings": "Findings undecided",
  expired: "Expired",
  "never-proven": "Never proven",
};
export const STANDING_SHAPE: Record<GapReason | "proven", Shape> = {
  proven: "check",
  "open-findings": "triangle",
  expired: "cross",
  "never-proven": "ring",
};
export const ORIGIN_WORD: Record<EvidenceOrigin, string> = {
  person: "uploaded",
  pipeline: "from a pipeline",
  "command-line": "by the command",
};
