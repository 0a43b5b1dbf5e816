import { readFileSync } from "node:fs";
import { join } from "node:path";
import Table from "cli-table3";
import * as z from "zod";
import { referredBy } from "../../features/controls/catalogue/refs.ts";
import { showCatalogue } from "../../features/controls/catalogue/show-control.ts";
import { readSbom } from "../../features/devices/sbom/read-sbom.ts";
import { checkFile } from "../../features/security-file/check/check-file.ts";
import { contentRule } from "../../features/security-file/check/content/content.ts";
import { wordFor } from "../../features/security-file/check/structure.ts";
import type { Problem } from "../../features/security-file/schema.ts";
import { Fault } from "../../lib/fault.ts";
import { ownCatalogues } from "../controls/own-catalogues.ts";
import { writeOut } from "../output.ts";
import { plain } from "../run-action.ts";
import { styleFor } from "../style.ts";
import { hashesBeside } from "./file-hash.ts";
import type { PlacedProblem } from "./placed-problem.ts";
import { readPath, sbomsOfFile } from "./read-path.ts";
import { toSarif } from "./sarif.ts";

export interface CheckRequest {
  path: string;
  release: string | null;
  /** The day for which ages are counted. */
  asOf: string;
  /** Null: those of the device folder, where it is one. */
  sbom: string | null;
  format: "table" | "json" | "sarif";
  failOn: "error" | "gap" | "never";
}

/** Checks a security file and prints what is wrong or missing. Exit code 0, or 1 for what `failOn` names. */
export async function runCheck({ path, release, asOf, sbom, format, failOn }: CheckRequest): Promise<number> {
  if (!z.iso.date().safeParse(asOf).success)
    throw new Fault("bad_input", "This is no day", { at: "--as-of", fix: "Write it as 2026-11-24" });
  const { file, placeOf, at } = await readPath(path, release);
  const sboms = sbom === null ? await sbomsOfFile(path, release) : [sbom];
  const parts = sboms.length === 0 ? null : sboms.flatMap(partsOf);
  const referred = referredBy(file, ownCatalogues().catalogues.map(showCatalogue));
  const problems = checkFile(file, { asOf, sbom: parts, hashOf: hashesBeside(at), referred });
  const placed = problems.map((problem) => ({
    ...problem,
    place: problem.at === null ? at : (placeOf(problem.at.id) ?? at),
  }));
  writeOut(`${print(placed, format, at, asOf)}\n`);
  const wrong = problems.some(({ severity }) => severity === "error" || failOn === "gap");
  return failOn !== "never" && wrong ? 1 : 0;
}

function print(problems: readonly PlacedProblem[], format: CheckRequest["format"], at: string, asOf: string): string {
  if (format === "json") return JSON.stringify({ path: at, asOf, problems: problems.map(withSection) }, null, 2);
  if (format === "sarif") return JSON.stringify(toSarif(problems), null, 2);
  if (problems.length === 0) return "Nothing is wrong, nothing is missing.";
  return `${table(problems, at)}\n${summary(problems)}`;
}

const withSection = (problem: PlacedProblem) => ({ ...problem, section: contentRule(problem.rule)?.section ?? null });

function partsOf(path: string) {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new Fault("not_found", "There is no such SBOM", { at: path, cause });
  }
  return readSbom(bytes, { name: path }).components;
}

/** More of one rule is one thing to do, not many, and nobody reads it in a terminal. */
export const MOST_OF_RULE = 50;

/** One block for each rule: what it asks and where that is written, then what was found. */
function table(problems: readonly PlacedProblem[], at: string): string {
  const style = styleFor(process.stdout);
  const rows = new Table({
    head: ["What", "Where", "To do"],
    style: { head: [], border: [], compact: true },
    wordWrap: true,
    colWidths: [70, 38, 52],
  });
  for (const rule of new Set(problems.map((problem) => problem.rule))) {
    const { title, section } = contentRule(rule) ?? { title: "The file holds together", section: "structure" };
    rows.push([{ colSpan: 3, content: style.strong(`${rule}  ${title}  (${section})`) }]);
    const found = problems.filter((problem) => problem.rule === rule);
    for (const { severity, at: item, message, place, fix } of found.slice(0, MOST_OF_RULE))
      rows.push([
        `${severity === "error" ? `${style.alarm("error")} ` : ""}${plain(message)}`,
        plain(
          [item === null ? "" : `${wordFor(item.kind)} ${item.id}`, place === at ? "" : withoutFolder(place, at)]
            .join("\n")
            .trim(),
        ),
        plain(fix),
      ]);
    if (found.length > MOST_OF_RULE) rows.push([{ colSpan: 3, content: moreOf(found.length) }]);
  }
  return rows.toString();
}

export const moreOf = (count: number) => `… and ${count - MOST_OF_RULE} more: --format json has all`;

const withoutFolder = (place: string, at: string) =>
  place.startsWith(join(at, "/")) ? place.slice(at.length + 1) : place;

function summary(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const gaps = problems.length - errors;
  return `${errors} ${errors === 1 ? "error" : "errors"}, ${gaps} ${gaps === 1 ? "gap" : "gaps"}`;
}
