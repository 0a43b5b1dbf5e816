/**
 * Feeds broken OSCAL to the reader and the resolver for a while: `sh scripts/node.sh tests/fuzz/oscal.ts [seconds] [seed]`.
 * Stops at the first answer that is neither a catalogue nor a Fault, that does not leave as it came, or that takes longer than a second.
 */
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { stringify } from "yaml";
import { showControl } from "../../src/features/controls/catalogue/show-control.ts";
import { controlsOf } from "../../src/features/controls/catalogue/walk.ts";
import { fromOscal } from "../../src/features/controls/oscal/from-oscal.ts";
import { readOscal } from "../../src/features/controls/oscal/read-oscal.ts";
import { resolveProfile } from "../../src/features/controls/oscal/resolve-profile.ts";
import { OscalCatalog } from "../../src/features/controls/oscal/schema.ts";
import { toOscal } from "../../src/features/controls/oscal/to-oscal.ts";
import { Catalogue } from "../../src/features/controls/schema.ts";
import { Fault } from "../../src/lib/fault.ts";
import { nistCatalog, nistProfile } from "../support/oscal-samples.ts";
import { JSON_TOKENS, mutatorFrom } from "./mutate.ts";

const seconds = Number(process.argv[2] ?? 30);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const SLOW_MS = 1_000;

const { upTo, mutate } = mutatorFrom(seed);
const part = { id: "n", name: "item", prose: "x" };
const modify = {
  "set-parameters": [{ "param-id": "ac-1_prm_1", values: ["x"] }],
  alters: [
    {
      "control-id": "ac-1",
      removes: [{ "by-name": "guidance" }],
      adds: [{ position: "after", "by-id": "ac-1_smt.a", parts: [part] }],
    },
  ],
};
const imports = [{ href: "c.json", "include-controls": [{ matching: [{ pattern: "a*-?*" }] }] }];
const documents = [nistCatalog(), nistProfile(), nistProfile({ modify, imports })].flatMap((one) => [
  Buffer.from(JSON.stringify(one)),
  Buffer.from(stringify(one)),
]);
const TOKENS = [
  ...JSON_TOKENS,
  ...["&a ", "*a", "<x/>"],
  ...['"controls":[', '"groups":[', '"id":"ac-1",', '"parts":[', '"matching":['],
  ...["{{ insert: param, ac-1_prm_1 }}", "{{ insert: param,", "ac-2.1", "#ac-1", "*", "?"],
] as [string, ...string[]];

const catalogue = fromOscal(OscalCatalog.parse(nistCatalog().catalog), "c.json");
const counts = { read: 0, refused: 0 };

function complaint(bytes: Uint8Array): string | null {
  const startedAt = performance.now();
  try {
    const read = readOscal(bytes, "fuzz");
    const got =
      read.model === "catalog"
        ? fromOscal(read.document, "fuzz")
        : resolveProfile(read.document, [{ name: "c.json", catalogue }]).catalogue;
    Catalogue.parse(got);
    for (const placed of controlsOf(got)) showControl(placed);
    if (read.model === "catalog" && !isDeepStrictEqual(toOscal(got).catalog, plain(read.document)))
      return "it left changed";
    counts.read++;
  } catch (error) {
    if (!(error instanceof Fault)) return error instanceof Error ? (error.stack ?? error.message) : String(error);
    counts.refused++;
  }
  const tookMs = performance.now() - startedAt;
  return tookMs > SLOW_MS ? `took ${Math.round(tookMs)} ms` : null;
}

/** A back matter without resources says nothing. */
const plain = ({ "back-matter": back, ...rest }: OscalCatalog) =>
  back?.resources === undefined ? rest : { ...rest, "back-matter": back };

const until = performance.now() + seconds * 1_000;
while (performance.now() < until) {
  const bytes = mutate(documents[upTo(documents.length)] ?? new Uint8Array(0), documents, TOKENS);
  const wrong = complaint(bytes);
  if (wrong === null) continue;
  const file = join(tmpdir(), `cordon-fuzz-oscal-${seed}.bin`);
  writeFileSync(file, bytes);
  console.error(`seed ${seed}, after ${counts.read + counts.refused} inputs: ${wrong}\ninput: ${file}`);
  process.exitCode = 1;
  break;
}
console.log(`seed ${seed}: ${counts.read} read, ${counts.refused} refused`);
