import { FileReceipt } from "../../features/security-file/change/schema.ts";
import { uploadFile } from "../api/upload.ts";

/**
 * A whole file, ours or another tool's model, to the server: in place of what it has, or merged into it. `revision` is the one that was
 * seen (0: none yet).
 */
export const uploadSecurityFile = (
  releaseId: string,
  file: File,
  revision: number,
  how: "replace" | "merge" = "replace",
) =>
  uploadFile(`/releases/${releaseId}/security-file?how=${how}&revision=${revision}`, file, FileReceipt, {
    onProgress: () => {},
    signal: new AbortController().signal,
  });
