import { diffFiles } from "../../features/security-file/diff/diff-files.ts";
import { diffMarkdown } from "../../features/security-file/diff/diff-markdown.ts";
import { writeOut } from "../output.ts";
import { diffTable } from "./diff-table.ts";
import { readPath } from "./read-path.ts";

export interface DiffRequest {
  before: string;
  after: string;
  /** Releases, of a device folder. */
  from: string | null;
  to: string | null;
  format: "table" | "json" | "markdown";
  failOn: "never" | "change" | "impact";
}

/** Prints what changed between two security files. Exit code 0, or 1 for what `failOn` names. */
export async function runDiff({ before, after, from, to, format, failOn }: DiffRequest): Promise<number> {
  const diff = diffFiles((await readPath(before, from)).file, (await readPath(after, to)).file);
  if (format === "json") writeOut(`${JSON.stringify(diff, null, 2)}\n`);
  else writeOut(`${format === "markdown" ? diffMarkdown(diff) : diffTable(diff)}\n`);
  if (failOn === "impact") return diff.proposal.impact === "may-impact" ? 1 : 0;
  return failOn === "change" && diff.items.length + diff.head.length > 0 ? 1 : 0;
}
