import type { Coverage } from "../../features/evidence/coverage/schema.ts";
import { Mark } from "../kit/mark.tsx";
import { layOutCoverage, WIDTH } from "./coverage-layout.ts";
import { STANDING_SHAPE, STANDING_WORD } from "./words.ts";

const STANDINGS = ["proven", "open-findings", "expired", "never-proven"] as const;

/** Proven days: one bar a control, the days from left to right; above them how many are proven together. */
export function CoveragePicture({ coverage }: { coverage: Coverage }) {
  const { height, left, right, months, rows, all } = layOutCoverage(coverage);
  const { total, targets } = coverage;
  return (
    <figure className="coverage">
      <svg
        viewBox={`0 0 ${WIDTH} ${height}`}
        role="img"
        aria-label={`Proven days of ${targets.length} controls and tests: ${total.provenDays} of ${total.days}, all together on ${total.fullDays} of ${total.calendarDays} days`}
      >
        <defs>
          <pattern id="coverage-open" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect className="coverage-open-ground" width="5" height="5" />
            <line className="coverage-open-line" x1="0" x2="0" y1="0" y2="5" />
          </pattern>
        </defs>
        {months.map(({ x, label, year }) => (
          <g key={x}>
            <line className={year ? "coverage-year" : "coverage-month"} x1={x} x2={x} y1={22} y2={height} />
            <text className="coverage-tick" x={x + 4} y={32}>
              {label}
            </text>
          </g>
        ))}
        <text className="coverage-name coverage-all-name" x={0} y={all.bottom - 8}>
          All together
        </text>
        <path className="coverage-all" d={all.path} />
        <line className="coverage-axis" x1={left} x2={right} y1={all.bottom} y2={all.bottom} />
        {rows.map(({ y, bar, name, full, share, segments }) => (
          <g key={y}>
            <text className="coverage-name" x={0} y={y + 11}>
              {name !== full && <title>{full}</title>}
              {name}
            </text>
            {segments.map(({ x, width, standing, from, until }) => (
              <rect key={x} className={`coverage-${standing}`} x={x} y={y} width={width} height={bar} rx={1.5}>
                <title>{`${full}: ${STANDING_WORD[standing].toLowerCase()}, ${from} to ${until}`}</title>
              </rect>
            ))}
            <text className="coverage-share" x={right + 8} y={y + 11}>
              {share}
            </text>
          </g>
        ))}
      </svg>
      <figcaption className="coverage-legend">
        {STANDINGS.map((standing) => (
          <span key={standing} className={`standing standing-${standing}`}>
            <svg width="22" height="12" aria-hidden="true">
              <rect className={`coverage-${standing}`} x="0.5" y="0.5" width="21" height="11" rx={1.5} />
            </svg>
            <Mark shape={STANDING_SHAPE[standing]} />
            {STANDING_WORD[standing]}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
