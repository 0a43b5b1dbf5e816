import type { Source } from "../../features/intel/sync/schema.ts";
import { Mark } from "../kit/mark.tsx";
import { When } from "../kit/when.tsx";
import { counted } from "../kit/words.ts";

/** How a source stands, in words: when it was last whole, and why it is not up to date if it is not. */
export function SourceState({ source: { standing, plugIn, enabled } }: { source: Source }) {
  if (!enabled) return <span className="cell-dim">switched off; what it gave is out of use</span>;
  if (standing === null)
    return <span className="cell-dim">{plugIn === null ? "read with every run" : "waits for its first run"}</span>;
  const { failure, problems, succeededAt, changedAt, cursor, late } = standing;
  return (
    <div className="source-state">
      <span className={failure !== null ? "note-bad" : late ? "note-warn" : "note-good"}>
        <Mark shape={failure !== null ? "cross" : late ? "triangle" : "check"} />
        <span>{failure !== null ? "Not up to date" : late ? "Not looked at for long" : "Up to date"}</span>
      </span>
      {failure !== null && (
        <p>
          {failure.reason}
          {failure.fix !== null && <span className="quiet">. {failure.fix}</span>}
          {failure.at !== null && <small className="mono">{failure.at}</small>}
        </p>
      )}
      <small>
        {succeededAt === null ? (
          "Never whole yet"
        ) : (
          <>
            Whole <When at={succeededAt} time />
          </>
        )}
        {changedAt !== null && changedAt !== succeededAt && (
          <>
            ; last new <When at={changedAt} />
          </>
        )}
      </small>
      {(problems.length > 0 || cursor !== "") && (
        <details>
          <summary>{problems.length > 0 ? `${counted(problems.length, "record")} left out` : "Cursor"}</summary>
          {problems.length > 0 && (
            <ul className="problem-list">
              {problems.map(({ at, reason }) => (
                <li key={`${at} ${reason}`}>
                  <code>{at}</code> {reason}
                </li>
              ))}
            </ul>
          )}
          {cursor !== "" && (
            <p className="quiet">
              The next run goes on from <code>{cursor}</code>
            </p>
          )}
        </details>
      )}
    </div>
  );
}
