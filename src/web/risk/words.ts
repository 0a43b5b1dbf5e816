/** Words for the outcomes of the decision tables in `catalogs/ssvc`. */
export const OUTCOME_WORD: Record<string, string> = {
  defer: "Defer",
  scheduled: "Scheduled",
  "out-of-cycle": "Out of cycle",
  immediate: "Immediate",
  "fix-on-system-upgrade": "Fix on system upgrade",
  "60-days": "Within 60 days",
  "14-days": "Within 14 days",
  "3-days": "Within 3 days",
  "3-days-and-forensic-investigation": "Within 3 days, and look for traces",
};
