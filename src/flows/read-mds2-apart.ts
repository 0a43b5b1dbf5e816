import type { Mds2Form } from "../features/controls/mds2/schema.ts";
import { Fault } from "../lib/fault.ts";
import { apart, threadBeside } from "../platform/apart.ts";
import type { Job } from "./read-mds2-worker.ts";

const WORKER = threadBeside(import.meta.url, "read-mds2-worker");
const LIMITS = { heapMb: 512, withinMs: 30_000 };

/** Reads a filled MDS2 workbook on a thread that ends after half a minute. Faults as `readWorkbook` and `readMds2`. */
export const readMds2Apart = (bytes: Uint8Array, name: string): Promise<Mds2Form> =>
  apart(
    WORKER,
    { bytes, name } satisfies Job,
    (cause) =>
      new Fault("too_large", "Reading the workbook takes more memory or time than is set aside for it", {
        at: name,
        fix: "Keep the sheets of the form only, without formats of whole columns",
        cause,
      }),
    LIMITS,
  );
