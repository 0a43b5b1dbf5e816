import { Button } from "@mantine/core";
import { indexOf } from "../../../features/security-file/links.ts";
import { reasonsOf } from "../../../features/security-file/propose/reasons.ts";
import type { Proposal } from "../../../features/security-file/propose/schema.ts";
import type { SecurityFile } from "../../../features/security-file/schema.ts";
import { HarmBadge } from "../../kit/badges.tsx";
import { Panel } from "../../kit/panel.tsx";
import { KIND_WORD } from "../form/words.ts";
import { RejectForm } from "./reject-form.tsx";
import { CATEGORY_WORD, CONTROL_WORD, LIFECYCLE_WORD, linkOf } from "./words.ts";

interface Props {
  file: SecurityFile;
  proposal: Proposal;
  mayEdit: boolean;
  asking: boolean;
  onAsk: (asking: boolean) => void;
  onAccept: () => void;
  onReject: (reason: string) => void;
  onEdit: () => void;
  onItem: (id: string) => void;
  onClose: () => void;
}

/** One proposed threat: what could happen, why it is proposed, what would help, and the answer. */
export function ProposalPanel({ file, proposal, mayEdit, asking, onAsk, onClose, ...answer }: Props) {
  const { name, description, category, lifecycle, harm, because, targets, mitigations, references, rule } = proposal;
  const index = indexOf(file);
  return (
    <Panel title={name} onClose={onClose}>
      <div className="detail sf-detail">
        <header>
          <p className="quiet">
            {CATEGORY_WORD[category]} · {LIFECYCLE_WORD[lifecycle]}
          </p>
          <h2>{name}</h2>
          {harm !== null && <HarmBadge harm={harm} />}
        </header>
        <p>{description}</p>
        {mayEdit &&
          (asking ? (
            <RejectForm onReject={answer.onReject} onCancel={() => onAsk(false)} />
          ) : (
            <div className="sf-end">
              <Button size="xs" onClick={answer.onAccept} rightSection={<kbd>a</kbd>}>
                Accept
              </Button>
              <Button size="xs" variant="default" onClick={answer.onEdit} rightSection={<kbd>e</kbd>}>
                Accept and change
              </Button>
              <Button size="xs" variant="default" onClick={() => onAsk(true)} rightSection={<kbd>r</kbd>}>
                Reject
              </Button>
            </div>
          ))}
        <section>
          <h3>Why it is proposed</h3>
          <ul className="sf-facts">
            {reasonsOf(because).map((says) => (
              <li key={says}>{says}</li>
            ))}
          </ul>
        </section>
        <section>
          <h3>What it strikes</h3>
          <ul>
            {targets.map((id) => {
              const entry = index.get(id);
              return (
                <li key={id}>
                  <button type="button" className="sf-link" onClick={() => answer.onItem(id)}>
                    {entry?.item.name ?? id}
                  </button>{" "}
                  <span className="quiet">{entry === undefined ? "" : KIND_WORD[entry.kind].toLowerCase()}</span>
                </li>
              );
            })}
          </ul>
        </section>
        <section>
          <h3>What would help</h3>
          <ul>
            {mitigations.map((mitigation) => (
              <li key={mitigation.name}>
                {mitigation.name} <span className="quiet">{CONTROL_WORD[mitigation.category]}</span>
              </li>
            ))}
          </ul>
        </section>
        <p className="quiet sf-references">
          Rule <code>{rule}</code>
          {references.map((id) => (
            <a key={id} href={linkOf(id)} target="_blank" rel="noreferrer">
              {id}
            </a>
          ))}
        </p>
      </div>
    </Panel>
  );
}
