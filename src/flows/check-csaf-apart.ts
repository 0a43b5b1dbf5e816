import { Worker } from "node:worker_threads";
import type { Check } from "../features/publish/schema.ts";
import type { Answer, Job } from "./check-csaf-worker.ts";

/** Beside this file: as source, and as bundle. */
const WORKER = new URL(`./check-csaf-worker${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);

interface Running {
  worker: Worker;
  waiting: Map<number, { resolve: (checks: Check[]) => void; reject: (error: unknown) => void }>;
}

let running: Running | null = null;
let last = 0;

/**
 * `checkDocument` on a thread of its own, kept for the next one: the validator compiles its schemas for seconds when it is first used,
 * and the server answers others meanwhile.
 */
export function checkCsafApart(document: object, names: readonly string[]): Promise<Check[]> {
  const { worker, waiting } = running ?? start();
  last += 1;
  const job: Job = { id: last, document, names };
  return new Promise((resolve, reject) => {
    waiting.set(job.id, { resolve, reject });
    worker.ref();
    worker.postMessage(job);
  });
}

/** Starts the thread before it is needed. */
export function warmCsafChecks(): void {
  if (running === null) void checkCsafApart({}, []).catch(() => {});
}

function start(): Running {
  const started: Running = { worker: new Worker(WORKER), waiting: new Map() };
  const { worker, waiting } = started;
  worker.on("message", (answer: Answer) => {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    // Nobody waits: the thread must not keep the program from ending.
    if (waiting.size === 0) worker.unref();
    if ("checks" in answer) asked?.resolve(answer.checks);
    else asked?.reject(new Error(answer.error));
  });
  const end = (error: unknown) => {
    if (running === started) running = null;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.once("error", end);
  worker.once("exit", () => end(new Error("The CSAF checks ended without an answer")));
  running = started;
  return started;
}
