import { hash } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import { matchComponents } from "../src/features/intel/match/match.ts";
import { RankIndex } from "../src/features/intel/rank-index/open-index.ts";
import { openRandomFile } from "../src/platform/files/random-file.ts";
import { allDifferent, portfolio } from "./portfolio.ts";

/**
 * The code is compiled as in a server that has been running, on an index and on portfolios that are then forgotten: compiling in the
 * middle of the measurement takes a third of its time, on helper threads that need a core as well.
 */
function warmUp(path: string): void {
  for (const count of [300_000, 301_000, 302_000]) {
    const index = new RankIndex(openRandomFile(path));
    for (const release of allDifferent(index, 40_000)) matchComponents(index, release);
    for (const release of portfolio(index, count)) matchComponents(index, release);
  }
}

/**
 * One thread with an index of its own: makes its portfolio, says it is ready, then matches it when told ("go") and says how many
 * hits it found and how long its core worked for that: on a machine that others use, less than the clock says. Asked to tell, it
 * matches once more and says of every release what it found, as a digest.
 */
if (parentPort !== null) {
  const port = parentPort;
  const { path, count, part } = workerData as { path: string; count: number; part: [first: number, beyond: number] };
  const index = new RankIndex(openRandomFile(path));
  const releases = portfolio(index, count).slice(...part);
  warmUp(path);
  port.on("message", (message: "go" | "tell") => {
    if (message === "tell") {
      port.postMessage(releases.map((release) => hash("sha256", JSON.stringify(matchComponents(index, release)))));
      port.close();
      return;
    }
    let hits = 0;
    const before = process.threadCpuUsage();
    for (const release of releases) hits += matchComponents(index, release).matches.length;
    const { user, system } = process.threadCpuUsage(before);
    port.postMessage({ hits, cpuMs: (user + system) / 1000 });
  });
  port.postMessage({ ready: true });
}
