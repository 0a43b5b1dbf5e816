import { readSecurityFile } from "../read/read-security-file.ts";
import type { SecurityFile } from "../schema.ts";
import { importFile } from "./import-file.ts";
import type { LossReport } from "./schema.ts";

export interface AnyFile {
  file: SecurityFile;
  /** What did not fit, where it came in the format of another tool. */
  report: LossReport | null;
}

const OWN = /(^|[{,\s])"?cordon"?\s*:\s*["']?security-file\//;

/** Reads one of our own files, or a model in a public format, known by its content. Faults as `readSecurityFile` and `importFile`. */
export const readAnyFile = (text: string, name: string): AnyFile =>
  OWN.test(text.slice(0, 100_000))
    ? { file: readSecurityFile([{ name, text }]).file, report: null }
    : importFile(text, { name, format: "auto" });
