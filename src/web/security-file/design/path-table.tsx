import { useMemo } from "react";
import type { SecurityFile } from "../../../features/security-file/schema.ts";
import { pathRow } from "../../../features/security-file/views/path-table.ts";
import type { Picture } from "../../../features/security-file/views/picture.ts";
import { Section } from "../../kit/section.tsx";
import { ShareBar } from "../../kit/share-bar.tsx";

interface Props {
  file: SecurityFile;
  picture: Picture;
  onOpen: (id: string) => void;
}

const MOST_ROWS = 500;

/** The communication paths on the picture, each with what is stated of it and what is not (App. 2.B). */
export function PathTable({ file, picture, onOpen }: Props) {
  const rows = useMemo(() => {
    const shown = new Set(picture.lines.map(({ of }) => of.id));
    return file.flows.filter(({ id }) => shown.has(id)).map((flow) => pathRow(file, flow));
  }, [file, picture]);
  if (rows.length === 0) return null;
  return (
    <Section
      title="Communication paths"
      count={rows.length}
      note="What FDA's premarket guidance asks of each path between two assets (App. 2.B): open a row to answer what is missing."
    >
      <div className="sf-paths">
        {rows.slice(0, MOST_ROWS).map(({ flow, from, to, answers, stated, asked }) => (
          <details key={flow.id}>
            <summary>
              <span>
                <b>{flow.name}</b>
                <small>
                  {from} {flow.bothWays ? "↔" : "→"} {to}
                </small>
              </span>
              <span className="num">
                {stated} of {asked} stated
              </span>
              <ShareBar share={stated / asked} label={`${flow.name}, stated`} />
            </summary>
            <dl className="facts">
              {answers.map(({ field, asks, answer, state }) => (
                <div className="facts-pair" key={field}>
                  <dt>{asks}</dt>
                  <dd className={state === "missing" ? "cell-dim" : ""}>
                    {state === "missing" ? "Not stated" : answer}
                  </dd>
                </div>
              ))}
            </dl>
            <button type="button" className="sf-link" onClick={() => onOpen(flow.id)}>
              Edit this path
            </button>
          </details>
        ))}
      </div>
    </Section>
  );
}
