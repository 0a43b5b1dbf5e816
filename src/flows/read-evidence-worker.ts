/** The thread that `read-evidence-apart.ts` starts: reads one file and answers once. */
import { readEvidence } from "../features/evidence/read-evidence.ts";
import type { EvidenceKind } from "../features/evidence/schema.ts";
import { answerOnce } from "../platform/apart.ts";

export interface Job {
  bytes: Uint8Array;
  name: string;
  expect: EvidenceKind | null;
}

await answerOnce(({ bytes, ...options }: Job) => readEvidence([bytes], options));
