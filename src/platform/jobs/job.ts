import type * as z from "zod";
import type { Db, Scope } from "../db.ts";
import type { Log } from "../log.ts";

/** Work done after the request that asked for it, once more after a crash: it must be idempotent. */
export interface Job<T = unknown> {
  name: string;
  input: z.ZodType<T>;
  run(input: T, context: JobContext): Promise<unknown>;
}

export interface JobContext {
  db: Db;
  log: Log;
  /** The organisation and the person on whose behalf it runs. */
  scope: Scope;
  runId: string;
  /** Says how far it is; at most a few writes per second reach the database. */
  progress(done: number, total: number | null, message?: string): Promise<void>;
  /** Aborts when the server stops; the job is then run again later. */
  signal: AbortSignal;
}

/**
 * `name` is `noun.verb` (`sbom.match`). What `run` returns is kept with the run, as JSON. A `Fault` ends the run as failed with
 * its sentence; anything else thrown is tried again, up to five times.
 */
export const defineJob = <T>(name: string, input: z.ZodType<T>, run: Job<T>["run"]): Job<T> => ({ name, input, run });

/** Work of the whole installation at set times (crontab, UTC), run by one process at a time. */
export interface Schedule {
  name: string;
  cron: string;
  run: (context: { db: Db; log: Log; signal: AbortSignal }) => Promise<unknown>;
}
