import { PHASES, type Phase, type PhaseChange } from "../../features/devices/schema.ts";
import { dateText } from "./time.ts";
import { PHASE_WORD } from "./words.ts";

interface Props {
  phase: Phase;
  changes: readonly PhaseChange[];
  /** When the administrator may record a transition. */
  onEnter?: ((phase: Phase) => void) | undefined;
}

/** Concept to decommissioned as one strip; each phase reached carries the day it began. */
export function PhaseStrip({ phase, changes, onEnter }: Props) {
  const now = new Date();
  const here = PHASES.indexOf(phase);
  const since = new Map(changes.map((change) => [change.phase, change.since]));
  return (
    <ol className="phases" aria-label="Lifecycle">
      {PHASES.map((name, i) => {
        const began = since.get(name);
        const place = i < here ? "past" : i === here ? "here" : "ahead";
        const content = (
          <>
            <span className="phase-bar" />
            <span className="phase-name">{PHASE_WORD[name].replace("Decom", "Decom\u00ad")}</span>
            <span className="phase-since num">{began === undefined ? "\u00a0" : dateText(began, now)}</span>
          </>
        );
        return (
          <li key={name} className={`phase phase-${place}`} aria-current={place === "here" ? "step" : undefined}>
            {onEnter !== undefined && place !== "here" ? (
              <button type="button" onClick={() => onEnter(name)} title={`Record that it entered ${PHASE_WORD[name]}`}>
                <span className="sr-only">Record: entered </span>
                {content}
              </button>
            ) : (
              content
            )}
          </li>
        );
      })}
    </ol>
  );
}
