import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { controlsOf } from "../../features/controls/catalogue/walk.ts";
import { fromOscal } from "../../features/controls/oscal/from-oscal.ts";
import { readOscal } from "../../features/controls/oscal/read-oscal.ts";
import { resolveProfile, type Source } from "../../features/controls/oscal/resolve-profile.ts";
import { toOscal } from "../../features/controls/oscal/to-oscal.ts";
import type { Catalogue, Loss } from "../../features/controls/schema.ts";
import { Fault } from "../../lib/fault.ts";
import { writeOut } from "../output.ts";
import { plain } from "../run-action.ts";

export interface ConvertRequest {
  file: string;
  /** What a profile imports. */
  sources: readonly string[];
}

/** Reads an OSCAL catalogue, or resolves a profile, and writes the catalogue it gives; what was left out goes to standard error. */
export async function runConvert({ file, sources }: ConvertRequest): Promise<number> {
  const { catalogue, losses } = readCatalogueFiles(file, sources);
  for (const { at, what } of losses) process.stderr.write(`cordon: left out: ${plain(at)}: ${plain(what)}.\n`);
  process.stderr.write(`cordon: ${plain(catalogue.title)}: ${[...controlsOf(catalogue)].length} controls.\n`);
  writeOut(`${JSON.stringify(toOscal(catalogue), null, 2)}\n`);
  return 0;
}

function readCatalogueFiles(file: string, others: readonly string[]): { catalogue: Catalogue; losses: Loss[] } {
  const read = readOscal(bytesOf(file), file);
  if (read.model === "catalog") return { catalogue: fromOscal(read.document, file), losses: read.losses };
  const losses = [...read.losses];
  const sources = others.map((path): Source => {
    const source = readOscal(bytesOf(path), path);
    losses.push(...source.losses);
    const name = basename(path);
    return source.model === "catalog"
      ? { name, catalogue: fromOscal(source.document, path) }
      : { name, profile: source.document };
  });
  const resolved = resolveProfile(read.document, sources);
  return { catalogue: resolved.catalogue, losses: [...losses, ...resolved.losses] };
}

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new Fault("not_found", "There is no such file", { at: path, fix: "Name an OSCAL file", cause });
  }
}
