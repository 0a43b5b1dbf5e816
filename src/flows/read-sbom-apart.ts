import type { Sbom } from "../features/devices/sbom/schema.ts";
import { Fault } from "../lib/fault.ts";
import { apart, threadBeside } from "../platform/apart.ts";
import type { Job } from "./read-sbom-worker.ts";

const WORKER = threadBeside(import.meta.url, "read-sbom-worker");

/** Reads a large SBOM on a thread of its own. Faults as `readSbom`, and `too_large` when its heap is full. */
export const readSbomApart = (bytes: Uint8Array, name: string): Promise<Sbom> =>
  apart(WORKER, { bytes, name } satisfies Job, (cause) => tooLarge(name, cause));

const tooLarge = (name: string, cause: unknown) =>
  new Fault("too_large", "Reading the SBOM takes more memory than is set aside for it", {
    at: name,
    fix: "Split it into one SBOM per subsystem",
    cause,
  });
