import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { bedsideStory } from "../../features/risk/control/story.ts";
import type { Question, Risk } from "../../features/risk/schema.ts";
import { ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { DevicePicture } from "../devices/device-picture.tsx";
import { LoadingPage } from "../kit/loading.tsx";
import { Mark } from "../kit/mark.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { When } from "../kit/when.tsx";
import { reachedBy } from "../risk/reached.ts";
import { useRisk } from "../risk/use-risk.ts";

const route = getRouteApi("/in/bedside/$releaseId/$advisory");

/** One vulnerability, told for the bedside: the device, what could happen, three questions with large answers. */
export function QuestionPage() {
  const { releaseId, advisory } = route.useParams();
  const risk = useRisk(releaseId, advisory);
  const may = useMay();
  const waiting = useQuery(ask.risk.waiting.queryOptions({ input: {} }));
  const { data, error, refetch } = risk.query;
  if (error !== null && data === undefined)
    return (
      <div className="page">
        <ProblemNotice error={error} onRetry={refetch} />
      </div>
    );
  if (data === undefined) return <LoadingPage />;
  const done = data.bedside.every(({ answered }) => answered !== null);
  const next = waiting.data?.items.find((one) => one.advisory !== advisory || one.release.id !== releaseId);
  return (
    <div className="page bedside">
      <p className="crumb">
        <Link to="/bedside">Bedside</Link>
      </p>
      <Story risk={data} />
      {data.bedside.map((question) => (
        <Answers
          key={question.id}
          question={question}
          readOnly={!may("risk:clinical")}
          busy={risk.busy}
          onAnswer={(answer) => void risk.answer({ question: question.id, answer })}
        />
      ))}
      {done && (
        <p className="bedside-done" role="status">
          <span className="note-good">
            <Mark shape="check" /> Thank you. Product security sees your answers now.
          </span>{" "}
          {next === undefined ? (
            <Link to="/bedside">Back to the list</Link>
          ) : (
            <Link to="/bedside/$releaseId/$advisory" params={{ releaseId: next.release.id, advisory: next.advisory }}>
              Next: {next.device.name}
            </Link>
          )}
        </p>
      )}
    </div>
  );
}

function Story({ risk }: { risk: Risk }) {
  const [first, ...rest] = bedsideStory({
    device: risk.device.name,
    functions: reachedBy(risk),
    vector: risk.rubric.vector,
    advisory: risk.severity.vector,
    exploited: risk.exploited !== null,
    units: risk.units,
  });
  return (
    <header className="bedside-story">
      <DevicePicture functions={risk.functions} size={112} />
      <div>
        <h1>
          {risk.device.name} <span className="quiet">{risk.release.version}</span>
        </h1>
        <p className="bedside-what">{first}</p>
        {rest.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <p className="quiet">
          {risk.advisory}
          {risk.title !== "" && `: ${risk.title}`}
        </p>
      </div>
    </header>
  );
}

interface AnswersProps {
  question: Question;
  readOnly: boolean;
  busy: boolean;
  onAnswer: (answer: string | null) => void;
}

function Answers({ question: { asks, choices, answered }, readOnly, busy, onAnswer }: AnswersProps) {
  return (
    <fieldset className="bedside-question" disabled={busy || readOnly}>
      <legend>{asks}</legend>
      <div className="bedside-answers">
        {choices.map(({ answer, word }) => {
          const [head = "", ...rest] = word.split(": ");
          const chosen = answered?.answer === answer;
          return (
            <button
              key={answer}
              type="button"
              className="bedside-answer"
              aria-pressed={chosen}
              onClick={() => onAnswer(chosen ? null : answer)}
            >
              <Mark shape={chosen ? "check" : "ring"} />
              <span>
                <b>{head}</b>
                {rest.length > 0 && <small>{rest.join(": ")}</small>}
              </span>
            </button>
          );
        })}
      </div>
      {answered !== null && (
        <p className="quiet">
          {answered.by}, <When at={answered.at} time />
        </p>
      )}
      {readOnly && answered === null && <p className="quiet">A clinician answers this.</p>}
    </fieldset>
  );
}
