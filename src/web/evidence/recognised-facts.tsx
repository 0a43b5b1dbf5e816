import { type EvidenceFacts, KIND_WORDS } from "../../features/evidence/schema.ts";
import type { Rating } from "../../features/intel/assess/schema.ts";
import { Mark } from "../kit/mark.tsx";
import { dateText } from "../kit/time.ts";
import { counted } from "../kit/words.ts";
import { SeverityWord } from "./severity-word.tsx";

const ORDER: readonly Rating[] = ["critical", "high", "medium", "low", "unknown", "none"];
const MOST_SHOWN = 5;

/** What a file was recognised as, before it is kept. */
export function RecognisedFacts({ fileName, facts }: { fileName: string; facts: EvidenceFacts }) {
  const { tool, tests, subjects, performedFrom, performedUntil, problems } = facts;
  const gravest = facts.findings
    .filter(({ severity }) => severity !== "none")
    .sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
  const now = new Date();
  return (
    <>
      <h3>
        {fileName}: {KIND_WORDS[facts.kind]}
      </h3>
      <dl className="facts">
        <dt>Tool</dt>
        <dd>
          {tool === null ? (
            <span className="cell-dim">not named in the file</span>
          ) : (
            `${tool.name} ${tool.version ?? ""}`
          )}
          {tool?.settings != null && <small className="quiet evidence-settings">{tool.settings}</small>}
        </dd>
        <dt>Performed</dt>
        <dd>
          {performedFrom === null ? (
            <span className="cell-dim">the file names no time</span>
          ) : (
            `${dateText(performedFrom, now, true)} to ${dateText(performedUntil ?? performedFrom, now, true)}`
          )}
        </dd>
        {subjects.length > 0 && (
          <>
            <dt>Looked at</dt>
            <dd>
              {subjects
                .slice(0, MOST_SHOWN)
                .map(({ name }) => name)
                .join(", ")}
              {subjects.length > MOST_SHOWN && ` and ${subjects.length - MOST_SHOWN} more`}
            </dd>
          </>
        )}
        {tests !== null && (
          <>
            <dt>Tests</dt>
            <dd>
              {counted(tests.run, "test")}: {tests.passed} passed,{" "}
              {tests.failed > 0 ? <b className="tone-bad">{tests.failed} failed</b> : "0 failed"}, {tests.skipped}{" "}
              skipped
            </dd>
          </>
        )}
        {facts.kind !== "document" && (
          <>
            <dt>Findings</dt>
            <dd className="evidence-counts">
              {ORDER.every((one) => (facts.bySeverity[one] ?? 0) === 0) && "none"}
              {ORDER.filter((one) => (facts.bySeverity[one] ?? 0) > 0).map((one) => (
                <SeverityWord key={one} severity={one} count={facts.bySeverity[one] ?? 0} />
              ))}
            </dd>
          </>
        )}
        {facts.facts.map(({ name, value }) => (
          <FactPair key={name} name={name} value={value} />
        ))}
      </dl>
      {gravest.length > 0 && (
        <ul className="evidence-first">
          {gravest.slice(0, MOST_SHOWN).map((one, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes
            <li key={i}>
              <SeverityWord severity={one.severity} /> {one.title} <small className="quiet">{one.place}</small>
            </li>
          ))}
          {gravest.length > MOST_SHOWN && <li className="quiet">and {gravest.length - MOST_SHOWN} more</li>}
        </ul>
      )}
      {problems.map(({ at, reason }) => (
        <p key={`${at} ${reason}`} className="tone-warn evidence-problem">
          <Mark shape="triangle" /> {reason} <small className="quiet">{at}</small>
        </p>
      ))}
    </>
  );
}

const FactPair = ({ name, value }: { name: string; value: string }) => (
  <>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </>
);
