import { Button, Checkbox } from "@mantine/core";
import { put } from "../../../features/security-file/edit/edit.ts";
import { acceptProposal, rejectProposal } from "../../../features/security-file/propose/answer.ts";
import { reasonsOf } from "../../../features/security-file/propose/reasons.ts";
import type { Proposal } from "../../../features/security-file/propose/schema.ts";
import type { SecurityFile } from "../../../features/security-file/schema.ts";
import { HarmBadge } from "../../kit/badges.tsx";
import { Empty } from "../../kit/empty.tsx";
import { sayUndo } from "../../kit/notify.tsx";
import { counted } from "../../kit/words.ts";
import type { Editor } from "../editor.ts";
import { LookAgainList } from "./look-again.tsx";
import type { Open } from "./open-proposals.ts";
import { ProposalPanel } from "./proposal-panel.tsx";
import { RejectForm } from "./reject-form.tsx";
import { useAnswering } from "./use-answering.ts";
import { CATEGORY_WORD } from "./words.ts";

interface Props {
  file: SecurityFile;
  open: Open;
  editor: Editor;
  mayEdit: boolean;
  opened: string | null;
  onOpen: (id: string | null) => void;
  onItem: (id: string) => void;
}

/** Proposed threats, grouped by what they strike; answered one by one or several at once, by key or by button. */
export function ToAnswer({ file, open, editor, mayEdit, opened, onOpen, onItem }: Props) {
  const said = (done: string, proposals: readonly Proposal[]) =>
    sayUndo(`${done} ${counted(proposals.length, "threat")}.`, async () => editor.undo());
  const answering = useAnswering({
    open,
    opened,
    onOpen,
    mayEdit,
    undo: editor.undo,
    accept: (proposals) => {
      editor.apply(proposals.map((one) => put("threats", acceptProposal(one))));
      said("Accepted", proposals);
    },
    reject: (proposals, reason) => {
      editor.apply(proposals.map((one) => put("threats", rejectProposal(one, reason))));
      said("Rejected", proposals);
    },
    edit: (proposal) => {
      const threat = acceptProposal(proposal);
      editor.apply([put("threats", threat)]);
      onItem(threat.id);
    },
  });
  const { selected, chosen, asking } = answering;
  const shown = open.proposals.find(({ id }) => id === opened);
  if (open.proposals.length === 0 && open.lookAgain.length === 0)
    return (
      <Empty title="Everything proposed is answered">
        <p>When the design changes, what follows from it is proposed here.</p>
      </Empty>
    );
  return (
    <>
      <div className="sf-answer">
        <LookAgainList lookAgain={open.lookAgain} file={file} onItem={onItem} editor={editor} mayEdit={mayEdit} />
        {open.groups.map((group) => (
          <section key={group.id} className="sf-group" aria-label={group.name}>
            <h3>
              {mayEdit && (
                <Checkbox
                  size="xs"
                  aria-label={`Select all of ${group.name}`}
                  checked={group.proposals.every(({ id }) => selected.has(id))}
                  onChange={() => answering.toggle(group.proposals.map(({ id }) => id))}
                />
              )}
              {group.name} <span className="section-count num">{group.proposals.length}</span>
            </h3>
            <ul>
              {group.proposals.map((proposal) => (
                <li key={proposal.id} className={proposal.id === opened ? "sf-here" : undefined}>
                  {mayEdit && (
                    <Checkbox
                      size="xs"
                      aria-label={`Select: ${proposal.name}`}
                      checked={selected.has(proposal.id)}
                      onChange={() => answering.toggle([proposal.id])}
                    />
                  )}
                  <button
                    type="button"
                    className="sf-line"
                    data-proposal={proposal.id}
                    aria-pressed={proposal.id === opened}
                    onFocus={() => answering.onFocus(proposal.id)}
                    onClick={() => onOpen(proposal.id === opened ? null : proposal.id)}
                  >
                    <span className="sf-line-name">{proposal.name}</span>
                    <span className="quiet sf-line-why">{reasonsOf(proposal.because).join(" · ")}</span>
                  </button>
                  <span className="sf-line-end">
                    <span className="quiet">{CATEGORY_WORD[proposal.category]}</span>
                    {proposal.harm !== null && <HarmBadge harm={proposal.harm} quiet bare />}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {mayEdit && open.proposals.length > 0 && (
          <p className="quiet sf-keys">
            <kbd>j</kbd> <kbd>k</kbd> next, before · <kbd>a</kbd> accept · <kbd>e</kbd> accept and change · <kbd>r</kbd>{" "}
            reject · <kbd>x</kbd> select · <kbd>z</kbd> undo
          </p>
        )}
        {chosen.length > 0 && (
          <section className="bulk" aria-label="Selected">
            <p role="status">
              <b className="num">{counted(chosen.length, "proposal")}</b> selected
              <Button size="compact-xs" variant="subtle" onClick={answering.clear}>
                Clear
              </Button>
            </p>
            {asking ? (
              <RejectForm onReject={answering.reject} onCancel={() => answering.ask(false)} />
            ) : (
              <div className="sf-end">
                <Button size="xs" onClick={() => answering.accept()}>
                  Accept
                </Button>
                <Button size="xs" variant="default" onClick={() => answering.ask(true)}>
                  Reject…
                </Button>
              </div>
            )}
          </section>
        )}
      </div>
      {chosen.length === 0 && asking && shown === undefined && answering.targets[0] !== undefined && (
        <section className="bulk" aria-label="Reject">
          <p>{answering.targets[0].name}</p>
          <RejectForm onReject={answering.reject} onCancel={() => answering.ask(false)} />
        </section>
      )}
      {shown !== undefined && (
        <ProposalPanel
          key={shown.id}
          file={file}
          proposal={shown}
          mayEdit={mayEdit}
          asking={asking && chosen.length === 0}
          onAsk={answering.ask}
          onAccept={() => answering.accept([shown])}
          onReject={answering.reject}
          onEdit={() => {
            editor.apply([put("threats", acceptProposal(shown))]);
            onItem(shown.id);
          }}
          onItem={onItem}
          onClose={() => onOpen(null)}
        />
      )}
    </>
  );
}
