import { hash } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { matchComponents } from "../src/features/intel/match/match.ts";
import { componentsMeeting, Postings } from "../src/features/intel/match/postings.ts";
import { IndexBuilder } from "../src/features/intel/rank-index/build-index.ts";
import { RankIndex } from "../src/features/intel/rank-index/open-index.ts";
import { readFeeds } from "../src/features/intel/read-feeds.ts";
import { feedLimits } from "../src/platform/files/input-limits.ts";
import { openRandomFile, replaceFile } from "../src/platform/files/random-file.ts";
import { walkInputs } from "../src/platform/files/walk-inputs.ts";
import { feeds } from "../tests/support/read-feed-text.ts";
import type { WorkerData } from "./match-worker.ts";
import { measure } from "./measure.ts";
import { allDifferent, distinctIn, portfolio, type Release } from "./portfolio.ts";
import { type SharedIndex, shareIndex } from "./shared-index.ts";
import { fetchTrivy, sideBySide } from "./trivy.ts";
import { TrivyDatabase } from "./trivy-database.ts";

interface Measurement {
  name: string;
  value: number;
  unit: string;
  limit?: number;
  atLeast?: number;
}

const corpus = join(process.env.CORDON_CORPUS ?? resolve(import.meta.dirname, "../../shared/data"), "threats");
const FEEDS = [
  "advisories",
  "cisa-csaf",
  "distro",
  "eol",
  "epss",
  "kev",
  "mapping",
  "nvd-cpe-configurations",
  "vulnrichment",
];
const COUNT = 1_000_000;
const RUNS = 5;
const THREAD_ROUNDS = 15;
/** Rounds until the code is compiled and stays so. */
const SETTLING = 8;
/** What is collected before a round is swept up on helper threads for a while after. */
const SWEEPING_MS = 300;
/**
 * What matching leaves behind is short-lived. With room for it the engine seldom stops to collect it, which it does on helper threads:
 * beside one thread they have a core of their own, beside two they have none.
 */
const YOUNG = { maxYoungGenerationSizeMb: 192 };

/**
 * The matching core by itself: no command, no database. One core and two are measured on the same portfolio, each run with
 * an index just opened, so that nothing is remembered from the run before.
 */
export async function run(): Promise<Measurement[]> {
  if (!existsSync(corpus)) {
    console.log("  skipped: the corpus is not here (set CORDON_CORPUS)");
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), "cordon-bench-"));
  try {
    const path = join(folder, "intel.db");
    const trivy = fetchTrivy();
    const build = await timed(() => buildIndex(path));
    if (trivy !== null) await buildPeer(join(folder, "trivy"));
    const loads = Array.from({ length: RUNS }, () => fresh(path).ms);
    const memory = await memoryOfLoading(path);
    const { index } = fresh(path);
    const releases = portfolio(index, COUNT);
    const different = allDifferent(index, COUNT / 5);
    const { one, two, ratio } = await compareThreads(shareIndex(path));
    return [
      { name: "build the index of every feed", value: build / 1000, unit: "s", limit: 60 },
      { name: "ranges in it", value: index.about.counts.ranges, unit: "" },
      { name: "load (open, check, copy), median", value: median(loads), unit: "ms", limit: 300 },
      { name: "a process of its own that loads it, peak memory", value: memory.loaded, unit: "MB", limit: 300 },
      { name: "the same without loading", value: memory.empty, unit: "MB" },
      { name: "components of the portfolio that differ", value: distinctIn(releases), unit: "" },
      { name: "hits in 1,000,000 components", value: one.hits, unit: "" },
      { name: "portfolio, one thread", value: one.perSecond, unit: "components/s", atLeast: 1_000_000 },
      { name: "portfolio, one thread, by its CPU time", value: one.perCpuSecond, unit: "components/s" },
      { name: "portfolio, two threads", value: two.perSecond, unit: "components/s" },
      { name: "two threads over one, median of the rounds", value: ratio, unit: "times", atLeast: 1.8 },
      { name: "two threads over one, best round of each", value: two.best / one.best, unit: "times" },
      {
        name: "two threads over one, by the CPU time of their threads",
        value: (2 * two.perCpuSecond) / one.perCpuSecond,
        unit: "times",
      },
      { name: "no two components alike, one thread", value: differentPerSecond(path, different), unit: "components/s" },
      ...postingsOf(index, releases),
      ...(trivy === null ? [] : await sideBySide(folder, path, trivy, namesOf(index))),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function buildIndex(path: string): Promise<void> {
  await replaceFile(path, async (sink) => {
    const builder = new IndexBuilder(sink, new Date());
    for await (const item of readAll()) if (item.type === "record") builder.add(item.record);
    return builder.finish();
  });
}

/** The peer's database of the same records. */
async function buildPeer(folder: string): Promise<void> {
  const database = new TrivyDatabase();
  for await (const item of readAll()) if (item.type === "record") database.add(item.record);
  database.write(folder);
}

const readAll = () =>
  readFeeds(
    walkInputs(
      FEEDS.map((name) => join(corpus, name)),
      { limits: feedLimits },
    ),
    { feeds },
  );

/** First names of all vulnerabilities. */
const namesOf = (index: RankIndex): Set<string> =>
  new Set(Array.from({ length: index.about.counts.vulnerabilities }, (_, i) => index.vulnerability(i).ids[0] ?? ""));

/** Peak resident size of a process that opens the file, and of one that only loads the code for it. */
async function memoryOfLoading(path: string): Promise<{ loaded: number; empty: number }> {
  const modules = ["rank-index/open-index.ts", "match/match.ts"].map((name) =>
    resolve(import.meta.dirname, "../src/features/intel", name),
  );
  const files = resolve(import.meta.dirname, "../src/platform/files/random-file.ts");
  const load = `const [{ RankIndex }] = await Promise.all(${JSON.stringify(modules)}.map((name) => import(name)));
    const { openRandomFile } = await import(${JSON.stringify(files)});`;
  const peak = async (work: string) => {
    const script = `${load} ${work} await new Promise((done) => setTimeout(done, 50));`;
    return (await measure(process.execPath, ["--input-type=module", "-e", script])).peakMb;
  };
  return {
    loaded: await peak(`globalThis.index = new RankIndex(openRandomFile(${JSON.stringify(path)}));`),
    empty: await peak(""),
  };
}

function fresh(path: string): { index: RankIndex; ms: number } {
  const startedAt = performance.now();
  const index = new RankIndex(openRandomFile(path));
  return { index, ms: performance.now() - startedAt };
}

interface Threads {
  perSecond: number;
  /** In the best round. */
  best: number;
  /** By the time the threads had a core. */
  perCpuSecond: number;
  hits: number;
}

/**
 * One thread and two by turns, so that what else the machine does meets both; medians. The threads stay, so that their code is compiled;
 * each round has an index just opened. Fails when they do not find the very same.
 */
async function compareThreads(shared: SharedIndex): Promise<{ one: Threads; two: Threads; ratio: number }> {
  const teams = { one: new Team(shared, 1), two: new Team(shared, 2) };
  try {
    const rounds: { one: Round; two: Round }[] = [];
    for (let i = 0; i < SETTLING + THREAD_ROUNDS; i++)
      rounds.push({ one: await teams.one.round(), two: await teams.two.round() });
    if ((await teams.one.found()) !== (await teams.two.found()))
      throw new Error("one thread and two do not find the same");
    const settled = rounds.slice(SETTLING);
    return {
      one: summed(settled.map(({ one }) => one)),
      two: summed(settled.map(({ two }) => two)),
      ratio: median(settled.map(({ one, two }) => one.wallMs / two.wallMs)),
    };
  } finally {
    teams.one.end();
    teams.two.end();
  }
}

function summed(rounds: readonly Round[]): Threads {
  const perSecond = rounds.map(({ wallMs }) => COUNT / (wallMs / 1000));
  return {
    perSecond: median(perSecond),
    best: Math.max(...perSecond),
    perCpuSecond: median(rounds.map(({ cpuMs }) => COUNT / (cpuMs / 1000))),
    hits: rounds[0]?.hits ?? 0,
  };
}

interface Round {
  wallMs: number;
  cpuMs: number;
  hits: number;
}

/** Threads that share one portfolio: from the word go until the last of them is done. Index and portfolio are ready before. */
class Team {
  readonly #taken = new Int32Array(new SharedArrayBuffer(4));
  readonly #workers: readonly Worker[];
  readonly #ready: Promise<unknown>;

  constructor(shared: SharedIndex, count: number) {
    const workerData: WorkerData = { shared, count: COUNT, taken: this.#taken };
    this.#workers = Array.from(
      { length: count },
      () => new Worker(join(import.meta.dirname, "match-worker.ts"), { workerData, resourceLimits: YOUNG }),
    );
    this.#ready = Promise.all(this.#workers.map((worker) => nextMessage(worker)));
  }

  async round(): Promise<Round> {
    await this.#ready;
    await this.#all("open");
    await delay(SWEEPING_MS);
    const startedAt = performance.now();
    const done = await this.#all<Said>("go");
    const wallMs = performance.now() - startedAt;
    const sum = (of: (said: Said) => number) => done.reduce((total, said) => total + of(said), 0);
    return { wallMs, cpuMs: sum(({ cpuMs }) => cpuMs), hits: sum(({ hits }) => hits) };
  }

  /** A digest of every result of every release in its order. */
  async found(): Promise<string> {
    const digests = (await this.#all<[number, string][]>("tell")).flat().sort(([a], [b]) => a - b);
    return hash("sha256", digests.map(([, digest]) => digest).join("\n"));
  }

  end(): void {
    for (const worker of this.#workers) worker.postMessage("end");
  }

  #all<T>(message: string): Promise<T[]> {
    Atomics.store(this.#taken, 0, 0);
    return Promise.all(
      this.#workers.map((worker) => {
        const said = nextMessage<T>(worker);
        worker.postMessage(message);
        return said;
      }),
    );
  }
}

interface Said {
  hits: number;
  cpuMs: number;
}

const nextMessage = <T>(worker: Worker) =>
  new Promise<T>((said, fail) => {
    worker.once("error", fail);
    worker.once("message", (message: T) => {
      worker.off("error", fail);
      said(message);
    });
  });

function differentPerSecond(path: string, releases: readonly Release[]): number {
  const { index } = fresh(path);
  const startedAt = performance.now();
  for (const release of releases) matchComponents(index, release);
  return (releases.length * 200) / ((performance.now() - startedAt) / 1000);
}

/** All components posted once; then records with many components behind their names meet them, one after the other. */
function postingsOf(index: RankIndex, releases: readonly Release[]): Measurement[] {
  const postings = new Postings();
  const components = releases.flat();
  const startedAt = performance.now();
  for (const [number, component] of components.entries()) postings.add(number, component, null);
  const postedMs = performance.now() - startedAt;
  const records = new Set<number>();
  for (const release of releases.slice(0, 50))
    for (const { record } of matchComponents(index, release).matches) records.add(record);
  const tookMs: number[] = [];
  let most = 0;
  for (const record of [...records].slice(0, 500)) {
    const { value, ms } = timedNow(() => componentsMeeting(index, postings, record).length);
    most = Math.max(most, value);
    tookMs.push(ms);
  }
  return [
    { name: "postings of 1,000,000 components, built", value: postedMs / 1000, unit: "s" },
    { name: "records that met the portfolio through them", value: tookMs.length, unit: "" },
    { name: "one record meets the portfolio, median", value: median(tookMs), unit: "ms" },
    { name: "one record meets the portfolio, slowest", value: Math.max(...tookMs), unit: "ms", limit: 1000 },
    { name: "components that one record met, at most", value: most, unit: "" },
  ];
}

function timedNow<T>(work: () => T): { value: T; ms: number } {
  const startedAt = performance.now();
  const value = work();
  return { value, ms: performance.now() - startedAt };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
