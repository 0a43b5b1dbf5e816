import type { ReleaseSupport } from "../../../features/devices/parts/schema.ts";
import { dateText } from "../../kit/time.ts";
import { counted } from "../../kit/words.ts";
import { supportLine } from "./support-line.ts";

const WIDTH = 640;
const HEIGHT = 150;
const LEFT = 34;
const BOTTOM = 20;
const TOP = 14;

/** Parts still supported, month by month, from a year ago to five years ahead: steps down where support ends. */
export function SupportPicture({ support }: { support: ReleaseSupport }) {
  const { months, known, open } = supportLine(support);
  const first = months[0];
  const last = months.at(-1);
  if (known === 0 || first === undefined || last === undefined) return null;
  const from = Date.parse(first.on);
  const span = Date.parse(last.on) - from;
  const x = (on: string) => LEFT + ((Date.parse(on) - from) / span) * (WIDTH - LEFT - 6);
  const y = (count: number) => HEIGHT - BOTTOM - (count / known) * (HEIGHT - BOTTOM - TOP);
  const steps = months.map(
    ({ on, supported }, i) =>
      `${i === 0 ? "M" : "H"}${x(on).toFixed(1)}${i === 0 ? `,${y(supported).toFixed(1)}` : `V${y(supported).toFixed(1)}`}`,
  );
  const line = steps.join("");
  const end = x(last.on).toFixed(1);
  const years = months.filter(({ on }) => on.endsWith("-01-01"));
  const now = x(support.today);
  const soonest = support.next === null ? "" : `; next ${support.next.name} on ${support.next.on}`;
  return (
    <figure className="support-picture">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`Parts still supported: ${first.supported} of ${known} on ${first.on}, ${last.supported} on ${last.on}${soonest}`}
      >
        <path className="support-area" d={`${line}H${end}V${y(0)}H${LEFT}Z`} />
        {open > 0 && <path className="support-open" d={`M${LEFT},${y(open)}H${end}V${y(0)}H${LEFT}Z`} />}
        <path className="support-steps" d={line} />
        <line className="support-axis" x1={LEFT} x2={WIDTH - 6} y1={y(0)} y2={y(0)} />
        <text className="support-tick" x={LEFT - 6} y={y(known) + 4} textAnchor="end">
          {known}
        </text>
        <text className="support-tick" x={LEFT - 6} y={y(0) + 4} textAnchor="end">
          0
        </text>
        {years.map(({ on }) => (
          <g key={on}>
            <line className="support-year" x1={x(on)} x2={x(on)} y1={TOP} y2={y(0)} />
            <text className="support-tick" x={x(on)} y={HEIGHT - 5} textAnchor="middle">
              {on.slice(0, 4)}
            </text>
          </g>
        ))}
        <line className="support-today" x1={now} x2={now} y1={TOP - 4} y2={y(0)} />
        <text className="support-now" x={now + 5} y={TOP + 4}>
          today
        </text>
      </svg>
      <figcaption className="quiet">
        Parts still supported, of {counted(known, "part")} whose support is known
        {open > 0 && `; the darker band has no end announced (${open})`}
        {support.lookedAtOn !== null && `. As the sources said on ${dateText(support.lookedAtOn, new Date(), false)}`}.
      </figcaption>
    </figure>
  );
}
