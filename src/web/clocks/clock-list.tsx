import { Link } from "@tanstack/react-router";
import type { Clock } from "../../features/work/clocks/schema.ts";
import { TimeLeft } from "./time-left.tsx";

interface Props {
  clocks: readonly Clock[];
  opened?: string | undefined;
  show?: "all" | undefined;
}

/** Clocks, each a link to its panel. */
export function ClockList({ clocks, opened, show }: Props) {
  return (
    <ul className="items clock-list">
      {clocks.map((clock) => (
        <li key={clock.id}>
          <Link
            to="/today/clocks"
            search={{ show, clock: clock.id }}
            className={`item clock-item${opened === clock.id ? " item-opened" : ""}`}
            aria-current={opened === clock.id ? "true" : undefined}
          >
            <span className="item-main">
              <span className="item-title">
                <b>{clock.task}</b>
              </span>
              <span className="item-detail">{clock.subject.label}</span>
              <span className="item-detail">
                {clock.title}, {clock.section}
              </span>
            </span>
            <TimeLeft clock={clock} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
