import type { AnyFile } from "../features/security-file/formats/read-any-file.ts";
import { Fault } from "../lib/fault.ts";
import { apart, threadBeside } from "../platform/apart.ts";
import type { Job } from "./read-file-worker.ts";

const WORKER = threadBeside(import.meta.url, "read-file-worker");

/** Reads a security file or another tool's model that came in, on a thread of its own. Faults as `readAnyFile`, and `too_large` when its heap is full. */
export const readFileApart = (bytes: Uint8Array, name: string): Promise<AnyFile> =>
  apart(
    WORKER,
    { bytes, name } satisfies Job,
    (cause) =>
      new Fault("too_large", "Reading the security file takes more memory than is set aside for it", {
        at: name,
        fix: "Split the device into parts with a file each",
        cause,
      }),
  );
