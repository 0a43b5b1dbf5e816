import { assess, componentsOf } from "../../features/intel/assess/assess.ts";
import type { Assessment } from "../../features/intel/assess/schema.ts";
import { supportOfParts } from "../../features/intel/assess/support.ts";
import { RankIndex } from "../../features/intel/rank-index/open-index.ts";
import { settle } from "../../features/intel/vex/settle.ts";
import { Fault } from "../../lib/fault.ts";
import { openRandomFile } from "../../platform/files/random-file.ts";
import { writeOut } from "../output.ts";
import { type Gate, gateClosed } from "./gate.ts";
import { readSubject } from "./read-subject.ts";
import { readVexFiles, saidBy } from "./read-vex-files.ts";

export interface AssessRequest {
  path: string;
  /** Of a device folder; null: its last one. */
  release: string | null;
  intel: string;
  asOf: string | null;
  format: "table" | "json" | "sarif" | "html";
  failOn: Gate | null;
  all: boolean;
  /** Files and folders of VEX documents. */
  vex: readonly string[];
}

/** Reads, assesses, writes to standard output. Exit code 1 when the gate is closed. */
export async function runAssess({
  path,
  release,
  intel,
  asOf,
  format,
  failOn,
  all,
  vex,
}: AssessRequest): Promise<number> {
  const until = asOf === null ? null : endOfDay(asOf);
  const input = readSubject(path, release);
  const said = vex.length === 0 ? null : await readVexFiles(vex, new Date());
  const file = openRandomFile(intel);
  let assessment: Assessment;
  try {
    const lookup = new RankIndex(file);
    const now = new Date();
    assessment = assess(input, lookup, { now, asOf: until });
    assessment.support = supportOfParts(componentsOf(input.sboms), lookup, until ?? now);
  } finally {
    file.close();
  }
  if (said !== null) assessment = settle(assessment, input.sboms, saidBy(said.statements, until), said.refused);
  writeOut(await render(assessment, format, all));
  const closed = failOn === null ? [] : gateClosed(assessment, failOn);
  if (closed.length > 0)
    process.stderr.write(
      `cordon: the gate --fail-on ${failOn} is closed by ${closed.length} ${closed.length === 1 ? "finding" : "findings"}, the first is ${closed[0]?.advisory} in ${closed[0]?.component.name}.\n`,
    );
  return closed.length > 0 ? 1 : 0;
}

/** Each format is loaded only when it is asked for. */
async function render(assessment: Assessment, format: AssessRequest["format"], all: boolean): Promise<string> {
  switch (format) {
    case "json":
      return `${JSON.stringify(assessment, null, 2)}\n`;
    case "sarif":
      return `${JSON.stringify((await import("./sarif.ts")).toSarif(assessment), null, 2)}\n`;
    case "html":
      return (await import("./html.ts")).toHtml(assessment);
    case "table": {
      const { toTable } = await import("./table.ts");
      const { styleFor } = await import("../style.ts");
      return toTable(assessment, { style: styleFor(process.stdout), columns: process.stdout.columns ?? 120, all });
    }
  }
}

/** The last instant of a day in UTC, as a date of the calendar. */
function endOfDay(day: string): Date {
  const date = new Date(`${day}T23:59:59.999Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day)
    throw new Fault("bad_input", `"${day.slice(0, 40)}" is not a day`, {
      at: "--as-of",
      fix: "Write it as 2025-01-31",
    });
  return date;
}
