import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { VexReceipt } from "../../../features/intel/statements/schema.ts";
import type { Problem } from "../../api/problem.ts";
import { UploadRefused, uploadFile } from "../../api/upload.ts";

type VexUpload =
  | { step: "none" }
  | { step: "sending"; file: string; share: number }
  | { step: "done"; file: string; receipt: VexReceipt }
  | { step: "refused"; file: string; problem: Problem };

/** One VEX document at a time: sending, and what came of it. */
export function useVexUpload(releaseId: string) {
  const queries = useQueryClient();
  const [state, setState] = useState<VexUpload>({ step: "none" });
  const send = async (file: File, author: string | null) => {
    const { name } = file;
    setState({ step: "sending", file: name, share: 0 });
    try {
      const receipt = await uploadFile(`/releases/${releaseId}/vex`, file, VexReceipt, {
        headers: author === null ? {} : { "x-vex-author": encodeURIComponent(author) },
        onProgress: (share) => setState({ step: "sending", file: name, share }),
        signal: new AbortController().signal,
      });
      setState({ step: "done", file: name, receipt });
      await queries.invalidateQueries();
    } catch (error) {
      if (error instanceof UploadRefused) setState({ step: "refused", file: name, problem: error.problem });
      else setState({ step: "none" });
    }
  };
  return { state, send, dismiss: () => setState({ step: "none" }) };
}
