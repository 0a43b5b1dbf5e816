import { UploadReceipt } from "../../../features/devices/parts/schema.ts";
import { type Problem, problemFrom } from "../../api/problem.ts";

/** A refused or broken upload; nothing was stored. */
export class UploadRefused extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.reason);
    this.problem = problem;
  }
}

/** Sends a file as it is. `onProgress`: share sent, 0 to 1. XMLHttpRequest, because fetch cannot say how far an upload is. */
export function uploadSbom(
  releaseId: string,
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<UploadReceipt> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/releases/${releaseId}/sbom`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.setRequestHeader("x-file-name", encodeURIComponent(file.name));
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onload = () => {
      const body = parse(request.responseText);
      const receipt = request.status < 300 ? UploadReceipt.safeParse(body) : null;
      if (receipt?.success) resolve(receipt.data);
      else reject(new UploadRefused(problemFrom(request.status, body)));
    };
    request.onerror = () =>
      reject(
        new UploadRefused({
          code: "offline",
          title: "The upload broke off",
          reason: "The server did not answer. Nothing was stored; the SBOM before is still the current one.",
          at: null,
          fix: "Check the connection and drop the file again.",
        }),
      );
    signal.addEventListener("abort", () => {
      request.abort();
      reject(new DOMException("Upload cancelled", "AbortError"));
    });
    request.send(file);
  });
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
