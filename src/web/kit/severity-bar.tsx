import type { Counts } from "../../features/devices/schema.ts";
import { RATING_WORD } from "./words.ts";

const LEVELS = ["critical", "high", "medium", "low"] as const;

/** Open findings by rating, as one bar and its numbers; darker is worse, so that it reads in grey. */
export function SeverityBar({ counts, numbers = true }: { counts: Counts; numbers?: boolean }) {
  const rest = Math.max(0, counts.open - LEVELS.reduce((sum, level) => sum + counts[level], 0));
  const parts = [
    ...LEVELS.map((level) => ({ level, label: RATING_WORD[level], count: counts[level] })),
    { level: "unknown" as const, label: "Not rated", count: rest },
  ].filter((part) => part.count > 0);
  const total = parts.reduce((sum, part) => sum + part.count, 0);
  let x = 0;
  return (
    <div className="severity">
      <svg
        className="severity-bar"
        viewBox="0 0 100 8"
        preserveAspectRatio="none"
        role="img"
        aria-label={total === 0 ? "No open finding" : parts.map((p) => `${p.count} ${p.label}`).join(", ")}
      >
        {parts.map((part) => {
          const width = (part.count / total) * 100;
          const left = x;
          x += width;
          return (
            <rect
              key={part.level}
              className={`fill-${part.level}`}
              x={left}
              y="0"
              width={Math.max(0.5, width - 0.6)}
              height="8"
            />
          );
        })}
      </svg>
      {numbers && (
        <ul className="severity-numbers">
          {parts.map((part) => (
            <li key={part.level}>
              <span className={`score-level score-${part.level}`} aria-hidden="true" />
              <b className="num">{part.count.toLocaleString("en")}</b> {part.label.toLowerCase()}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
