import type { TrendPoint } from "../../features/devices/schema.ts";

const WIDTH = 120;
const HEIGHT = 32;

const points = (values: readonly number[], top: number): [number, number][] =>
  values.map((value, i) => [
    values.length === 1 ? WIDTH : (i / (values.length - 1)) * WIDTH,
    HEIGHT - 3 - (value / top) * (HEIGHT - 6),
  ]);

/** Open findings over the last days on which something changed; the number at its end is the last one. `top`: the common scale of a page. */
export function Sparkline({ trend, top }: { trend: readonly TrendPoint[]; top?: number }) {
  const last = trend.at(-1);
  const first = trend[0];
  if (last === undefined || first === undefined || trend.length < 2) return <span className="spark-none" />;
  const scale = Math.max(1, top ?? Math.max(...trend.map((p) => p.open)));
  const open = points(
    trend.map((p) => p.open),
    scale,
  );
  const [x = 0, y = 0] = open.at(-1) ?? [];
  const line = open.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join(" ");
  const change = last.open - first.open;
  const words = change === 0 ? "unchanged" : change > 0 ? `${change} more` : `${-change} fewer`;
  return (
    <svg
      className="spark"
      viewBox={`0 0 ${WIDTH + 4} ${HEIGHT}`}
      width={WIDTH + 4}
      height={HEIGHT}
      role="img"
      aria-label={`Open findings: ${first.open} on ${first.on}, ${last.open} on ${last.on} (${words})`}
    >
      <polyline className="spark-area" points={`0,${HEIGHT} ${line} ${WIDTH},${HEIGHT}`} />
      <polyline className="spark-line" points={line} />
      <circle className={last.exploited > 0 ? "spark-end-bad" : "spark-end"} cx={x} cy={y} r="2.600" />
    </svg>
  );
}
