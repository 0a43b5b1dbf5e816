import { Spoiler } from "@mantine/core";
import type { SyncRun } from "../../features/intel/sync/schema.ts";
import { Mark } from "../kit/mark.tsx";
import { When } from "../kit/when.tsx";
import { counted } from "../kit/words.ts";

const seconds = ({ startedAt, finishedAt }: SyncRun): string =>
  finishedAt === null
    ? "running"
    : `${Math.max(1, Math.round((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)).toLocaleString("en")} s`;

export function RunList({ runs }: { runs: readonly SyncRun[] }) {
  return (
    <ol className="runs">
      {runs.map((run) => (
        <li key={run.id}>
          <span className={run.state === "failed" ? "note-bad" : run.state === "done" ? "note-good" : "note-warn"}>
            <Mark shape={run.state === "failed" ? "cross" : run.state === "done" ? "check" : "half"} />
            <b>{run.state === "done" ? "Done" : run.state === "failed" ? "Failed" : "Running"}</b>
          </span>
          <div>
            <p>
              <When at={run.startedAt} time />
              <span className="quiet">
                {" "}
                by {run.startedBy}, {seconds(run)}
              </span>
            </p>
            {run.failure !== null && <p className="tone-bad">{run.failure}</p>}
            {run.state === "done" && (
              <p className="quiet num">
                {counted(run.records, "record")}, {counted(run.newFindings, "new finding")},{" "}
                {counted(run.goneFindings, "finding")} gone
              </p>
            )}
            {run.problems.length > 0 && (
              <Spoiler
                maxHeight={52}
                showLabel={`Show ${counted(run.problems.length, "problem")}`}
                hideLabel="Show less"
              >
                <ul className="problem-list">
                  {run.problems.map(({ at, reason }) => (
                    <li key={`${at} ${reason}`}>
                      <code>{at}</code> {reason}
                    </li>
                  ))}
                </ul>
              </Spoiler>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
