import * as z from "zod";
import { uploadFile } from "../devices/parts/upload.ts";

const Receipt = z.object({ revision: z.number() }).loose();

/** A whole file to the server, in place of what it has; `revision` is the one that was seen (0: none yet). */
export const uploadSecurityFile = (releaseId: string, file: File, revision: number) =>
  uploadFile(`/releases/${releaseId}/security-file?how=replace&revision=${revision}`, file, Receipt, {
    onProgress: () => {},
    signal: new AbortController().signal,
  });
