import { EventEmitter } from "node:events";
import { type CronItem, Logger, parseCronItems, run, type TaskList, type WorkerEvents } from "graphile-worker";
import type pg from "pg";
import type { Db } from "../db.ts";
import type { Log } from "../log.ts";
import type { Job, Schedule } from "./job.ts";
import { runJob } from "./run-job.ts";
import { watchWorkers } from "./stalled.ts";

export interface WorkerOptions {
  pool: pg.Pool;
  /** For the connection that shows the workers are alive. */
  connection: pg.ClientConfig;
  db: Db;
  log: Log;
  jobs: readonly Job[];
  schedules: readonly Schedule[];
  concurrency: number;
}

export interface Worker {
  /** Lets running jobs end for a few seconds, then aborts their signal; what did not end is run again later. */
  stop(): Promise<void>;
}

/** NOTIFY wakes the workers within milliseconds; polling finds jobs whose time has come. */
const POLL_MS = 1000;
const ABORT_AFTER_MS = 5000;

export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { pool, log, concurrency } = options;
  const watch = await watchWorkers(options.connection, log);
  const events: WorkerEvents = new EventEmitter();
  events.on("worker:create", ({ worker }) => watch.alive(worker.workerId));
  const runner = await run({
    pgPool: pool,
    events,
    concurrency,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    gracefulShutdownAbortTimeout: ABORT_AFTER_MS,
    logger: new Logger(() => (level, message) => {
      if (level === "error" || level === "warning") log.warn({}, `worker: ${message}`);
    }),
    taskList: taskList(options),
    parsedCronItems: parseCronItems(options.schedules.map(cronItem)),
  });
  runner.promise.catch((error: unknown) => log.error({ err: error }, "the worker stopped"));
  return {
    async stop() {
      await runner.stop();
      await watch.stop();
    },
  };
}

/** Missed times are not made up for: a schedule looks at the state of things, not at the clock. */
const cronItem = ({ name, cron }: Schedule): CronItem => ({
  task: name,
  match: cron,
  options: { maxAttempts: 1, jobKey: name },
});

function taskList({ jobs, schedules, db, log }: WorkerOptions): TaskList {
  const tasks: TaskList = {};
  for (const job of jobs)
    tasks[job.name] = (payload, { job: { attempts, max_attempts }, abortSignal }) =>
      runJob(job, payload, { number: attempts, last: attempts >= max_attempts }, { db, log, signal: abortSignal });
  for (const schedule of schedules)
    tasks[schedule.name] = async (_, { abortSignal }) => {
      try {
        await schedule.run({ db, log, signal: abortSignal });
      } catch (error) {
        log.error({ job: schedule.name, err: error }, "scheduled work failed");
        throw error;
      }
    };
  return tasks;
}
