import { readFileSync, statSync } from "node:fs";
import { formatNamed } from "../../features/security-file/formats/formats.ts";
import { importFile } from "../../features/security-file/formats/import-file.ts";
import { mergeModel } from "../../features/security-file/formats/merge.ts";
import type { FormatName } from "../../features/security-file/formats/schema.ts";
import { Fault } from "../../lib/fault.ts";
import { decodeText } from "../../lib/text.ts";
import { plain } from "../run-action.ts";
import { tellLosses } from "./losses.ts";
import { placeOfFile, readPath } from "./read-path.ts";
import { isThere, writePath } from "./write-path.ts";

export interface ImportRequest {
  model: string;
  to: string;
  release: string | null;
  format: FormatName | "auto";
  merge: boolean;
  force: boolean;
  /** Where the losses go as JSON. Null: nowhere. */
  losses: string | null;
}

const MAX_BYTES = 64 * 1024 * 1024;

/** Brings a model of another tool into a security file, and says on standard error what did not fit. */
export async function runImport({ model, to, release, format, merge, force, losses }: ImportRequest): Promise<number> {
  const at = isThere(to) ? await placeOfFile(to, release) : to;
  const there = isThere(at);
  if (there && !merge && !force)
    throw new Fault("conflict", "There is a security file already", {
      at,
      fix: "--merge brings the model into it, --force writes over it",
    });
  const { file, report } = importFile(textAt(model), { name: model, format });
  const merged = there && merge ? mergeModel((await readPath(at, null)).file, file) : null;
  writePath(at, merged?.file ?? file, there);
  tellLosses(report, losses);
  const title = formatNamed(report.format).title;
  const said =
    merged === null
      ? `${Object.values(file).reduce((sum, list) => sum + (Array.isArray(list) ? list.length : 0), 0)} items`
      : `${merged.added} added, ${merged.changed} changed, ${merged.kept} as they were`;
  process.stderr.write(`${plain(model)} (${title}) → ${plain(at)}: ${said}\n`);
  return 0;
}

function textAt(path: string): string {
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw new Fault("not_found", "There is no such file", { at: path });
  if (size > MAX_BYTES)
    throw new Fault(
      "too_large",
      `It has ${Math.round(size / 1024 / 1024)} MB; a model has at most ${MAX_BYTES / 1024 / 1024} MB`,
      { at: path, fix: "Split the model" },
    );
  try {
    return decodeText(readFileSync(path), path);
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw new Fault("bad_input", "It cannot be read", { at: path, cause });
  }
}
