/**
 * Feeds broken threat models to their readers for a while: `sh scripts/node.sh tests/fuzz/models.ts [seconds] [seed]`.
 * Stops at the first answer that is neither a security file in order nor a Fault, or that takes longer than a second; the input is then
 * written to a file named in the message.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { checkStructure } from "../../src/features/security-file/check/structure.ts";
import { exportFile } from "../../src/features/security-file/formats/export-file.ts";
import { importFile } from "../../src/features/security-file/formats/import-file.ts";
import { Fault } from "../../src/lib/fault.ts";
import { JSON_TOKENS, mutatorFrom } from "./mutate.ts";

const seconds = Number(process.argv[2] ?? 30);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const SLOW_MS = 1_000;

const { upTo, mutate } = mutatorFrom(seed);

const TOKENS = [
  ...JSON_TOKENS,
  ...["true", "\t", "- ", "? ", "&a ", "*a", "<<: *a", "|\n"],
  ...['"id":"a",', '"cells":[', '"threats":[', '"parent":{"component":"a"},', "[Threat Dragon] severity: High\\n"],
] as [string, ...string[]];

/** What is wrong with the answer; null when nothing. */
function complaint(text: string, counts: { read: number; refused: number }): string | null {
  const startedAt = performance.now();
  try {
    const { file, report } = importFile(text, { name: "fuzz", format: "auto" });
    const [problem] = checkStructure(file);
    if (problem !== undefined) return `the file is not in order: ${problem.message}`;
    exportFile(file, report.format);
    counts.read++;
  } catch (error) {
    if (!(error instanceof Fault)) return error instanceof Error ? (error.stack ?? error.message) : String(error);
    counts.refused++;
  }
  const tookMs = performance.now() - startedAt;
  return tookMs > SLOW_MS ? `took ${Math.round(tookMs)} ms` : null;
}

const folder = resolve(import.meta.dirname, "../samples/models");
const documents = readdirSync(folder).map((name): Uint8Array => readFileSync(join(folder, name)));
const counts = { read: 0, refused: 0 };
const until = performance.now() + seconds * 1_000;
while (performance.now() < until) {
  const bytes = mutate(documents[upTo(documents.length)] ?? new Uint8Array(0), documents, TOKENS);
  const wrong = complaint(new TextDecoder().decode(bytes), counts);
  if (wrong === null) continue;
  const file = join(tmpdir(), `cordon-fuzz-models-${seed}.bin`);
  writeFileSync(file, bytes);
  console.error(`seed ${seed}, after ${counts.read + counts.refused} inputs: ${wrong}\ninput: ${file}`);
  process.exitCode = 1;
  break;
}
console.log(`seed ${seed}: ${counts.read} read, ${counts.refused} refused, from ${documents.length} documents`);
