import { Progress } from "@mantine/core";
import type { SyncRun } from "../../features/intel/sync/schema.ts";
import { When } from "../kit/when.tsx";
import { counted } from "../kit/words.ts";

const STEP_WORD: Record<SyncRun["state"], string> = {
  queued: "Waiting to start",
  fetching: "Looking for what is new",
  reading: "Reading what is known",
  building: "Building the index",
  assessing: "Comparing every release",
  done: "Done",
  failed: "Failed",
};

/** How far the run is: a share where the end is known, a count where it is not. */
export function RunProgress({ run }: { run: SyncRun }) {
  const share = run.total === null || run.total === 0 ? null : (run.done / run.total) * 100;
  return (
    <div className="upload" role="status">
      <p>
        <b>{STEP_WORD[run.state]}</b>
        {run.step !== "" && <span className="quiet">: {run.step}</span>}
        <span className="num quiet run-count">
          {run.total === null
            ? counted(run.done, "record")
            : `${run.done.toLocaleString("en")} of ${run.total.toLocaleString("en")}`}
        </span>
      </p>
      <Progress value={share ?? 100} animated={share === null} size="sm" aria-label={STEP_WORD[run.state]} />
      <p className="quiet">
        Started by {run.startedBy}, <When at={run.startedAt} time />. You may leave this page. Until it is done,
        findings come from the advisories before.
      </p>
    </div>
  );
}
