import { existsSync, writeFileSync } from "node:fs";
import { exportFile } from "../../features/security-file/formats/export-file.ts";
import type { FormatName } from "../../features/security-file/formats/schema.ts";
import { Fault } from "../../lib/fault.ts";
import { writeOut } from "../output.ts";
import { tellLosses } from "./losses.ts";
import { readPath } from "./read-path.ts";

export interface ExportRequest {
  path: string;
  release: string | null;
  format: FormatName;
  /** Null: standard output. */
  output: string | null;
  force: boolean;
  losses: string | null;
}

/** Writes a security file in a public format, and says on standard error what the format has no place for. */
export async function runExport({ path, release, format, output, force, losses }: ExportRequest): Promise<number> {
  if (output !== null && !force && existsSync(output))
    throw new Fault("conflict", "There is a file already", { at: output, fix: "--force writes over it" });
  const { file } = await readPath(path, release);
  const { text, report } = exportFile(file, format);
  if (output === null) writeOut(text);
  else writeFileSync(output, text);
  tellLosses(report, losses);
  return 0;
}
