import { Button, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Action } from "../../features/people/schema.ts";
import type { Asked, Question, Risk } from "../../features/risk/schema.ts";
import { useMay } from "../api/me.ts";
import { When } from "../kit/when.tsx";
import { OUTCOME_WORD } from "./words.ts";

export type Answer = (given: { question: string; answer: string | null; note?: string }) => Promise<unknown>;

/** Whose question it is, as the policies name it. */
export const MAY_ANSWER: Record<Asked, Action> = {
  "product-security": "risk:security",
  clinical: "risk:clinical",
  privacy: "risk:privacy",
};
const OF_WORD: Record<Asked, string> = {
  "product-security": "product security",
  clinical: "a clinician",
  privacy: "the privacy officer",
};

/** What it was all made from, folded: scores with each change, the rubric's questions, the tables' inputs, the bedside's answers. */
export function Inputs({ risk, busy, onAnswer }: { risk: Risk; busy: boolean; onAnswer: Answer }) {
  const { score, rubric, ssvc } = risk;
  const asked = rubric.questions.filter(({ needed }) => needed);
  const unknown = asked.filter(({ answered, proposed }) => (answered ?? proposed) === null);
  const known = asked.filter((question) => !unknown.includes(question));
  return (
    <div className="folds">
      {score !== null && (
        <Fold title="CVSS on this device" note={`${score.base.score.toFixed(1)} → ${score.device.score.toFixed(1)}`}>
          <p className="mono small-print">{score.device.vector}</p>
          <ul className="control-why">
            {score.changes.map(({ metric, because }) => (
              <li key={metric}>
                <span className="mono">{metric}</span> {because}
              </li>
            ))}
            {score.changes.length === 0 && <li>The device's file says nothing that changes it.</li>}
          </ul>
        </Fold>
      )}
      <Fold title="Rubric for medical devices" note={unknown.length === 0 ? "all known" : `${unknown.length} open`}>
        <p className="mono small-print">{rubric.vector}</p>
        {[...unknown, ...known].map((question) => (
          <Asking key={question.id} question={question} busy={busy} onAnswer={onAnswer} />
        ))}
        <p className="quiet small-print">
          {rubric.title}: {rubric.status}.
        </p>
      </Fold>
      <Fold title="SSVC" note={OUTCOME_WORD[ssvc[0]?.outcome ?? ""] ?? ""}>
        {risk.ssvcQuestions.map((question) => (
          <Asking key={question.id} question={question} busy={busy} onAnswer={onAnswer} />
        ))}
        {ssvc.map(({ table, title, edition, publisher, licence }) => (
          <p key={table} className="quiet small-print">
            {title} {edition}, {publisher}; {licence}.
          </p>
        ))}
      </Fold>
      <Fold title="From the bedside" note={`${risk.bedside.filter((one) => one.answered !== null).length} of 3`}>
        {risk.bedside.map((question) => (
          <Asking key={question.id} question={question} busy={busy} onAnswer={onAnswer} />
        ))}
      </Fold>
    </div>
  );
}

function Fold({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <details className="fold">
      <summary>
        {title} <span className="quiet num">{note}</span>
      </summary>
      <div className="fold-body">{children}</div>
    </details>
  );
}

/** One question with what is known of its answer; those it is asked of may answer. */
function Asking({ question, busy, onAnswer }: { question: Question; busy: boolean; onAnswer: Answer }) {
  const may = useMay();
  const [against, setAgainst] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const { id, of, asks, choices, proposed, answered } = question;
  const mine = may(MAY_ANSWER[of]);
  const current = answered?.answer ?? proposed?.answer ?? null;
  const word = choices.find(({ answer }) => answer === current)?.word;
  const give = (answer: string) => {
    if (proposed !== null && proposed.answer !== answer) setAgainst(answer);
    else void onAnswer({ question: id, answer });
  };
  return (
    <div className="asking">
      <p>
        <small className="quiet mono">{id}</small> {asks}
      </p>
      <p className="asking-known">
        {word === undefined ? <span className="tone-warn">Not known: asked of {OF_WORD[of]}</span> : <b>{word}</b>}{" "}
        <span className="quiet">
          {answered !== null ? (
            <>
              {answered.note !== "" && `${answered.note}; `}
              {answered.by}, <When at={answered.at} bare />
            </>
          ) : (
            proposed?.because
          )}
        </span>
      </p>
      {mine && against === null && (
        <div className="asking-buttons">
          {choices
            .filter(({ answer }) => answer !== current)
            .map(({ answer, word: label }) => (
              <Button key={answer} size="compact-xs" variant="default" disabled={busy} onClick={() => give(answer)}>
                {label}
              </Button>
            ))}
          {answered !== null && (
            <Button
              size="compact-xs"
              variant="subtle"
              disabled={busy}
              onClick={() => void onAnswer({ question: id, answer: null })}
            >
              Take back
            </Button>
          )}
        </div>
      )}
      {against !== null && (
        <form
          className="asking-against"
          onSubmit={(event) => {
            event.preventDefault();
            void onAnswer({ question: id, answer: against, note: note.trim() }).then(() => {
              setAgainst(null);
              setNote("");
            });
          }}
        >
          <TextInput
            size="xs"
            label={`Why “${choices.find(({ answer }) => answer === against)?.word}”, against the file?`}
            required
            maxLength={4_000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <div className="form-end">
            <Button size="compact-xs" variant="default" onClick={() => setAgainst(null)}>
              Cancel
            </Button>
            <Button size="compact-xs" type="submit" disabled={busy || note.trim() === ""}>
              Answer
            </Button>
          </div>
        </form>
      )}
    </div>
  );
}
