import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { UploadReceipt } from "../../../features/devices/parts/schema.ts";
import type { Problem } from "../../api/problem.ts";
import { UploadRefused, uploadFile } from "../../api/upload.ts";

export type UploadState =
  | { step: "none" }
  | { step: "sending"; file: string; share: number }
  | { step: "reading"; file: string }
  | { step: "done"; file: string; receipt: UploadReceipt }
  | { step: "refused"; file: string; problem: Problem };

const ASSESS_CHECKS_MS = [700, 2_000, 5_000, 10_000];

/** One SBOM at a time from this page: sending, reading, what came of it. */
export function useUpload(releaseId: string | undefined) {
  const queries = useQueryClient();
  const [state, setState] = useState<UploadState>({ step: "none" });
  const abort = useRef<AbortController | null>(null);
  const refresh = () => queries.invalidateQueries();
  const send = async (file: File) => {
    if (releaseId === undefined) return;
    abort.current?.abort();
    const control = new AbortController();
    abort.current = control;
    setState({ step: "sending", file: file.name, share: 0 });
    const onProgress = (share: number) =>
      setState(share < 1 ? { step: "sending", file: file.name, share } : { step: "reading", file: file.name });
    try {
      const receipt = await uploadFile(`/releases/${releaseId}/sbom`, file, UploadReceipt, {
        onProgress,
        signal: control.signal,
      });
      setState({ step: "done", file: file.name, receipt });
      await refresh();
      if (receipt.assessment === "queued") for (const wait of ASSESS_CHECKS_MS) setTimeout(() => void refresh(), wait);
    } catch (error) {
      if (error instanceof UploadRefused) setState({ step: "refused", file: file.name, problem: error.problem });
      else setState({ step: "none" });
    }
  };
  return {
    state,
    send,
    cancel: () => abort.current?.abort(),
    dismiss: () => setState({ step: "none" }),
  };
}
