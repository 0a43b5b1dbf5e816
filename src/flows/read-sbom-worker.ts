/** The thread that `read-sbom-apart.ts` starts: reads one SBOM and answers once. */
import { parentPort, workerData } from "node:worker_threads";
import { readSbom } from "../features/devices/sbom/read-sbom.ts";
import type { Sbom } from "../features/devices/sbom/schema.ts";
import { Fault, type FaultCode } from "../lib/fault.ts";

export interface Job {
  bytes: Uint8Array;
  name: string;
}

/** A Fault crosses between threads as its parts. */
export type Answer =
  | { sbom: Sbom }
  | { fault: { code: FaultCode; reason: string; at: string | undefined; fix: string | undefined } };

function answer({ bytes, name }: Job): Answer {
  try {
    return { sbom: readSbom(bytes, { name }) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { fault: { code: error.code, reason: error.message, at: error.at, fix: error.fix } };
  }
}

parentPort?.postMessage(answer(workerData as Job));
