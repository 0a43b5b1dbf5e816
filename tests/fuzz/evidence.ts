/**
 * Feeds broken evidence to its readers for a while: `sh scripts/node.sh tests/fuzz/evidence.ts [seconds] [seed]`.
 * Stops at the first answer that is neither facts nor a Fault, or that takes longer than a second; the input is then written to a
 * file named in the message.
 */
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEvidence } from "../../src/features/evidence/read-evidence.ts";
import { EvidenceSummary, TestFinding } from "../../src/features/evidence/schema.ts";
import { Fault } from "../../src/lib/fault.ts";
import { SAMPLES } from "../support/evidence-samples.ts";
import { JSON_TOKENS, mutatorFrom } from "./mutate.ts";

const seconds = Number(process.argv[2] ?? 30);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const SLOW_MS = 1_000;
const { upTo, mutate } = mutatorFrom(seed);

const TOKENS: [string, ...string[]] = [
  ...JSON_TOKENS,
  ...["\r\n"],
  ...["<", ">", "</", "/>", "&", "&x;", "<![CDATA[", "<!--", "<!DOCTYPE a>", "<?xml version='1.1'?>", "xmlns=''"],
  ...['"runs":[', '"site":[', "<testcase>", "<failure>", "<host>", "<script>", "<elem>", "<ReportItem>"],
  ...[
    "=1+1,",
    "#",
    "# from: 2026-13-01\n",
    "id,title,severity,place\n",
    "CWE-",
    "CVE-2026-",
    "SPDXVersion: ",
    "%PDF-",
    "PK",
  ],
];

async function complaint(bytes: Uint8Array, counts: { read: number; refused: number }): Promise<string | null> {
  const startedAt = performance.now();
  try {
    const facts = await readEvidence([bytes], { name: "fuzz" });
    EvidenceSummary.parse(facts);
    for (const finding of facts.findings) TestFinding.parse(finding);
    counts.read++;
  } catch (error) {
    if (!(error instanceof Fault)) return error instanceof Error ? (error.stack ?? error.message) : String(error);
    counts.refused++;
  }
  const tookMs = performance.now() - startedAt;
  return tookMs > SLOW_MS ? `took ${Math.round(tookMs)} ms` : null;
}

const documents = Object.values(SAMPLES).map((text) => new TextEncoder().encode(text));
const counts = { read: 0, refused: 0 };
const until = performance.now() + seconds * 1_000;
while (performance.now() < until) {
  const bytes = mutate(documents[upTo(documents.length)] ?? new Uint8Array(0), documents, TOKENS);
  const wrong = await complaint(bytes, counts);
  if (wrong === null) continue;
  const file = join(tmpdir(), `cordon-fuzz-evidence-${seed}.bin`);
  writeFileSync(file, bytes);
  console.error(`seed ${seed}, after ${counts.read + counts.refused} inputs: ${wrong}\ninput: ${file}`);
  process.exitCode = 1;
  break;
}
console.log(`seed ${seed}: ${counts.read} read, ${counts.refused} refused`);
