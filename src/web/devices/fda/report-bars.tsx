import type { ReportCounts } from "../../../features/intel/fda/schema.ts";
import { counted } from "../../kit/words.ts";

const WIDTH = 420;
const HEIGHT = 84;
const BOTTOM = 18;
const TOP = 16;
const MOST_YEARS = 15;

/** Reports a year as small bars, with what they do not say. */
export function ReportBars({ counts: { total, years, search, updatedOn } }: { counts: ReportCounts }) {
  const shown = years.slice(-MOST_YEARS);
  const most = Math.max(1, ...shown.map(({ reports }) => reports));
  const step = Math.min(42, WIDTH / Math.max(1, shown.length));
  const height = (reports: number) => (reports / most) * (HEIGHT - BOTTOM - TOP);
  const said = shown.map(({ year, reports }) => `${year}: ${reports}`).join(", ");
  return (
    <figure className="reports">
      <p>
        <b>{counted(total, "adverse event report")}</b> about products called so (MAUDE)
      </p>
      {shown.length > 0 && (
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`Reports received by year: ${said}`}>
          {shown.map(({ year, reports }, i) => (
            <g key={year}>
              <rect
                className="reports-bar"
                x={i * step + step * 0.2}
                y={HEIGHT - BOTTOM - height(reports)}
                width={step * 0.6}
                height={height(reports)}
              />
              <text className="support-tick" x={i * step + step / 2} y={HEIGHT - 5} textAnchor="middle">
                {year}
              </text>
              <text
                className="support-tick"
                x={i * step + step / 2}
                y={HEIGHT - BOTTOM - height(reports) - 4}
                textAnchor="middle"
              >
                {reports.toLocaleString("en")}
              </text>
            </g>
          ))}
          <line className="support-axis" x1={0} x2={step * shown.length} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} />
        </svg>
      )}
      <figcaption className="quiet">
        A count is no rate, and a report no proof: nobody knows how many devices are in use, events are reported late,
        twice or never, and one that is reported need not have been caused by the device.
        {years.length > shown.length && ` Shown are the last ${MOST_YEARS} of ${years.length} years.`}
        {updatedOn !== null && ` The FDA's data are of ${updatedOn}.`}
        <details>
          <summary>What was asked</summary>
          <code className="reports-search">{search}</code>
        </details>
      </figcaption>
    </figure>
  );
}
