import { Button, Select, Textarea } from "@mantine/core";
import { type FormEvent, useEffect, useRef } from "react";
import { type Decision, JUSTIFICATIONS, Justification, type State } from "../../features/intel/findings/schema.ts";
import { JUSTIFICATION_WORD, STATE_WORD } from "../kit/words.ts";

/** The key of each decision, in lists and details alike. */
export const DECISION_KEY = {
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
  busy: boolean;
}

/** One press decides; "not affected" and "accepted" ask for their reason first. */
export function DecideBar({ current = null, asking, onAsk, onDecide, busy }: Props) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (asking !== null) form.current?.querySelector<HTMLElement>("input, textarea")?.focus();
  }, [asking]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (asking === null) return;
    const data = new FormData(event.currentTarget);
    const justification = Justification.safeParse(data.get("justification")).data ?? null;
    onDecide({
      state: asking,
      justification: asking === "not-affected" ? justification : null,
      note: String(data.get("note")).trim(),
    });
  };
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
            disabled={busy}
            rightSection={<kbd>{key}</kbd>}
            onClick={() => (needsReason(state) ? onAsk(state) : onDecide({ state, justification: null, note: "" }))}
          >
            {STATE_WORD[state]}
          </Button>
        ))}
      </div>
      {asking !== null && (
        <form ref={form} onSubmit={submit} className="decide-why">
          {asking === "not-affected" && (
            <Select
              name="justification"
              label="Why is it not affected?"
              required
              allowDeselect={false}
              defaultValue="code_not_reachable"
              data={JUSTIFICATIONS.map((value) => ({ value, label: JUSTIFICATION_WORD[value] }))}
            />
          )}
          <Textarea
            name="note"
            label={asking === "accepted" ? "Why is the risk accepted, and until when?" : "What did you see?"}
            required={asking === "accepted"}
            maxLength={4_000}
          />
          <div className="form-end">
            <Button size="xs" variant="default" onClick={() => onAsk(null)}>
              Cancel
            </Button>
            <Button size="xs" type="submit" loading={busy}>
              {STATE_WORD[asking]}
            </Button>
          </div>
        </form>
      )}
    </div>
  );
}
