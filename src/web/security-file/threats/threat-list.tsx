import { useMemo } from "react";
import type { SecurityFile } from "../../../features/security-file/schema.ts";
import type { Mitigation, Threat } from "../../../features/security-file/threats/schema.ts";
import { Empty } from "../../kit/empty.tsx";
import { Mark } from "../../kit/mark.tsx";
import { Section } from "../../kit/section.tsx";
import { CATEGORY_WORD, LIFECYCLE_WORD, MITIGATION_SHAPE, MITIGATION_WORD } from "./words.ts";

interface Props {
  file: SecurityFile;
  item: string | undefined;
  onOpen: (id: string) => void;
}

const MOST_ROWS = 1_000;

/** The threats of the model with what is done against each; those put aside, with the reason. */
export function ThreatList({ file, item, onOpen }: Props) {
  const names = useMemo(() => new Map(file.controls.map(({ id, name }) => [id, name])), [file]);
  const risks = useMemo(
    () =>
      new Map(file.risks.flatMap(({ id, name, threats }) => threats.map((threat) => [threat, { id, name }] as const))),
    [file],
  );
  const accepted = file.threats.filter(({ state }) => state === "accepted");
  const rejected = file.threats.filter(({ state }) => state === "rejected");
  if (file.threats.length === 0)
    return (
      <Empty title="No threat was answered yet">
        <p>Accept or reject what is proposed from the design; or import a model with ./cordon file import.</p>
      </Empty>
    );
  return (
    <div>
      <Section title="Accepted" count={accepted.length}>
        <table className="sf-table sf-threat-table">
          <thead>
            <tr>
              <th scope="col">Threat</th>
              <th scope="col">What is done</th>
              <th scope="col">Weighed in</th>
            </tr>
          </thead>
          <tbody>
            {accepted.slice(0, MOST_ROWS).map((threat) => (
              <tr key={threat.id} className={threat.id === item ? "sf-here" : undefined}>
                <th scope="row">
                  <Named threat={threat} onOpen={onOpen} />
                </th>
                <td>
                  {threat.mitigations.length === 0 && <span className="tone-warn">Nothing yet</span>}
                  <ul className="sf-mitigations">
                    {threat.mitigations.map((one) => (
                      <Done key={one.name} mitigation={one} control={names.get(one.control ?? "")} onOpen={onOpen} />
                    ))}
                  </ul>
                </td>
                <td>
                  <Weighed risk={risks.get(threat.id)} onOpen={onOpen} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
      <Section title="Rejected" count={rejected.length}>
        <table className="sf-table">
          <tbody>
            {rejected.slice(0, MOST_ROWS).map((threat) => (
              <tr key={threat.id} className={threat.id === item ? "sf-here" : undefined}>
                <th scope="row">
                  <Named threat={threat} onOpen={onOpen} />
                </th>
                <td>{threat.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
    </div>
  );
}

function Named({
  threat: { id, name, category, lifecycle },
  onOpen,
}: {
  threat: Threat;
  onOpen: (id: string) => void;
}) {
  return (
    <>
      <button type="button" className="sf-link" onClick={() => onOpen(id)}>
        {name}
      </button>
      <span className="quiet sf-below">
        {CATEGORY_WORD[category]}
        {lifecycle === "operation" ? "" : ` · ${LIFECYCLE_WORD[lifecycle]}`}
      </span>
    </>
  );
}

interface DoneProps {
  mitigation: Mitigation;
  control: string | undefined;
  onOpen: (id: string) => void;
}

function Done({ mitigation: { name, state, note, control: id }, control, onOpen }: DoneProps) {
  return (
    <li>
      <span className={`sf-done sf-done-${state}`} title={MITIGATION_WORD[state]}>
        <Mark shape={MITIGATION_SHAPE[state]} />
        <span className="sr-only">{MITIGATION_WORD[state]}: </span>
      </span>
      <span>
        {name}
        {id !== null && control !== undefined && control !== name && (
          <>
            {" · "}
            <button type="button" className="sf-link quiet" onClick={() => onOpen(id)}>
              {control}
            </button>
          </>
        )}
        {note !== "" && <span className="quiet sf-below">{note}</span>}
      </span>
    </li>
  );
}

function Weighed({ risk, onOpen }: { risk: { id: string; name: string } | undefined; onOpen: (id: string) => void }) {
  if (risk === undefined) return <span className="tone-warn">No risk</span>;
  return (
    <button type="button" className="sf-link" onClick={() => onOpen(risk.id)}>
      {risk.name}
    </button>
  );
}
