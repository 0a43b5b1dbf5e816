import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readSbom } from "../src/features/devices/sbom/read-sbom.ts";
import type { Component } from "../src/features/devices/sbom/schema.ts";
import { matchComponents } from "../src/features/intel/match/match.ts";
import { RankIndex } from "../src/features/intel/rank-index/open-index.ts";
import { Fault } from "../src/lib/fault.ts";
import { openRandomFile } from "../src/platform/files/random-file.ts";
import { documentsIn, sbomArchives } from "../tests/corpus/sbom-documents.ts";
import { measure } from "./measure.ts";

interface Measurement {
  name: string;
  value: number;
  unit: string;
  limit?: number;
}

const root = resolve(import.meta.dirname, "..");
const corpus = join(process.env.CORDON_CORPUS ?? join(root, "../shared/data"), "threats");
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
const RUNS = 7;

/**
 * The promise of the command: the SBOM with the most parts, and the one with the most findings, against every feed of the
 * corpus, as whole processes through the launcher. The peer `node -e 0` says how much of it is the runtime's own start.
 */
export async function run(): Promise<Measurement[]> {
  if (!existsSync(corpus)) {
    console.log("  skipped: the corpus is not here (set CORDON_CORPUS)");
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), "cordon-bench-"));
  try {
    const intel = join(folder, "intel.db");
    const build = await succeeding(join(root, "cordon"), [
      "intel",
      "build",
      "--from",
      ...FEEDS.map((f) => join(corpus, f)),
      "--out",
      intel,
    ]);
    const opened = openAndCount(intel);
    const { largest, device } = await chooseSboms(folder);
    const start = await medianOf(process.execPath, ["-e", "0"]);
    const rows: Measurement[] = [
      { name: "intel build, every feed", value: build.wallMs / 1000, unit: "s", limit: 60 },
      { name: "intel build, peak memory", value: build.peakMb, unit: "MB", limit: 1024 },
      { name: "ranges in the file", value: opened.ranges, unit: "" },
      { name: "size of the file", value: statSync(intel).size / 1e6, unit: "MB" },
      { name: "load (open, check, copy), median", value: opened.loadMs, unit: "ms", limit: 300 },
      { name: "matching, one core", value: opened.perSecond, unit: "components/s" },
      { name: "peer: node -e 0, whole process", value: start.wallMs, unit: "ms" },
    ];
    for (const { path, components, what } of [largest, device]) {
      const took = await medianOf(join(root, "cordon"), ["assess", path, "--intel", intel, "--format", "json"]);
      rows.push(
        { name: `assess ${what} (${components} parts), whole process`, value: took.wallMs, unit: "ms", limit: 1000 },
        { name: `assess ${what}, peak memory`, value: took.peakMb, unit: "MB", limit: 300 },
        {
          name: `assess ${what}, share that is node's own start`,
          value: (100 * start.wallMs) / took.wallMs,
          unit: "%",
        },
      );
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Chosen {
  path: string;
  bytes: Uint8Array;
  components: number;
  what: string;
}

async function chooseSboms(folder: string) {
  let largest: Chosen = { path: "", bytes: new Uint8Array(), components: 0, what: "the largest SBOM" };
  let device: Chosen = { ...largest, what: "a Buildroot device" };
  for await (const { path, bytes } of documentsIn([...sbomArchives("sbom"), ...sbomArchives("embedded")])) {
    const components = countParts(bytes, path);
    if (components > largest.components) largest = { ...largest, path, bytes, components };
    if (/2022\.02-monitor/.test(path)) device = { ...device, path, bytes, components };
  }
  return { largest: save(folder, largest), device: save(folder, device) };
}

function countParts(bytes: Uint8Array, name: string): number {
  try {
    return readSbom(bytes, { name }).components.filter(({ type }) => type !== "file").length;
  } catch (fault) {
    if (fault instanceof Fault) return 0;
    throw fault;
  }
}

function save(folder: string, chosen: Chosen): Chosen {
  const path = join(folder, chosen.path.split("/").at(-1) ?? "sbom");
  writeFileSync(path, chosen.bytes);
  return { ...chosen, path };
}

/** Loads the file a few times, then asks for every npm, Go and PyPI name the corpus' SBOMs could hold, at many versions. */
function openAndCount(path: string) {
  const loads = Array.from({ length: RUNS }, () => {
    const startedAt = performance.now();
    const file = openRandomFile(path);
    new RankIndex(file);
    file.close();
    return performance.now() - startedAt;
  });
  const file = openRandomFile(path);
  const index = new RankIndex(file);
  const components = Array.from({ length: 100_000 }, (_, i) => componentOf(i));
  matchComponents(index, components.slice(0, 10_000));
  const startedAt = performance.now();
  matchComponents(index, components);
  const perSecond = components.length / ((performance.now() - startedAt) / 1000);
  file.close();
  return { loadMs: median(loads), ranges: index.about.counts.ranges, perSecond };
}

const NAMES = [
  "npm/lodash",
  "npm/minimist",
  "pypi/requests",
  "pypi/django",
  "golang/golang.org/x/net",
  "npm/unheard-of",
  "maven/org.apache/none",
  "gem/rails",
];

function componentOf(i: number): Component {
  const purl = `pkg:${NAMES[i % NAMES.length]}@${i % 9}.${i % 31}.${i % 7}`;
  return {
    ref: `#${i}`,
    type: "library",
    group: null,
    name: "part",
    version: null,
    purl,
    cpes: [],
    hashes: [],
    supplier: null,
    licenses: [],
    parent: null,
  };
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function succeeding(command: string, args: readonly string[]) {
  const measured = await measure(command, args);
  if (measured.code !== 0) throw new Error(`${command} ${args[0]} ended with ${measured.code}: ${measured.stderr}`);
  return measured;
}

async function medianOf(command: string, args: readonly string[]) {
  await succeeding(command, args);
  const runs = [];
  for (let i = 0; i < RUNS; i++) runs.push(await succeeding(command, args));
  return { wallMs: median(runs.map(({ wallMs }) => wallMs)), peakMb: median(runs.map(({ peakMb }) => peakMb)) };
}
