import type { DecisionTable, TableResult } from "../schema.ts";
import { decideBy } from "./decide.ts";

type Input = { value: string | null; because: string };
type Tables = Readonly<
  Record<"ssvc-supplier" | "cisa-bod-26-04" | "ssvc-utility" | "ssvc-public-safety-impact", DecisionTable>
>;

/** The supplier's table and CISA's, each with its inputs; utility and public safety impact come from tables of their own. */
export function tableResults(tables: Tables, given: ReadonlyMap<string, Input>): TableResult[] {
  const inputs = new Map(given);
  inputs.set("utility", derived(tables["ssvc-utility"], given));
  inputs.set("publicSafetyImpact", derived(tables["ssvc-public-safety-impact"], given));
  return [tables["ssvc-supplier"], tables["cisa-bod-26-04"]].map((table) => resultOf(table, inputs));
}

const UNKNOWN: Input = { value: null, because: "Not known" };

/** Known as soon as every row that is left says the same. */
function derived(table: DecisionTable, given: ReadonlyMap<string, Input>): Input {
  const used = table.inputs.map(({ key }) => given.get(key) ?? UNKNOWN);
  const values = Object.fromEntries(table.inputs.map(({ key }, i) => [key, used[i]?.value ?? null]));
  const { possible } = decideBy(table, values);
  const because = used.map((input) => input.because).join("; ");
  return possible.length === 1 ? { value: possible[0] ?? null, because } : { value: null, because };
}

function resultOf(table: DecisionTable, given: ReadonlyMap<string, Input>): TableResult {
  const { title, edition, publisher, source, licence } = table;
  const inputs = table.inputs.map(({ key, name }) => ({ key, name, ...(given.get(key) ?? UNKNOWN) }));
  const decided = decideBy(table, Object.fromEntries(inputs.map(({ key, value }) => [key, value])));
  return {
    ...{ table: table.table, title, edition, publisher, source, licence, inputs },
    outcome: decided.outcome,
    possible: [...decided.possible],
  };
}
