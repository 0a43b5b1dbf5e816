import type { DecisionTable } from "../schema.ts";

export interface TableOutcome {
  /** The most urgent outcome that the known inputs allow. */
  outcome: string;
  /** All they allow, from the least to the most urgent. */
  possible: readonly string[];
}

/** What a table decides. An input that is not known leaves every row open that the others allow. */
export function decideBy(table: DecisionTable, inputs: Readonly<Record<string, string | null>>): TableOutcome {
  const open = table.rows.filter((row) =>
    table.inputs.every(({ key }, i) => (inputs[key] ?? null) === null || inputs[key] === row[i]),
  );
  const outcomes = new Set(open.map((row) => row.at(-1) ?? ""));
  const possible = table.outcomes.filter((outcome) => outcomes.has(outcome));
  const outcome = possible.at(-1);
  if (outcome === undefined) throw new RangeError(`${table.table} has no row for ${JSON.stringify(inputs)}`);
  return { outcome, possible };
}
