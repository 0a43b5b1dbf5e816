import { HARMS, type Harm } from "../../devices/schema.ts";
import { Exploitability } from "../../risk/schema.ts";
import type { Place, WeighedRisk } from "./schema.ts";

/** A cell of the matrix picture: column 0 is negligible, row 0 is high exploitability. */
export interface Cell {
  column: number;
  row: number;
}

/** Risks that go from one cell to another by mitigation. `to` null: not rated after it. */
export interface Move {
  from: Cell;
  to: Cell | null;
  risks: readonly Pick<WeighedRisk, "id" | "name">[];
}

const cellOf = ({ severity, exploitability }: Place): Cell | null =>
  severity === null || exploitability === null ? null : { column: column(severity), row: row(exploitability) };
const column = (severity: Harm) => HARMS.length - 1 - HARMS.indexOf(severity);
const row = (ease: Exploitability) => Exploitability.options.length - 1 - Exploitability.options.indexOf(ease);

/** What mitigation does, as moves between cells, those of most risks first. A risk without a place before is left out. */
export function movesOf(risks: readonly WeighedRisk[]): Move[] {
  const moves = new Map<string, Move & { risks: WeighedRisk[] }>();
  for (const risk of risks) {
    const [from, to] = [cellOf(risk.before), cellOf(risk.after)];
    if (from === null) continue;
    const key = JSON.stringify([from, to]);
    const known = moves.get(key);
    if (known === undefined) moves.set(key, { from, to, risks: [risk] });
    else known.risks.push(risk);
  }
  return [...moves.values()].sort((a, b) => b.risks.length - a.risks.length);
}
