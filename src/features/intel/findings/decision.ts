import type { DecisionState } from "./decision-state.ts";
import type { Decision, Justification, State } from "./schema.ts";

/** True while something is still to be done about a finding. */
export const isOpen = (state: State): boolean => state === "new" || state === "in-triage" || state === "affected";

/** A closing decision holds for the version it was made for; for another one it is suspect. */
export const isSuspect = (state: State, decidedVersion: string | null, version: string | null): boolean =>
  !isOpen(state) && decidedVersion !== version;

/** What a finding is after a decision. Taking it into triage assigns it to whoever does, unless somebody has it. */
export function decide(
  current: DecisionState & { componentVersion: string | null },
  decision: Decision,
  by: { id: string; name: string },
  at: Date,
  changeId: string,
): DecisionState {
  const assigned = decision.state === "in-triage" && current.assigneeId === null;
  return {
    state: decision.state,
    justification: decision.justification,
    note: decision.note,
    assigneeId: assigned ? by.id : current.assigneeId,
    assigneeName: assigned ? by.name : current.assigneeName,
    decidedBy: by.name,
    decidedAt: at.toISOString(),
    decidedVersion: current.componentVersion,
    decidedThrough: "person",
    suspect: false,
    lastChangeId: changeId,
  };
}

/** The five justifications of the VEX status `not_affected` (CISA, "Minimum Requirements for VEX", 2023) each of ours falls under. */
export const VEX_JUSTIFICATION: Record<Justification, string> = {
  code_not_present: "vulnerable_code_not_present",
  code_not_reachable: "vulnerable_code_not_in_execute_path",
  requires_configuration: "vulnerable_code_cannot_be_controlled_by_adversary",
  requires_dependency: "vulnerable_code_not_in_execute_path",
  requires_environment: "vulnerable_code_cannot_be_controlled_by_adversary",
  protected_by_compiler: "inline_mitigations_already_exist",
  protected_at_runtime: "inline_mitigations_already_exist",
  protected_at_perimeter: "vulnerable_code_cannot_be_controlled_by_adversary",
  protected_by_mitigating_control: "inline_mitigations_already_exist",
};
