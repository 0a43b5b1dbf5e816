import Table from "cli-table3";
import { checkFile } from "../../features/security-file/check/check-file.ts";
import { wordFor } from "../../features/security-file/check/structure.ts";
import type { Problem } from "../../features/security-file/schema.ts";
import { writeOut } from "../output.ts";
import { plain } from "../run-action.ts";
import { styleFor } from "../style.ts";
import { readPath } from "./read-path.ts";

export interface CheckRequest {
  path: string;
  release: string | null;
  format: "table" | "json";
  failOn: "error" | "gap" | "never";
}

/** Checks a security file and prints what is wrong or missing. Exit code 0, or 1 for what `failOn` names. */
export async function runCheck({ path, release, format, failOn }: CheckRequest): Promise<number> {
  const { file, placeOf, at } = await readPath(path, release);
  const problems = checkFile(file);
  const placed = problems.map((problem) => ({ ...problem, place: problem.at === null ? at : placeOf(problem.at.id) }));
  if (format === "json") writeOut(`${JSON.stringify({ path: at, problems: placed }, null, 2)}\n`);
  else
    writeOut(
      placed.length === 0 ? "Nothing is wrong, nothing is missing.\n" : `${table(placed)}\n${summary(placed)}\n`,
    );
  const wrong = problems.some(({ severity }) => severity === "error" || failOn === "gap");
  return failOn !== "never" && wrong ? 1 : 0;
}

function table(problems: readonly (Problem & { place: string | null })[]): string {
  const style = styleFor(process.stdout);
  const rows = new Table({
    head: ["Rule", "", "What", "Where", "To do"],
    style: { head: [], border: [], compact: true },
    wordWrap: true,
    colWidths: [18, 7, 60, 30, 50],
  });
  for (const { rule, severity, at, message, place, fix } of problems)
    rows.push([
      rule,
      severity === "error" ? style.alarm("error") : "gap",
      plain(message),
      plain([at === null ? "" : `${wordFor(at.kind)} ${at.id}`, place ?? ""].join("\n").trim()),
      plain(fix),
    ]);
  return rows.toString();
}

function summary(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  return `${errors} ${errors === 1 ? "error" : "errors"}, ${problems.length - errors} ${problems.length - errors === 1 ? "gap" : "gaps"}`;
}
