import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Mark } from "../../kit/mark.tsx";
import { ProblemList } from "../../kit/problem-list.tsx";
import { RefusedFile, SendingFile } from "../../kit/sent-file.tsx";
import { counted } from "../../kit/words.ts";
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
      <SendingFile
        file={state.file}
        share={state.step === "sending" ? state.share : 1}
        then="Reading"
        onCancel={onCancel}
      />
    );
  if (state.step === "refused")
    return (
      <RefusedFile
        title={`${state.file}: ${state.problem.title.toLowerCase()}`}
        why={state.problem}
        kept="Nothing was stored. What this release had before is untouched."
        onClose={onDismiss}
      />
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
