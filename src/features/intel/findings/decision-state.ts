import type { Justification, State } from "./schema.ts";

/** What a decision sets, and undo puts back. */
export interface DecisionState {
  state: State;
  justification: Justification | null;
  note: string;
  assigneeId: string | null;
  assigneeName: string | null;
  decidedBy: string | null;
  decidedAt: string | null;
  decidedVersion: string | null;
  /** Null: nobody decided yet. */
  decidedThrough: "person" | "vex" | null;
  suspect: boolean;
  lastChangeId: string | null;
}
