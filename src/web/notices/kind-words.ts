import type { Cadence, NoticeKind } from "../../features/work/notices/schema.ts";

export const KIND_WORD: Record<NoticeKind, string> = {
  "findings-new": "New findings that are exploited or critical",
  assigned: "A finding is given to me",
  clock: "A clock starts, or its time runs out",
  "report-received": "Somebody reports a vulnerability",
  "sync-failed": "The sources of advisories cannot be read",
  "decision-suspect": "A decision must be looked at again",
  "proof-ending": "What proves a control runs out",
};

export const CADENCE_WORD: Record<Cadence, string> = {
  immediate: "At once",
  daily: "Once a day",
  weekly: "Once a week",
  off: "Not by mail",
};
