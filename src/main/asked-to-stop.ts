import { readFileSync } from "node:fs";

/** One Ctrl-C may arrive several times: from the terminal, and passed on by npm or whatever started it. */
const SAME_SIGNAL_MS = 1000;
const PARENT_EVERY_MS = 500;

/**
 * Aborts at the first signal. A second one calls `abandon` and ends the process at once, which loses nothing that was acknowledged.
 * Under npm it aborts as well when its parent is gone: npm's shell does not pass a signal on, and nobody could stop us any more.
 */
export function untilAskedToStop(environment: Readonly<Record<string, string | undefined>>, abandon: () => void) {
  const asked = new AbortController();
  let askedAt = 0;
  const ask = () => {
    askedAt = Date.now();
    asked.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => {
      if (!asked.signal.aborted) ask();
      else if (Date.now() - askedAt > SAME_SIGNAL_MS) {
        abandon();
        process.exit(1);
      }
    });
  if (environment.npm_lifecycle_event !== undefined) onceOrphaned(ask);
  return asked.signal;
}

function onceOrphaned(tell: () => void): void {
  const line = lineUpToNpm();
  const watch = setInterval(() => {
    if (line.every((pid, i) => parentOf(line[i - 1] ?? process.pid) === pid)) return;
    clearInterval(watch);
    tell();
  }, PARENT_EVERY_MS).unref();
}

/** The parent, its parent, … up to npm: a shell or two are between. Only the parent where the system does not say (no /proc). */
function lineUpToNpm(): number[] {
  const line = [process.ppid];
  for (let pid = process.ppid; line.length < 5; ) {
    if (/^(npm|node)/.test(readOr(`/proc/${pid}/comm`, ""))) return line;
    pid = parentOf(pid) ?? 1;
    line.push(pid);
  }
  return [process.ppid];
}

const parentOf = (pid: number): number | null =>
  pid === process.pid
    ? process.ppid
    : Number(/^PPid:\s*(\d+)/m.exec(readOr(`/proc/${pid}/status`, ""))?.[1] ?? Number.NaN) || null;

function readOr(path: string, fallback: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return fallback;
  }
}
