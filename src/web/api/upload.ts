import type * as z from "zod";
import { type Problem, problemFrom } from "./problem.ts";

interface UploadOptions {
  headers?: Record<string, string>;
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/** A refused or broken upload; nothing was stored. */
export class UploadRefused extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.reason);
    this.problem = problem;
  }
}

/** Sends a file as it is and reads the receipt. `onProgress`: share sent, 0 to 1. XMLHttpRequest, because fetch cannot say how far an upload is. */
export function uploadFile<T>(
  path: string,
  file: File,
  receipt: z.ZodType<T>,
  { headers = {}, onProgress, signal }: UploadOptions,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api${path}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.setRequestHeader("x-file-name", encodeURIComponent(file.name));
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onload = () => {
      const body = parse(request.responseText);
      const read = request.status < 300 ? receipt.safeParse(body) : null;
      if (read?.success) resolve(read.data);
      else reject(new UploadRefused(problemFrom(request.status, body)));
    };
    request.onerror = () =>
      reject(
        new UploadRefused({
          code: "offline",
          title: "The upload broke off",
          reason: "The server did not answer. Nothing was stored; what was there before is untouched.",
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
