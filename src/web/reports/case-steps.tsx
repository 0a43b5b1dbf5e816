import { Button, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { needsWords } from "../../features/disclosure/case-state.ts";
import type { CaseDetail, CaseState } from "../../features/disclosure/schema.ts";
import { ask } from "../api/client.ts";
import { sayProblem } from "../kit/notify.tsx";
import { STEP_WORD } from "./case-words.ts";

/** The steps that may come next; each can carry words to the reporter, and a rejection must. */
export function CaseSteps({ report: { id, revision, next } }: { report: CaseDetail }) {
  const queries = useQueryClient();
  const [step, setStep] = useState<CaseState | null>(null);
  const change = useMutation(
    ask.disclosure.change.mutationOptions({
      onSuccess: () =>
        Promise.all(
          [ask.disclosure, ask.clocks, ask.audit].map((part) => queries.invalidateQueries({ queryKey: part.key() })),
        ),
      onError: sayProblem,
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (step === null) return;
    change.mutate({ id, revision, state: step, words: String(new FormData(event.currentTarget).get("words") ?? "") });
  };
  return (
    <div className="decide">
      {/* biome-ignore lint/a11y/useSemanticElements: a row of buttons, not a set of fields */}
      <div className="decide-buttons" role="group" aria-label="Next step">
        {next.map((state) => (
          <Button
            key={state}
            size="xs"
            variant={step === state ? "light" : "default"}
            aria-expanded={step === state}
            onClick={() => setStep(step === state ? null : state)}
          >
            {STEP_WORD[state]}
          </Button>
        ))}
      </div>
      {step !== null && (
        <form onSubmit={submit} className="decide-why">
          <Textarea
            name="words"
            label={needsWords(step) ? "Why? The reporter reads this" : "Words to the reporter (optional)"}
            required={needsWords(step)}
            maxLength={20_000}
            autosize
            minRows={2}
            data-autofocus
          />
          <div className="form-end">
            <Button size="xs" variant="default" onClick={() => setStep(null)}>
              Cancel
            </Button>
            <Button size="xs" type="submit" loading={change.isPending}>
              {STEP_WORD[step]}
            </Button>
          </div>
        </form>
      )}
    </div>
  );
}
