import { Button, Progress } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Mark } from "../../kit/mark.tsx";
import { counted } from "../../kit/words.ts";
import { ProblemList } from "./problem-list.tsx";
import type { UploadState } from "./use-upload.ts";

interface Props {
  state: UploadState;
  deviceId: string;
  releaseId: string | undefined;
  onCancel: () => void;
  onDismiss: () => void;
}

/** How far the upload is, then what was read, what could not be, and what comes next. */
export function UploadReport({ state, deviceId, releaseId, onCancel, onDismiss }: Props) {
  if (state.step === "none") return null;
  if (state.step === "sending" || state.step === "reading")
    return (
      <div className="upload" role="status">
        <p>
          {state.step === "sending" ? "Sending" : "Reading"} <b>{state.file}</b>
          {state.step === "sending" && <span className="num quiet"> {Math.round(state.share * 100)} %</span>}
        </p>
        <Progress
          value={state.step === "sending" ? state.share * 100 : 100}
          animated={state.step === "reading"}
          aria-label="Upload"
          size="sm"
        />
        <Button size="compact-sm" variant="subtle" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    );
  if (state.step === "refused")
    return (
      <div className="problem upload-refused" role="alert">
        <p className="problem-title">
          <Mark shape="cross" />
          {state.file}: {state.problem.title.toLowerCase()}
        </p>
        <p>{state.problem.reason}</p>
        {state.problem.at !== null && (
          <p>
            At <code>{state.problem.at}</code>
          </p>
        )}
        {state.problem.fix !== null && <p className="problem-fix">{state.problem.fix}</p>}
        <p className="problem-fix">Nothing was stored. What this release had before is untouched.</p>
        <Button size="xs" variant="default" onClick={onDismiss}>
          Close
        </Button>
      </div>
    );
  const { receipt } = state;
  const { sbom } = receipt;
  return (
    <div className="upload upload-done" role="status">
      <p className="note-good">
        <Mark shape="check" />
        <span>
          {receipt.unchanged ? (
            <>
              <b>{state.file}</b> is what this release has already. Nothing was stored.
            </>
          ) : (
            <>
              <b>{state.file}</b>: {counted(sbom.components, "part")} from {sbom.format.standard} {sbom.format.version}.{" "}
              {receipt.assessment === "assessed" && (
                <Link to="/devices/$deviceId/findings" params={{ deviceId }} search={{ release: releaseId }}>
                  See the findings
                </Link>
              )}
              {receipt.assessment === "queued" && "The findings are being written now."}
              {receipt.assessment === "no-advisories" && (
                <>
                  No advisories to compare with yet: <Link to="/threats/feeds">add a source</Link>.
                </>
              )}
            </>
          )}
        </span>
      </p>
      <ProblemList problems={sbom.problems} />
      <Button size="compact-sm" variant="subtle" onClick={onDismiss}>
        Close
      </Button>
    </div>
  );
}
