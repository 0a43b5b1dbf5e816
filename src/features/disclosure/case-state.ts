import type { CaseState } from "./schema.ts";

/** Where a case may go from where it is (ISO/IEC 30111: receipt, verification, remediation, release, post-release). */
const NEXT: Record<CaseState, readonly CaseState[]> = {
  received: ["acknowledged", "triage", "confirmed", "rejected"],
  acknowledged: ["triage", "confirmed", "rejected"],
  triage: ["confirmed", "rejected"],
  confirmed: ["fix-in-work", "advisory-planned", "rejected"],
  rejected: ["triage", "closed"],
  "fix-in-work": ["advisory-planned", "rejected"],
  "advisory-planned": ["fix-in-work", "published"],
  published: ["closed"],
  closed: ["triage"],
};

export const nextStates = (state: CaseState): readonly CaseState[] => NEXT[state];

export const mayBecome = (from: CaseState, to: CaseState): boolean => NEXT[from].includes(to);

/** These need a sentence to the reporter: a report is never turned down in silence. */
export const needsWords = (state: CaseState): boolean => state === "rejected";
