import { setTimeout as sleep } from "node:timers/promises";
import { Fault } from "../../lib/fault.ts";
import type { Fetch } from "../files/fetch-input.ts";
import { isNotNow, type RetryRules, retryAfterMs, retryRules, waitMs } from "./retry.ts";

/** What asking the world needs; tests give a clock and a sleep of their own. */
export interface AskTools {
  fetch: Fetch;
  signal: AbortSignal;
  rules?: RetryRules;
  now?: () => Date;
  random?: () => number;
  pause?: (ms: number, signal: AbortSignal) => Promise<unknown>;
  /** Told when it waits: "asks to wait 30 s". */
  onWait?: (why: string) => void;
}

const MEANINGS: Readonly<Record<number, string>> = {
  401: " (it wants a key or a sign-in)",
  403: " (it refuses)",
  404: " (there is nothing there)",
  410: " (it is gone)",
  429: " (too many requests)",
  503: " (busy)",
};

/**
 * Does `attempt` until it succeeds: again after a cut connection and after an answer that says "not now", with a growing, random wait
 * that is never shorter than `Retry-After` asks. Fault `unavailable` with the last reason when the tries are used up or the server asks
 * for more patience than the rules have. `attempt` throws `Again` for what may be better next time.
 */
export async function again<T>(url: string, tools: AskTools, attempt: () => Promise<T>): Promise<T> {
  const rules = tools.rules ?? retryRules;
  const pause = tools.pause ?? ((ms, signal) => sleep(ms, undefined, { signal }));
  for (let tried = 1; ; tried++) {
    tools.signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Again)) throw error;
      const patient = error.afterMs === null || error.afterMs <= rules.patienceMs;
      if (tried >= rules.tries || !patient) {
        const seconds = Math.ceil((error.afterMs ?? 0) / 1000);
        throw new Fault("unavailable", patient ? error.message : `${error.message}; it asks to wait ${seconds} s`, {
          at: url,
          fix: "What was known before stays in use; it is tried again at the next run",
          cause: error.cause,
        });
      }
      const ms = waitMs(rules, tried, error.afterMs, (tools.random ?? Math.random)());
      tools.onWait?.(`${error.message}; trying again in ${Math.max(1, Math.round(ms / 1000))} s`);
      await pause(ms, tools.signal);
    }
  }
}

/** Thrown by an attempt that may succeed next time. */
export class Again extends Error {
  readonly afterMs: number | null;
  constructor(reason: string, afterMs: number | null, cause?: unknown) {
    super(reason, { cause });
    this.afterMs = afterMs;
  }
}

/**
 * One request. Throws `Again` for a cut connection and "not now" (also `busy`: statuses that mean it at this address); every other
 * answer is returned with its body unread.
 */
export async function askOnce(
  url: string,
  headers: Readonly<Record<string, string>>,
  { fetch, signal, now = () => new Date() }: AskTools,
  busy: readonly number[] = [],
): Promise<Response> {
  const answer = await fetch(url, { headers, signal }).catch((cause: unknown) => {
    signal.throwIfAborted();
    if (cause instanceof Fault && cause.code !== "unavailable") throw cause;
    throw new Again("The address cannot be reached", null, cause);
  });
  if (!isNotNow(answer) && !busy.includes(answer.status)) return answer;
  await answer.body?.cancel();
  const after = retryAfterMs(answer.headers, now());
  throw new Again(`The address answered ${answer.status}${MEANINGS[answer.status] ?? ""}`, after);
}

/** Fault `unavailable` for an answer that is neither good nor one of those the caller knows. */
export async function refuseAnswer(url: string, answer: Response): Promise<never> {
  await answer.body?.cancel();
  throw new Fault("unavailable", `The address answered ${answer.status}${MEANINGS[answer.status] ?? ""}`, {
    at: url,
    fix: answer.status === 401 || answer.status === 403 ? "Check the key of this source" : "Check the address",
  });
}

/** The bytes of a body; `Again` when it breaks off, stops or trickles: a server must not hold a reader for hours. */
export async function* bodyOf(
  answer: Response,
  { signal, rules = retryRules }: AskTools,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (answer.body === null) return;
  const reader = answer.body.getReader();
  let left = rules.quietMs;
  let brought = 0;
  try {
    for (;;) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        const reason = brought === 0 ? "The transfer stopped" : "The transfer is too slow";
        timer = setTimeout(() => reject(new Again(reason, null)), left);
      });
      const asked = performance.now();
      const next = await Promise.race([reader.read(), late]).finally(() => clearTimeout(timer));
      if (next.done) return;
      left -= performance.now() - asked;
      brought += next.value.length;
      if (brought >= rules.leastBytes) {
        left = rules.quietMs;
        brought = 0;
      }
      yield next.value;
    }
  } catch (cause) {
    signal.throwIfAborted();
    throw cause instanceof Again || cause instanceof Fault ? cause : new Again("The transfer broke off", null, cause);
  } finally {
    await reader.cancel().catch(() => {});
  }
}
