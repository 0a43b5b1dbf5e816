import type { SecurityFile } from "../schema.ts";
import { newestResult } from "./links.ts";
import type { Traced } from "./look.ts";
import { TraceColumn, type TraceFrom } from "./schema.ts";
import { trace } from "./trace.ts";

/** A table for a workbook or a comma-separated text. */
export interface Sheet {
  name: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

export const COLUMN_TITLES: Readonly<Record<TraceColumn, string>> = {
  threats: "Threats",
  risks: "Risks",
  requirements: "Requirements",
  controls: "Controls",
  elements: "Elements",
  tests: "Tests and results",
  labels: "Labeling",
};

/** The matrix from one column on: an item a line, what it leads to, and what is missing. */
export function matrixSheet(file: SecurityFile, { gaps }: Pick<Traced, "gaps">, from: TraceFrom): Sheet {
  const tests = new Map(file.tests.map((test) => [test.id, test]));
  const names = new Map(
    TraceColumn.options.flatMap((column) => file[column].map(({ id, name }) => [id, name] as const)),
  );
  const states = new Map(file.controls.map(({ id, state }) => [id, state]));
  const others = TraceColumn.options.filter((column) => column !== from);
  const text = (column: TraceColumn, id: string): string => {
    const result = column === "tests" ? newestResult(tests.get(id) ?? { results: [] }) : null;
    const told =
      result === null ? (column === "tests" ? "no result" : states.get(id)) : `${result.outcome} ${result.on}`;
    return `${id} ${names.get(id) ?? ""}${told === undefined ? "" : ` (${told})`}`;
  };
  return {
    name: COLUMN_TITLES[from],
    head: ["Id", COLUMN_TITLES[from], ...others.map((column) => COLUMN_TITLES[column]), "Missing"],
    rows: trace(file, from, gaps).map(({ id, cells, gaps: own }) => [
      id,
      names.get(id) ?? "",
      ...others.map((column) => cells[column].map((one) => text(column, one)).join("; ")),
      own.map((gap) => `${gap.rule} ${gap.message}`).join("; "),
    ]),
  };
}

export const gapSheet = ({ gaps }: Pick<Traced, "gaps">): Sheet => ({
  name: "Gaps",
  head: ["Rule", "Kind", "Id", "Name", "What is missing", "What to do"],
  rows: gaps.map(({ rule, at, message, fix }) => [rule, at?.kind ?? "", at?.id ?? "", at?.name ?? "", message, fix]),
});

const coverageSheet = ({ coverage }: Pick<Traced, "coverage">): Sheet => ({
  name: "Coverage",
  head: ["Category", "State", "Controls", "Passed", "Checkables named", "Checkables"],
  rows: coverage.map(({ category, state, controls, checkables, named }) => [
    category,
    state,
    controls.map(({ id }) => id).join("; "),
    controls
      .filter(({ proof }) => proof === "passed")
      .map(({ id }) => id)
      .join("; "),
    named.join("; "),
    String(checkables),
  ]),
});

/** The whole workbook: coverage, gaps, and the matrix from both ends and the middle. */
export const traceSheets = (file: SecurityFile, traced: Traced): Sheet[] => [
  coverageSheet(traced),
  gapSheet(traced),
  ...(["requirements", "controls", "threats", "elements", "tests"] as const).map((from) =>
    matrixSheet(file, traced, from),
  ),
];
