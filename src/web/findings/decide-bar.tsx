import { Button, Textarea } from "@mantine/core";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { type Decision, JUSTIFICATIONS, type Justification, type State } from "../../features/intel/findings/schema.ts";
import { JUSTIFICATION_WORD, STATE_WORD } from "../kit/words.ts";

/** The key of each decision, in lists and details alike. */
const DECISION_KEY = {
  t: "in-triage",
  a: "affected",
  n: "not-affected",
  f: "fixed",
  c: "accepted",
} as const satisfies Record<string, State>;
type Decided = (typeof DECISION_KEY)[keyof typeof DECISION_KEY];

/** The decision a key stands for, or null. */
export const decisionOfKey = (key: string): Decided | null =>
  Object.entries(DECISION_KEY).find(([known]) => known === key)?.[1] ?? null;

/** These two need a reason before they can be made. */
export const needsReason = (state: State): boolean => state === "not-affected" || state === "accepted";

interface Props {
  current?: State | null;
  /** The decision whose reason is being asked for. */
  asking: State | null;
  onAsk: (state: State | null) => void;
  onDecide: (decision: Decision) => void;
}

/** One press decides; "not affected" asks for its justification by number, "accepted" for its reason. */
export function DecideBar({ current = null, asking, onAsk, onDecide }: Props) {
  return (
    <div className="decide">
      {/* biome-ignore lint/a11y/useSemanticElements: a row of buttons, not a set of fields */}
      <div className="decide-buttons" role="group" aria-label="Decide">
        {Object.entries(DECISION_KEY).map(([key, state]) => (
          <Button
            key={state}
            size="xs"
            variant={asking === state || current === state ? "light" : "default"}
            aria-pressed={current === state}
            rightSection={<kbd>{key}</kbd>}
            onClick={() => (needsReason(state) ? onAsk(state) : onDecide({ state, justification: null, note: "" }))}
          >
            {STATE_WORD[state]}
          </Button>
        ))}
      </div>
      {asking === "not-affected" && (
        <WhyNotAffected
          onCancel={() => onAsk(null)}
          onChoose={(justification, note) => onDecide({ state: "not-affected", justification, note })}
        />
      )}
      {asking === "accepted" && (
        <WhyAccepted
          onCancel={() => onAsk(null)}
          onReason={(note) => onDecide({ state: "accepted", justification: null, note })}
        />
      )}
    </div>
  );
}

interface WhyNotAffectedProps {
  onCancel: () => void;
  onChoose: (justification: Justification, note: string) => void;
}

/** A number decides; whoever has more to say writes the note first. */
function WhyNotAffected({ onCancel, onChoose }: WhyNotAffectedProps) {
  const note = useRef<HTMLTextAreaElement>(null);
  const reasons = useRef<HTMLUListElement>(null);
  useEffect(() => reasons.current?.querySelector("button")?.focus({ preventScroll: true }), []);
  const choose = (justification: Justification) => onChoose(justification, note.current?.value.trim() ?? "");
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const justification = event.target === note.current ? undefined : JUSTIFICATIONS[Number(event.key) - 1];
    if (event.key === "Escape") onCancel();
    else if (justification !== undefined) choose(justification);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event, event.key === "ArrowDown" ? 1 : -1);
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of buttons and a field
    <div className="decide-why" role="group" aria-label="Why is it not affected?" onKeyDown={onKeyDown}>
      <h4>Why is it not affected?</h4>
      <ul ref={reasons} className="reasons">
        {JUSTIFICATIONS.map((justification, i) => (
          <li key={justification}>
            <button type="button" onClick={() => choose(justification)}>
              <kbd>{i + 1}</kbd>
              {JUSTIFICATION_WORD[justification]}
            </button>
          </li>
        ))}
      </ul>
      <Textarea
        ref={note}
        label="What did you see? (first, if you want to say more)"
        maxLength={3_000}
        autosize
        minRows={1}
      />
      <div className="form-end">
        <Button size="xs" variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </div>
  );
}

function step(event: KeyboardEvent, by: number): void {
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(".reasons button")];
  const at = all.findIndex((button) => button.matches(":focus"));
  if (at >= 0) all[Math.max(0, Math.min(all.length - 1, at + by))]?.focus();
}

interface WhyAcceptedProps {
  onCancel: () => void;
  onReason: (note: string) => void;
}

function WhyAccepted({ onCancel, onReason }: WhyAcceptedProps) {
  const note = useRef<HTMLTextAreaElement>(null);
  useEffect(() => note.current?.focus({ preventScroll: true }), []);
  const submit = () => {
    const reason = note.current?.value.trim() ?? "";
    if (reason === "") note.current?.focus();
    else onReason(reason);
  };
  return (
    <form
      className="decide-why"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
        else if (event.key === "Enter" && !event.shiftKey && event.target === note.current) submit();
        else return;
        event.preventDefault();
      }}
    >
      <Textarea
        ref={note}
        label="Why is the risk accepted, and until when?"
        description="Enter accepts, Shift Enter begins a line"
        required
        maxLength={4_000}
        autosize
        minRows={2}
      />
      <div className="form-end">
        <Button size="xs" variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button size="xs" type="submit">
          {STATE_WORD.accepted}
        </Button>
      </div>
    </form>
  );
}
