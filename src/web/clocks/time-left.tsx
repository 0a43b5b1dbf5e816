import type { Clock } from "../../features/work/clocks/schema.ts";
import { Mark } from "../kit/mark.tsx";
import { When } from "../kit/when.tsx";
import { lookOf } from "./clock-words.ts";

/** Time left as a calm bar; what it shows stands beside it in words. */
export function TimeLeft({ clock }: { clock: Clock }) {
  const { word, shape, tone } = lookOf(clock);
  const width = Math.min(1, clock.used) * 100;
  return (
    <span className={`time-left time-left-${tone}`}>
      <span className="time-left-words">
        <span className="time-left-state">
          <Mark shape={shape} />
          {word}
        </span>
        {clock.state === "voided" ? null : clock.stop === null ? (
          <span>
            <When at={clock.toTheHour ? clock.dueAt : clock.dueOn} time={clock.toTheHour} />
          </span>
        ) : (
          <When at={clock.stop.at} />
        )}
      </span>
      <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect className="time-left-all" width="100" height="4" />
        <rect className="time-left-used" width={width} height="4" />
      </svg>
    </span>
  );
}
