import { keepCounts, recordOnDevices } from "../features/devices/devices.ts";
import type { DecisionState } from "../features/intel/findings/decision-state.ts";
import { countReleases, type DecidedFinding, decisions } from "../features/intel/intel.ts";
import { newId } from "../lib/ids.ts";
import type { Scope, Trx } from "../platform/db.ts";

export interface Next {
  finding: DecidedFinding;
  after: DecisionState;
  /** What the history says; default: the decision's own note. */
  said?: string;
}

type ChangeKind = "decided" | "assigned" | "undone" | "carried-over" | "decide-again" | "vex-set" | "vex-cleared";

const ACTION: Record<Exclude<ChangeKind, "decided">, string> = {
  assigned: "finding.assigned",
  undone: "finding.decision-undone",
  "carried-over": "finding.decision-carried-over",
  "decide-again": "finding.to-decide-again",
  "vex-set": "finding.set-by-vex",
  "vex-cleared": "finding.vex-cleared",
};

const saidOf = (kind: ChangeKind, { after, said }: Next): string =>
  said ?? (kind === "decided" ? after.note : kind === "assigned" ? (after.assigneeName ?? "") : "");

/** Writes new states of findings whose releases are locked: histories, counts and ledger with them. */
export async function writeChanges(
  trx: Trx,
  scope: Scope,
  next: readonly Next[],
  kind: ChangeKind,
  changeId: string | null,
  now: Date,
): Promise<void> {
  if (next.length === 0) return;
  await decisions.writeDecisions(
    trx,
    scope,
    next.map(({ finding, after }) => ({ ...after, id: finding.id })),
  );
  await decisions.addEvents(
    trx,
    scope,
    next.map((change) => ({
      id: newId(),
      findingId: change.finding.id,
      kind,
      fromState: change.finding.state,
      toState: change.after.state,
      justification: change.after.justification,
      note: saidOf(kind, change),
      componentVersion: change.finding.componentVersion,
      changeId,
      before: kind === "undone" ? null : withoutVersion(stateOf(change.finding)),
    })),
    now,
  );
  await decisions.recount(
    trx,
    scope,
    next.map(({ finding }) => finding.advisory),
  );
  const releases = [...new Set(next.map(({ finding }) => finding.releaseId))];
  await keepCounts(trx, scope, await countReleases(trx, scope, releases), now);
  await recordOnDevices(
    trx,
    scope,
    next.map(({ finding, after }) => ({
      action: kind === "decided" ? `finding.decided-${after.state}` : ACTION[kind],
      subject: { type: "finding", id: finding.id },
      before: withoutVersion(stateOf(finding)),
      after: { ...after, advisory: finding.advisory },
      deviceId: finding.deviceId,
      releaseId: finding.releaseId,
    })),
  );
}

/** What a decision may change of a finding, and the version it is decided for. */
export const stateOf = (finding: DecidedFinding): DecisionState & { componentVersion: string | null } => ({
  state: finding.state,
  justification: finding.justification,
  note: finding.note,
  assigneeId: finding.assigneeId,
  assigneeName: finding.assigneeName,
  decidedBy: finding.decidedBy,
  decidedAt: finding.decidedAt?.toISOString() ?? null,
  decidedVersion: finding.decidedVersion,
  decidedThrough: finding.decidedThrough,
  suspect: finding.suspect,
  lastChangeId: finding.lastChangeId,
  componentVersion: finding.componentVersion,
});

/** As kept to go back to. */
export const withoutVersion = ({ componentVersion: _, ...state }: ReturnType<typeof stateOf>): DecisionState => state;
