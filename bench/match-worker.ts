import { hash } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import { matchComponents } from "../src/features/intel/match/match.ts";
import type { RankIndex } from "../src/features/intel/rank-index/open-index.ts";
import { allDifferent, portfolio, type Release } from "./portfolio.ts";
import { openShared, type SharedIndex } from "./shared-index.ts";

/** What a worker is given. The threads of a round take turns at the portfolio, `TURN` releases at a time, and count in `taken` how far they are. */
export interface WorkerData {
  shared: SharedIndex;
  count: number;
  taken: Int32Array<SharedArrayBuffer>;
}

/** Devices have ten releases each, which have most of their parts in common. */
const TURN = 50;

/**
 * The code is compiled as in a server that has been running, on an index that stays: what was compiled for objects that are gone
 * is thrown away with them. What it leaves behind is collected before the measurement, not in the middle of it.
 */
class Prepared {
  readonly #shared: SharedIndex;
  readonly #few: readonly Release[];
  readonly releases: readonly Release[];
  index: RankIndex;
  /** Kept, see above. */
  warm: RankIndex;

  constructor({ shared, count }: WorkerData) {
    this.#shared = shared;
    this.index = openShared(shared);
    this.warm = this.index;
    this.releases = portfolio(this.index, count);
    this.#few = allDifferent(this.index, 2_000);
  }

  /** An index just opened, from which nothing is remembered but a few parts that are not the portfolio's. */
  open(): void {
    this.warm = this.#opened();
    this.index = this.#opened();
    for (const release of this.releases) matchComponents(this.warm, release);
    collectGarbage();
  }

  #opened(): RankIndex {
    const index = openShared(this.#shared);
    for (const release of this.#few) matchComponents(index, release);
    return index;
  }
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

if (parentPort !== null) {
  const port = parentPort;
  const data = workerData as WorkerData;
  const prepared = new Prepared(data);
  const matchInTurns = (found: (at: number, release: Release) => void) => {
    const { releases } = prepared;
    for (let at = Atomics.add(data.taken, 0, TURN); at < releases.length; at = Atomics.add(data.taken, 0, TURN))
      for (const [i, release] of releases.slice(at, at + TURN).entries()) found(at + i, release);
  };
  const work = {
    open: () => prepared.open(),
    /** How many hits, and how long the thread had a core for them: on a machine that others use, less than the clock says. */
    go: () => {
      let hits = 0;
      const before = process.threadCpuUsage();
      matchInTurns((_, release) => {
        hits += matchComponents(prepared.index, release).matches.length;
      });
      const { user, system } = process.threadCpuUsage(before);
      return { hits, cpuMs: (user + system) / 1000 };
    },
    /** A digest of what was found in each release, by its number. */
    tell: () => {
      const digests: [number, string][] = [];
      matchInTurns((at, release) =>
        digests.push([at, hash("sha256", JSON.stringify(matchComponents(prepared.index, release)))]),
      );
      return digests;
    },
  };
  port.on("message", (message: keyof typeof work | "end") => {
    if (message === "end") port.close();
    else port.postMessage(work[message]() ?? null);
  });
  port.postMessage("ready");
}
