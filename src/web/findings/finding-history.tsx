import type { FindingEvent } from "../../features/intel/findings/schema.ts";
import { When } from "../kit/when.tsx";
import { JUSTIFICATION_WORD, STATE_WORD } from "../kit/words.ts";

const said = (event: FindingEvent): string => {
  switch (event.kind) {
    case "found":
      return "Found";
    case "decided":
      return event.to === null ? "Decided" : STATE_WORD[event.to];
    case "assigned":
      return "Assigned";
    case "undone":
      return `Taken back${event.to === null ? "" : `, again ${STATE_WORD[event.to].toLowerCase()}`}`;
    case "component-changed":
      return `The part is now ${event.componentVersion ?? "of another version"}`;
    case "gone":
      return "Gone: the part left, or the advisory no longer names it";
    case "returned":
      return "Back again";
    case "carried-over":
      return `Carried over: ${event.to === null ? "" : STATE_WORD[event.to].toLowerCase()}`;
    case "decide-again":
      return "To be decided again";
    case "vex-set":
      return `Set by a VEX statement: ${event.to === null ? "" : STATE_WORD[event.to].toLowerCase()}`;
    case "vex-cleared":
      return "No trusted VEX statement says so any more";
  }
};

export function FindingHistory({ events }: { events: readonly FindingEvent[] }) {
  return (
    <section>
      <h3>History</h3>
      <ol className="timeline">
        {events.map((event) => (
          <li key={`${event.at}-${event.kind}`}>
            <b>{said(event)}</b>
            {event.justification !== null && <span>{JUSTIFICATION_WORD[event.justification]}</span>}
            {event.note !== "" && <span>{event.note}</span>}
            <small>
              {event.by}, <When at={event.at} time />
            </small>
          </li>
        ))}
      </ol>
    </section>
  );
}
