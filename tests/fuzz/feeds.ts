/**
 * Feeds broken advisories to every feed reader for a while: `sh scripts/node.sh tests/fuzz/feeds.ts [seconds] [seed]`.
 * What still reads goes into an index, and an SBOM is assessed with it. Stops at the first answer that is neither a record, nor
 * skipped, nor a problem of the input, or that takes longer than a second; the input is then written to a file named in the message.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readSbom } from "../../src/features/devices/sbom/read-sbom.ts";
import { assess } from "../../src/features/intel/assess/assess.ts";
import { Assessment } from "../../src/features/intel/assess/schema.ts";
import { indexOf } from "../../src/features/intel/rank-index/sample-intel.ts";
import type { FeedItem } from "../../src/features/intel/read-document.ts";
import { feedLimits } from "../../src/platform/files/input-limits.ts";
import { walkInputs } from "../../src/platform/files/walk-inputs.ts";
import { readFeedText } from "../support/read-feed-text.ts";
import { JSON_TOKENS, mutatorFrom } from "./mutate.ts";

const seconds = Number(process.argv[2] ?? 30);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const MAX_SEED_BYTES = 20_000;
const SEEDS_OF_ONE_INPUT = 60;
const SLOW_MS = 1_000;
const RECORDS_OF_ONE_INDEX = 300;

const examples = resolve(import.meta.dirname, "../../examples");
const corpus = join(process.env.CORDON_CORPUS ?? resolve(import.meta.dirname, "../../../shared/data"), "threats");
const FOLDERS = [
  "advisories",
  "cisa-csaf",
  "distro",
  "epss",
  "kev",
  "mapping",
  "nvd-cpe-configurations",
  "vulnrichment",
];

const { upTo, mutate } = mutatorFrom(seed);

const TOKENS = [
  ...JSON_TOKENS,
  ...["true", "\r", "\t"],
  ...["---\n", "- ", "&a ", "*a", "? ", "!!binary ", "<<: *a\n", "'", "#", "|\n", "\ufeff", "```toml\n", "\u00ff"],
  ...['"id":"GHSA-x",', '"modified":"x",', '"introduced":"0"', '"fixed":"1"'],
  ...["<", ">=", "< 1 ||", "^", "~>", "*", "1.0", "9".repeat(30), "1:2-3~rc1", "vers:npm/", "CVE-2021-44228", "CVE-"],
  ...["CVSS:3.1/AV:N", "CVSS:4.0/", "cpe:2.3:a:", "pkg:", "9999-99-99T99:99:99Z", "2021-12-10", "0.5,0.9\n"],
] as [string, ...string[]];

/** The small documents of each input; of a long table or list of records, its beginning. */
async function seeds(): Promise<Uint8Array[]> {
  const found: Uint8Array[] = [];
  const inputs = [join(examples, "advisories")];
  for (const folder of FOLDERS)
    for (const name of namesIn(join(corpus, folder))) inputs.push(join(corpus, folder, name));
  for (const input of inputs) {
    let taken = 0;
    for await (const { bytes } of walkInputs([input], { limits: feedLimits })) {
      const start = await beginning(bytes());
      if (start.length > 0) found.push(start);
      if (++taken === SEEDS_OF_ONE_INPUT) break;
    }
  }
  return found;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

async function beginning(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= MAX_SEED_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MAX_SEED_BYTES);
}

const counts = { record: 0, skipped: 0, problem: 0, inputs: 0, assessments: 0 };
let kept: (FeedItem & { type: "record" })[] = [];
const sboms = readdirSync(examples, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith("sbom.cdx.json"))
  .map((name) => ({ path: name, sbom: readSbom(readFileSync(join(examples, name)), { name }) }));

/** What is wrong with the readers' answer; null when nothing. */
async function complaint(bytes: Uint8Array): Promise<string | null> {
  const startedAt = performance.now();
  try {
    for (const item of await readFeedText(bytes)) {
      counts[item.type]++;
      if (item.type === "record") kept.push(item);
      else if (item.reason.includes("The reader failed")) return item.reason;
    }
    const tookMs = performance.now() - startedAt;
    if (tookMs > SLOW_MS) return `took ${Math.round(tookMs)} ms`;
    if (kept.length > RECORDS_OF_ONE_INDEX) assessKept();
    return null;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

function assessKept(): void {
  const records = kept.map(({ record }) => record);
  kept = [];
  const lookup = indexOf(records);
  const subject = { name: "fuzz", version: null, path: "fuzz" };
  for (const asOf of [null, new Date("2022-01-01")])
    Assessment.parse(assess({ subject, sboms }, lookup, { now: new Date(), asOf }));
  counts.assessments++;
}

const documents = await seeds();
const until = performance.now() + seconds * 1_000;
while (performance.now() < until) {
  const bytes = mutate(documents[upTo(documents.length)] ?? new Uint8Array(0), documents, TOKENS);
  const wrong = await complaint(bytes);
  counts.inputs++;
  if (wrong === null) continue;
  const file = join(tmpdir(), `cordon-fuzz-feeds-${seed}.bin`);
  writeFileSync(file, bytes);
  console.error(`seed ${seed}, after ${counts.inputs} inputs: ${wrong}\ninput: ${file}`);
  process.exitCode = 1;
  break;
}
console.log(
  `seed ${seed}: ${counts.inputs} inputs from ${documents.length} documents: ${counts.record} records, ${counts.skipped} skipped, ${counts.problem} problems, ${counts.assessments} times assessed with what was read`,
);
