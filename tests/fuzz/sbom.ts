/**
 * Feeds broken SBOMs to the reader for a while: `sh scripts/node.sh tests/fuzz/sbom.ts [seconds] [seed]`.
 * Starts from the corpus and the examples, mutates, and stops at the first answer that is neither an SBOM nor a Fault,
 * or that takes longer than a second; the input is then written to a file named in the message.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readSbom } from "../../src/features/devices/sbom/read-sbom.ts";
import { Sbom } from "../../src/features/devices/sbom/schema.ts";
import { Fault } from "../../src/lib/fault.ts";
import { documentsIn, sbomArchives } from "../corpus/sbom-documents.ts";
import { mutatorFrom } from "./mutate.ts";

const seconds = Number(process.argv[2] ?? 30);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const MAX_SEED_BYTES = 60_000;
const SLOW_MS = 1_000;

const { upTo, mutate } = mutatorFrom(seed);

const TOKENS = [
  ...["{", "}", "[", "]", '"', ",", ":", "null", "-1", "1e999", "\\u0000", "\\ud800", "\n", "\r", "\u0000", "\uffff"],
  ...["<", ">", "</", "/>", "&", "&x;", "<![CDATA[", "<!--", "<!DOCTYPE a>", "<?xml version='1.1'?>", "xmlns=''"],
  ...['"__proto__":{},', '"constructor":0,', '"components":[', "<components>", "<component>", "<text>", "</text>"],
  ...[
    "SPDXRef-DOCUMENT",
    "NOASSERTION",
    "NONE",
    "Relationship: a CONTAINS a\n",
    "PackageName: x\n",
    "pkg:",
    "cpe:2.3:",
  ],
] as [string, ...string[]];

async function seeds(): Promise<Uint8Array[]> {
  const found: Uint8Array[] = [];
  const archives = [...sbomArchives("sbom"), ...sbomArchives("embedded"), ...sbomArchives("conformance", /^cyclonedx/)];
  for await (const { bytes } of documentsIn(archives)) if (bytes.length < MAX_SEED_BYTES) found.push(bytes);
  const examples = resolve(import.meta.dirname, "../../examples");
  for (const name of readdirSync(examples, { recursive: true, encoding: "utf8" })) {
    if (/\.(?:cdx|spdx)[^/]*\.(?:json|xml)$|\.spdx$/.test(name)) found.push(readFileSync(join(examples, name)));
  }
  return found;
}

/** What is wrong with the reader's answer; null when nothing. */
function complaint(bytes: Uint8Array, counts: { read: number; refused: number }): string | null {
  const startedAt = performance.now();
  try {
    Sbom.parse(readSbom(bytes, { name: "fuzz" }));
    counts.read++;
  } catch (error) {
    if (!(error instanceof Fault)) return error instanceof Error ? (error.stack ?? error.message) : String(error);
    counts.refused++;
  }
  const tookMs = performance.now() - startedAt;
  return tookMs > SLOW_MS ? `took ${Math.round(tookMs)} ms` : null;
}

const documents = await seeds();
if (documents.length === 0) throw new Error("no documents to begin with: set CORDON_CORPUS");
const counts = { read: 0, refused: 0 };
const until = performance.now() + seconds * 1_000;
while (performance.now() < until) {
  const bytes = mutate(documents[upTo(documents.length)] ?? new Uint8Array(0), documents, TOKENS);
  const wrong = complaint(bytes, counts);
  if (wrong === null) continue;
  const file = join(tmpdir(), `cordon-fuzz-sbom-${seed}.bin`);
  writeFileSync(file, bytes);
  console.error(`seed ${seed}, after ${counts.read + counts.refused} inputs: ${wrong}\ninput: ${file}`);
  process.exitCode = 1;
  break;
}
console.log(`seed ${seed}: ${counts.read} read, ${counts.refused} refused, from ${documents.length} documents`);
