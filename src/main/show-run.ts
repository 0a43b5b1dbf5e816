import { setTimeout as wait } from "node:timers/promises";
import { type Db, inScope, type Scope } from "../platform/db.ts";

const EVERY_MS = 200;

/** Says how far a job's run is until it ends or the signal aborts. True when it ended well. */
export async function showRun(
  db: Db,
  scope: Scope,
  runId: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<boolean> {
  while (!signal.aborted) {
    const run = await inScope(db, scope, (trx) =>
      trx
        .selectFrom("jobRun")
        .select(["state", "done", "total", "message"])
        .where("organizationId", "=", scope.organizationId)
        .where("id", "=", runId)
        .executeTakeFirst(),
    );
    if (run === undefined || run.state === "failed") return false;
    if (run.state === "done") return true;
    if (run.message !== "") say(`${run.message}${run.total === null ? "" : ` (${run.done} of ${run.total})`}`);
    await wait(EVERY_MS);
  }
  return false;
}
