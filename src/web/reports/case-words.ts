import type { CaseState, CaseVia } from "../../features/disclosure/schema.ts";

export const CASE_WORD: Record<CaseState, string> = {
  received: "Received",
  acknowledged: "Acknowledged",
  triage: "In triage",
  confirmed: "Confirmed",
  rejected: "Rejected",
  "fix-in-work": "Fix in work",
  "advisory-planned": "Advisory planned",
  published: "Published",
  closed: "Closed",
};

/** The step as a button says it. */
export const STEP_WORD: Record<CaseState, string> = {
  received: "Received",
  acknowledged: "Acknowledge",
  triage: "Look into it",
  confirmed: "Confirm",
  rejected: "Reject",
  "fix-in-work": "Work on a fix",
  "advisory-planned": "Plan the advisory",
  published: "It is published",
  closed: "Close",
};

export const VIA_WORD: Record<CaseVia, string> = {
  form: "by the form",
  mail: "by mail",
  person: "taken down by us",
};
