import { Fault } from "../lib/fault.ts";
import { apart, threadBeside } from "../platform/apart.ts";
import type { Job, ReadCatalogue } from "./read-oscal-worker.ts";

const WORKER = threadBeside(import.meta.url, "read-oscal-worker");

/** Reads an OSCAL catalogue, or resolves a profile over `sources`, on a thread of its own. Faults as `readOscal` and `resolveProfile`. */
export const readOscalApart = (bytes: Uint8Array, name: string, sources: Job["sources"]): Promise<ReadCatalogue> =>
  apart(
    WORKER,
    { bytes, name, sources } satisfies Job,
    (cause) =>
      new Fault("too_large", "Reading the catalogue takes more memory than is set aside for it", { at: name, cause }),
  );
