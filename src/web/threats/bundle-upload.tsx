import { Button, FileButton } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { BundleReceipt } from "../../features/intel/bundle/schema.ts";
import { ask } from "../api/client.ts";
import type { Problem } from "../api/problem.ts";
import { UploadRefused, uploadFile } from "../api/upload.ts";
import { Mark } from "../kit/mark.tsx";
import { RefusedFile, SendingFile } from "../kit/sent-file.tsx";
import { When } from "../kit/when.tsx";
import { counted } from "../kit/words.ts";

type State =
  | { step: "none" }
  | { step: "sending"; file: string; share: number }
  | { step: "done"; file: string; receipt: BundleReceipt }
  | { step: "refused"; file: string; problem: Problem };

/** For a site without internet: one signed file of feeds, made where there is some. */
export function useBundle() {
  const queries = useQueryClient();
  const [state, setState] = useState<State>({ step: "none" });
  const abort = useRef<AbortController | null>(null);
  const send = async (chosen: File) => {
    const file = chosen.name;
    abort.current?.abort();
    const control = new AbortController();
    abort.current = control;
    setState({ step: "sending", file, share: 0 });
    try {
      const receipt = await uploadFile("/intel/bundle", chosen, BundleReceipt, {
        onProgress: (share) => setState({ step: "sending", file, share }),
        signal: control.signal,
      });
      setState({ step: "done", file, receipt });
      await queries.invalidateQueries({ queryKey: ask.intel.key() });
    } catch (error) {
      setState(error instanceof UploadRefused ? { step: "refused", file, problem: error.problem } : { step: "none" });
    }
  };
  return { state, send, cancel: () => abort.current?.abort(), dismiss: () => setState({ step: "none" }) };
}

export const BundleButton = ({ bundle: { state, send } }: { bundle: ReturnType<typeof useBundle> }) => (
  <FileButton
    accept=".bundle,.tar"
    inputProps={{ "aria-label": "Signed bundle of feeds" }}
    onChange={(file) => {
      if (file !== null) void send(file);
    }}
  >
    {(props) => (
      <Button {...props} variant="default" loading={state.step === "sending"}>
        Take in a bundle
      </Button>
    )}
  </FileButton>
);

/** How far it is, what came of it, or why nothing of it was kept. */
export function BundleState({ bundle: { state, cancel, dismiss } }: { bundle: ReturnType<typeof useBundle> }) {
  if (state.step === "none") return null;
  if (state.step === "sending")
    return <SendingFile file={state.file} share={state.share} then="Checking the signatures of" onCancel={cancel} />;
  if (state.step === "refused")
    return (
      <RefusedFile
        title={`${state.file}: ${state.problem.title.toLowerCase()}`}
        why={state.problem}
        kept={state.problem.code === "offline" ? null : "Nothing of it was kept; what was known before stays in use."}
        onClose={dismiss}
      />
    );
  const { imported, older, madeAt } = state.receipt;
  return (
    <div className="upload" role="status">
      <p>
        <Mark shape="check" /> <b>{state.file}</b>, made <When at={madeAt} time />: {counted(imported.length, "source")}{" "}
        taken in{imported.length > 0 && `: ${imported.join(", ")}`}.
      </p>
      {older.length > 0 && <p className="quiet">Newer here already, left as they are: {older.join(", ")}.</p>}
      <Button size="compact-sm" variant="subtle" onClick={dismiss}>
        Close
      </Button>
    </div>
  );
}
