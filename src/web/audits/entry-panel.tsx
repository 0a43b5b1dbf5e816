import { Button } from "@mantine/core";
import type { Entry } from "../../features/audit/schema.ts";
import { CopyLine } from "../kit/copy-line.tsx";
import { Panel } from "../kit/panel.tsx";
import { When } from "../kit/when.tsx";
import { ACTOR_WORD, actionText } from "./said.ts";

interface Props {
  entry: Entry;
  onClose: () => void;
  onSubject: (subject: Pick<Entry["subject"], "type" | "id">) => void;
}

/** One entry with all its hashes. */
export function EntryPanel({ entry, onClose, onSubject }: Props) {
  const hashes: [string, string | null][] = [
    ["Subject before", entry.beforeHash],
    ["Subject after", entry.afterHash],
    ["Entry before this one", entry.previousHash],
    ["This entry", entry.hash],
  ];
  return (
    <Panel title={`Entry ${entry.sequence}`} onClose={onClose}>
      <div className="detail">
        <header>
          <h2>{actionText(entry.action)}</h2>
          <p className="quiet num">Entry {entry.sequence.toLocaleString("en")}</p>
        </header>
        <dl className="facts">
          <dt>When</dt>
          <dd>
            <When at={entry.at} time />
          </dd>
          <dt>Who</dt>
          <dd>
            {entry.actor.name} <small className="quiet">({ACTOR_WORD[entry.actor.kind]})</small>
          </dd>
          <dt>Subject</dt>
          <dd>
            {entry.subject.name !== null && <b>{entry.subject.name} </b>}
            {entry.subject.type} <span className="mono">{entry.subject.id}</span>
          </dd>
        </dl>
        <Button size="xs" variant="default" onClick={() => onSubject(entry.subject)}>
          All entries of this {entry.subject.type}
        </Button>
        <section>
          <h3>Hashes (SHA-256)</h3>
          {hashes.map(([label, hash]) => (
            <div key={label} className="hash">
              <span className="quiet">{label}</span>
              {hash === null ? (
                <span className="cell-dim">none</span>
              ) : (
                <CopyLine text={hash} label={`hash: ${label}`} />
              )}
            </div>
          ))}
        </section>
      </div>
    </Panel>
  );
}
