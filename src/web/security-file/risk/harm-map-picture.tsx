import type { Ref } from "react";
import type { MapLink, MapNode } from "../../../features/security-file/graph/harm-map.ts";

interface Props {
  nodes: readonly MapNode[];
  links: readonly MapLink[];
  /** Ids of what is lit. */
  lit: ReadonlySet<string>;
  ref: Ref<SVGSVGElement>;
}

const [BOX, GAP, HIGH, STEP, TOP] = [186, 66, 38, 50, 30];
const TITLES = ["Element", "Function", "Hazard", "Harm"];
const MOST_SIGNS = 27;

/** From elements to harms, left to right; a line is as thick as patients are exposed. */
export function HarmMapPicture({ nodes, links, lit, ref }: Props) {
  const places = new Map<string, { x: number; y: number }>();
  const tall = [0, 0, 0, 0];
  for (const { column, id } of nodes) {
    places.set(id, { x: column * (BOX + GAP), y: TOP + (tall[column] ?? 0) * STEP });
    tall[column] = (tall[column] ?? 0) + 1;
  }
  const height = TOP + Math.max(1, ...tall) * STEP;
  return (
    <svg
      ref={ref}
      className="pic"
      viewBox={`0 0 ${4 * BOX + 3 * GAP} ${height}`}
      role="img"
      aria-label="From elements to harms"
    >
      {TITLES.map((title, column) => (
        <text key={title} className="pic-quiet" x={column * (BOX + GAP)} y={16}>
          {title}
        </text>
      ))}
      {links.map(({ from, to, patients }) => {
        const [a, b] = [places.get(from), places.get(to)];
        if (a === undefined || b === undefined) return null;
        const [x1, y1, x2, y2] = [a.x + BOX, a.y + HIGH / 2, b.x, b.y + HIGH / 2];
        const isLit = lit.has(from) && lit.has(to);
        return (
          <path
            key={`${from} ${to}`}
            className={`pic-link${isLit ? " pic-lit" : ""}`}
            d={`M${x1} ${y1} C${x1 + GAP / 2} ${y1} ${x2 - GAP / 2} ${y2} ${x2} ${y2}`}
            strokeWidth={1 + 3 * Math.log10(1 + patients)}
          >
            <title>{`${patients.toLocaleString("en")} patients`}</title>
          </path>
        );
      })}
      {nodes.map(({ id, name, patients, column }) => {
        const { x, y } = places.get(id) ?? { x: 0, y: 0 };
        return (
          <g key={id}>
            <rect
              className={`pic-box${lit.has(id) ? " pic-lit" : ""}`}
              x={x}
              y={y}
              width={BOX}
              height={HIGH}
              rx={column === 0 ? 2 : 8}
            />
            <text x={x + 9} y={y + 16}>
              {name.length > MOST_SIGNS ? `${name.slice(0, MOST_SIGNS - 1)}…` : name}
              <title>{name}</title>
            </text>
            <text className="pic-quiet" x={x + 9} y={y + 31} fontSize="10.500">
              {patients === 0
                ? "no patient"
                : `up to ${patients.toLocaleString("en")} ${patients === 1 ? "patient" : "patients"}`}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
