import { Fault } from "../../../lib/fault.ts";
import { PHASES, type Phase } from "../schema.ts";

/** Phases have dates in order. Going back to an earlier phase happens (a design change), but it needs a word why. */
export function refuseBackwards(
  before: { phase: Phase; phaseSince: string },
  next: { phase: Phase; since: string; note: string },
): void {
  if (next.phase === before.phase)
    throw new Fault("conflict", `The release is in phase ${before.phase} already`, { at: "phase" });
  if (next.since < before.phaseSince)
    throw new Fault(
      "bad_input",
      `The release entered ${before.phase} on ${before.phaseSince}; the next phase begins after that`,
      {
        at: "since",
        fix: `Give ${before.phaseSince} or a later day`,
      },
    );
  if (PHASES.indexOf(next.phase) < PHASES.indexOf(before.phase) && next.note === "")
    throw new Fault("bad_input", `${next.phase} comes before ${before.phase}`, {
      at: "note",
      fix: "Say why it goes back",
    });
}
