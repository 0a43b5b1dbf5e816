import { Worker } from "node:worker_threads";
import type { Sbom } from "../features/devices/sbom/schema.ts";
import { Fault } from "../lib/fault.ts";
import type { Answer, Job } from "./read-sbom-worker.ts";

/** Beside this file: as source, and as bundle. */
const WORKER = new URL(`./read-sbom-worker${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);
const MAX_HEAP_MB = 2_048;

/**
 * Reads a large SBOM on a thread of its own, so that the server answers others meanwhile, with a heap of its own, so that a document
 * made to fill the memory fills only that. Faults as `readSbom`, and `too_large` when the heap is full.
 */
export function readSbomApart(bytes: Uint8Array, name: string): Promise<Sbom> {
  const job: Job = { bytes, name };
  const worker = new Worker(WORKER, { workerData: job, resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB } });
  return new Promise<Sbom>((resolve, reject) => {
    worker.once("message", (answer: Answer) => {
      if ("sbom" in answer) return resolve(answer.sbom);
      const { code, reason, at, fix } = answer.fault;
      reject(new Fault(code, reason, { ...(at === undefined ? {} : { at }), ...(fix === undefined ? {} : { fix }) }));
    });
    worker.once("error", (error) => reject(isOutOfMemory(error) ? tooLarge(name, error) : error));
    worker.once("exit", () => reject(new Error("The SBOM reader ended without an answer")));
  }).finally(() => worker.terminate());
}

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";

const tooLarge = (name: string, cause: unknown) =>
  new Fault("too_large", "Reading the SBOM takes more memory than is set aside for it", {
    at: name,
    fix: "Split it into one SBOM per subsystem",
    cause,
  });
