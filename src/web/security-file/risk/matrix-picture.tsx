import type { Ref } from "react";
import { HARMS } from "../../../features/devices/schema.ts";
import { Exploitability } from "../../../features/risk/schema.ts";
import { type Cell, movesOf } from "../../../features/security-file/risk/moves.ts";
import type { WeighedRisk } from "../../../features/security-file/risk/schema.ts";
import type { AcceptanceMatrix } from "../../../features/security-file/threats/schema.ts";
import { HARM_WORD } from "../../kit/words.ts";

interface Props {
  matrix: AcceptanceMatrix;
  risks: readonly WeighedRisk[];
  /** The risk whose move is lit. */
  lit: string | null;
  ref: Ref<SVGSVGElement>;
}

const [LEFT, TOP, WIDE, HIGH] = [92, 12, 132, 84];
const ROWS = [...Exploitability.options].reverse();
const COLUMNS = [...HARMS].reverse();
const WORD: Record<Exploitability, string> = { high: "High", medium: "Medium", low: "Low" };

/** Before mitigation a ring stands at the left of a cell, after it a disc at the right; arrows are as thick as risks are many. */
export function MatrixPicture({ matrix, risks, lit, ref }: Props) {
  const moves = movesOf(risks);
  const before = countBy(moves.map(({ from, risks: all }) => [from, all.length]));
  const after = countBy(
    moves.flatMap(({ to, risks: all }) => (to === null ? [] : [[to, all.length] as [Cell, number]])),
  );
  const [width, height] = [LEFT + COLUMNS.length * WIDE + 8, TOP + ROWS.length * HIGH + 46];
  return (
    <svg
      ref={ref}
      className="pic"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label="Risks before and after mitigation"
    >
      <defs>
        <pattern id="pic-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className="pic-ink" width="1.200" height="7" stroke="none" />
        </pattern>
        <pattern id="pic-dots" width="9" height="9" patternUnits="userSpaceOnUse">
          <circle className="pic-ink" cx="2" cy="2" r="0.900" stroke="none" />
        </pattern>
        <marker
          id="pic-arrow"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="9"
          markerHeight="9"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path className="pic-head" d="M0 0 8 4 0 8z" />
        </marker>
      </defs>
      {ROWS.map((ease, row) => (
        <g key={ease}>
          <text x={LEFT - 10} y={TOP + row * HIGH + HIGH / 2 + 4} textAnchor="end">
            {WORD[ease]}
          </text>
          {COLUMNS.map((harm, column) => (
            <g key={harm}>
              <rect className="pic-cell" x={x(column)} y={y(row)} width={WIDE} height={HIGH} />
              <rect
                className={`pic-${matrix.cells[ease][harm]}`}
                x={x(column) + 1}
                y={y(row) + 1}
                width={WIDE - 2}
                height={HIGH - 2}
                fill="none"
              />
            </g>
          ))}
        </g>
      ))}
      {COLUMNS.map((harm, column) => (
        <text key={harm} x={x(column) + WIDE / 2} y={TOP + ROWS.length * HIGH + 18} textAnchor="middle">
          {HARM_WORD[harm]}
        </text>
      ))}
      <text className="pic-quiet" x={LEFT} y={height - 6}>
        → severity of harm; ↑ exploitability. Hatched: unacceptable; dotted: reduce, or say why not. Ring: before; disc:
        after.
      </text>
      {moves.map(({ from, to, risks: all }) => {
        if (to === null || (from.column === to.column && from.row === to.row)) return null;
        const [a, b] = [beforeAt(from), afterAt(to)];
        const isLit = all.some(({ id }) => id === lit);
        const bend = (a.x + b.x) / 2 + (a.x === b.x ? 30 : 0);
        return (
          <path
            key={JSON.stringify([from, to])}
            className={`pic-move${isLit ? " pic-lit" : ""}`}
            d={`M${a.x} ${a.y} Q${bend} ${a.y + (b.y - a.y) * 0.2} ${b.x} ${b.y - (b.y > a.y ? 15 : -15)}`}
            strokeWidth={isLit ? 4 : 1 + Math.min(all.length, 8) * 0.5}
            markerEnd="url(#pic-arrow)"
          >
            <title>{all.map(({ name }) => name).join("\n")}</title>
          </path>
        );
      })}
      {before.map(({ cell, count }) => (
        <g key={`b${cell.column}-${cell.row}`}>
          <circle className="pic-count" cx={beforeAt(cell).x} cy={beforeAt(cell).y} r="13" strokeWidth="1.500" />
          <text x={beforeAt(cell).x} y={beforeAt(cell).y + 4} textAnchor="middle">
            {count}
          </text>
        </g>
      ))}
      {after.map(({ cell, count }) => (
        <g key={`a${cell.column}-${cell.row}`}>
          <circle className="pic-after" cx={afterAt(cell).x} cy={afterAt(cell).y} r="13" />
          <text className="pic-after-text" x={afterAt(cell).x} y={afterAt(cell).y + 4} textAnchor="middle">
            {count}
          </text>
        </g>
      ))}
    </svg>
  );
}

const x = (column: number) => LEFT + column * WIDE;
const y = (row: number) => TOP + row * HIGH;
const beforeAt = ({ column, row }: Cell) => ({ x: x(column) + 34, y: y(row) + HIGH / 2 });
const afterAt = ({ column, row }: Cell) => ({ x: x(column) + WIDE - 34, y: y(row) + HIGH / 2 });

function countBy(entries: readonly [Cell, number][]): { cell: Cell; count: number }[] {
  const counts = new Map<string, { cell: Cell; count: number }>();
  for (const [cell, count] of entries) {
    const key = `${cell.column} ${cell.row}`;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { cell, count });
    else known.count += count;
  }
  return [...counts.values()];
}
