import { sql } from "kysely";
import { newId } from "../../lib/ids.ts";
import type { Scope, Trx } from "../db.ts";
import type { Job } from "./job.ts";

export interface JobOptions {
  runAt?: Date;
  /** A waiting job of this organisation with the same key is replaced: ten changes need one run. */
  key?: string;
}

const MAX_ATTEMPTS = 5;

/** Queues a job in the transaction that made it necessary: both happen or neither. Returns the id of its run (`job_run`). */
export async function addJob<T>(
  trx: Trx,
  scope: Scope,
  job: Pick<Job<T>, "name" | "input">,
  input: T,
  options: JobOptions = {},
): Promise<string> {
  const runId = newId();
  await trx
    .insertInto("jobRun")
    .values({ organizationId: scope.organizationId, id: runId, job: job.name, key: options.key ?? null })
    .execute();
  await sql`select enqueue_job(${job.name}, ${runId}::uuid, ${JSON.stringify(scope.actor)}::jsonb, ${JSON.stringify(job.input.parse(input))}::jsonb,
    ${options.runAt ?? null}::timestamptz, ${options.key ?? null}::text, ${MAX_ATTEMPTS}::int)`.execute(trx);
  // Only now: queueing waits for a transaction that queues the same key, whose run is not to be seen before it ends.
  if (options.key !== undefined) await dropReplaced(trx, scope, job.name, options.key, runId);
  return runId;
}

const dropReplaced = (trx: Trx, scope: Scope, job: string, key: string, runId: string) =>
  trx
    .deleteFrom("jobRun")
    .where("organizationId", "=", scope.organizationId)
    .where("job", "=", job)
    .where("key", "=", key)
    .where("state", "=", "waiting")
    .where("id", "<>", runId)
    .execute();
