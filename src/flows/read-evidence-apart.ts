import { EVIDENCE_LIMITS } from "../features/evidence/limits.ts";
import { readEvidence } from "../features/evidence/read-evidence.ts";
import type { EvidenceFacts, EvidenceKind } from "../features/evidence/schema.ts";
import { HEAD_BYTES, sniff } from "../features/evidence/sniff.ts";
import { Fault } from "../lib/fault.ts";
import { apart, threadBeside } from "../platform/apart.ts";
import type { Blob, Blobs } from "../platform/blobs/blobs.ts";
import type { Job } from "./read-evidence-worker.ts";

const WORKER = threadBeside(import.meta.url, "read-evidence-worker");
/** A smaller file is read in less time than a thread takes to start. */
const APART_BYTES = 4 * 1024 * 1024;

/**
 * Reads a stored file. XML goes through in pieces, between which the server answers others; a large file of another form, which is
 * read whole, on a thread of its own with a heap of its own. Faults as `readEvidence`, and `too_large` when that heap is full.
 */
export async function readStored(
  blobs: Blobs,
  blob: Blob,
  name: string,
  expect: EvidenceKind | null,
): Promise<EvidenceFacts> {
  const { sizeBytes } = blob;
  if (sizeBytes <= APART_BYTES || sizeBytes > EVIDENCE_LIMITS.maxJsonBytes || (await inPieces(blobs, blob, name)))
    return readEvidence(blobs.read(blob), { name, expect });
  const pieces: Buffer[] = [];
  for await (const piece of blobs.read(blob)) pieces.push(piece);
  return apart(
    WORKER,
    { bytes: Buffer.concat(pieces, sizeBytes), name, expect } satisfies Job,
    (cause) =>
      new Fault("too_large", "Reading the file takes more memory than is set aside for it", {
        at: name,
        fix: "Split it, or let the tool write less beside the findings",
        cause,
      }),
  );
}

async function inPieces(blobs: Blobs, blob: Blob, name: string): Promise<boolean> {
  for await (const piece of blobs.read(blob)) {
    const { form } = sniff(piece.subarray(0, HEAD_BYTES), name);
    return form === "xml" || form === "binary";
  }
  return true;
}
