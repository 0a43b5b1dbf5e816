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
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent || asked.signal.aborted) return;
    clearInterval(watch);
    ask();
  }, PARENT_EVERY_MS).unref();
  if (environment.npm_lifecycle_event === undefined) clearInterval(watch);
  return asked.signal;
}
