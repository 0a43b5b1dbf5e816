/** The thread that `check-csaf-apart.ts` starts: tests documents, one after the other, for as long as it is asked. */
import { parentPort } from "node:worker_threads";
import { checkDocument } from "../features/publish/check/check-document.ts";
import type { Check } from "../features/publish/schema.ts";

export interface Job {
  id: number;
  document: object;
  names: readonly string[];
}

export type Answer = { id: number; checks: Check[] } | { id: number; error: string };

parentPort?.on("message", async ({ id, document, names }: Job) => {
  const answer: Answer = await checkDocument(document, names).then(
    (checks) => ({ id, checks }),
    (error: unknown) => ({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
  parentPort?.postMessage(answer);
});
