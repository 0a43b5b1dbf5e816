import type { SecurityFile } from "../features/security-file/schema.ts";
import { Fault } from "../lib/fault.ts";
import { apart, threadBeside } from "../platform/apart.ts";
import type { Job } from "./read-file-worker.ts";

const WORKER = threadBeside(import.meta.url, "read-file-worker");

/** Reads a security file that came in, on a thread of its own. Faults as `readSecurityFile`, and `too_large` when its heap is full. */
export const readFileApart = (bytes: Uint8Array, name: string): Promise<SecurityFile> =>
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
