import { parentPort, Worker, workerData } from "node:worker_threads";
import { Fault, type FaultCode } from "../lib/fault.ts";

/** A Fault crosses between threads as its parts. */
type Answer<Result> =
  | { result: Result }
  | { fault: { code: FaultCode; reason: string; at: string | undefined; fix: string | undefined } };

const MAX_HEAP_MB = 2_048;
const MINUTES = 60_000;
const LONGEST_MS = 10 * MINUTES;

/**
 * Does one job on a thread of its own, so that the server answers others meanwhile, with a heap of its own, so that an input made to
 * fill the memory fills only that. Faults as the job's, and `tooLarge()` when the heap is full or the time is over. `worker` answers
 * with `answerOnce`.
 */
export function apart<Result>(
  worker: URL,
  job: unknown,
  tooLarge: (cause: unknown) => Fault,
  { heapMb = MAX_HEAP_MB, withinMs = LONGEST_MS }: { heapMb?: number; withinMs?: number } = {},
): Promise<Result> {
  const thread = new Worker(worker, { workerData: job, resourceLimits: { maxOldGenerationSizeMb: heapMb } });
  let late: NodeJS.Timeout | undefined;
  return new Promise<Result>((resolve, reject) => {
    late = setTimeout(() => reject(tooLarge(new Error(`It took longer than ${withinMs} ms`))), withinMs);
    thread.once("message", (answer: Answer<Result>) => {
      if ("result" in answer) return resolve(answer.result);
      const { code, reason, at, fix } = answer.fault;
      reject(new Fault(code, reason, { ...(at === undefined ? {} : { at }), ...(fix === undefined ? {} : { fix }) }));
    });
    thread.once("error", (error) => reject(isOutOfMemory(error) ? tooLarge(error) : error));
    thread.once("exit", () => reject(new Error("The thread ended without an answer")));
  }).finally(() => {
    clearTimeout(late);
    return thread.terminate();
  });
}

/** The thread's side: does the job it was started with, and answers. What it throws and is no Fault ends the thread. */
export async function answerOnce<Job, Result>(work: (job: Job) => Result | Promise<Result>): Promise<void> {
  parentPort?.postMessage(await answerTo(work, workerData as Job));
}

async function answerTo<Job, Result>(work: (job: Job) => Result | Promise<Result>, job: Job): Promise<Answer<Result>> {
  try {
    return { result: await work(job) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { fault: { code: error.code, reason: error.message, at: error.at, fix: error.fix } };
  }
}

/** The file of a thread beside the module that starts it: as source, and as bundle. */
export const threadBeside = (module: string, name: string): URL =>
  new URL(`./${name}${module.endsWith(".ts") ? ".ts" : ".js"}`, module);

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
