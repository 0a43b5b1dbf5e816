import type { Updateable } from "kysely";
import * as z from "zod";
import { Fault } from "../../lib/fault.ts";
import { type Db, inScope, type Scope } from "../db.ts";
import type { Log } from "../log.ts";
import type { JobRunRow } from "../tables.ts";
import type { Job } from "./job.ts";

const Payload = z.object({
  organizationId: z.uuid(),
  runId: z.uuid(),
  actor: z.object({ kind: z.enum(["user", "key", "system"]), id: z.string(), name: z.string() }),
  input: z.unknown(),
});

const PROGRESS_EVERY_MS = 250;

/** Runs one job for its organisation and keeps its run row true. Throws what should be tried again. */
export async function runJob(
  job: Job,
  payload: unknown,
  attempt: { number: number; last: boolean },
  tools: { db: Db; log: Log; signal: AbortSignal },
): Promise<void> {
  const { organizationId, actor, runId, input } = Payload.parse(payload);
  const scope: Scope = { organizationId, actor };
  const fields = { job: job.name, runId, organizationId, attempt: attempt.number };
  const save = (values: RunChange) => saveRun(tools.db, scope, runId, values);
  const startedAt = Date.now();
  await save({ state: "running", startedAt: new Date(), message: "", done: 0, total: null });
  try {
    const result = await job.run(job.input.parse(input), { ...tools, scope, runId, progress: throttled(save) });
    await save({ state: "done", endedAt: new Date(), result: result === undefined ? null : JSON.stringify(result) });
    tools.log.info({ ...fields, tookMs: Date.now() - startedAt }, "job done");
  } catch (error) {
    if (!(error instanceof Fault) && (await dropIfReplaced(tools.db, scope, runId))) {
      tools.log.warn({ ...fields, err: error }, "job failed; a newer run of the same key does its work");
      return;
    }
    const final = error instanceof Fault || error instanceof z.ZodError || attempt.last;
    const message =
      error instanceof Fault
        ? error.message
        : final
          ? "An internal error; the log has it under this run's id"
          : "Trying again";
    await save(final ? { state: "failed", endedAt: new Date(), message } : { state: "waiting", message });
    tools.log[error instanceof Fault ? "warn" : "error"](
      { ...fields, err: error },
      final ? "job failed" : "job will be tried again",
    );
    if (!final) throw error;
  }
}

type RunChange = Updateable<JobRunRow>;

const saveRun = (db: Db, scope: Scope, runId: string, values: RunChange) =>
  inScope(db, scope, (trx) =>
    trx
      .updateTable("jobRun")
      .set(values)
      .where("organizationId", "=", scope.organizationId)
      .where("id", "=", runId)
      .execute(),
  );

/**
 * A keyed job that is added while one of the same key runs takes the key over, and the queue then never tries the running one again:
 * when that one fails, the newer run does its work, and its own row would wait for ever. True when it was dropped.
 */
const dropIfReplaced = (db: Db, scope: Scope, runId: string): Promise<boolean> =>
  inScope(db, scope, async (trx) => {
    const { numDeletedRows } = await trx
      .deleteFrom("jobRun")
      .where("organizationId", "=", scope.organizationId)
      .where("id", "=", runId)
      .where((is) =>
        is.exists(
          is
            .selectFrom("jobRun as newer")
            .select("newer.id")
            .where("newer.organizationId", "=", scope.organizationId)
            .whereRef("newer.job", "=", "jobRun.job")
            .whereRef("newer.key", "=", "jobRun.key")
            .whereRef("newer.createdAt", ">", "jobRun.createdAt"),
        ),
      )
      .executeTakeFirst();
    return numDeletedRows > 0n;
  });

function throttled(save: (values: RunChange) => Promise<unknown>) {
  let savedAt = 0;
  return async (done: number, total: number | null, message?: string): Promise<void> => {
    if (Date.now() - savedAt < PROGRESS_EVERY_MS && done !== total) return;
    savedAt = Date.now();
    await save({ done, total, ...(message === undefined ? {} : { message }) });
  };
}
