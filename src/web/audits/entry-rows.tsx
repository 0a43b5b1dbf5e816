import type { Entry } from "../../features/audit/schema.ts";
import { VirtualRows } from "../kit/virtual-rows.tsx";
import { When } from "../kit/when.tsx";
import { ACTOR_WORD, actionText } from "./said.ts";

const COLUMNS = [
  { name: "No.", className: "cell-right cell-a" },
  { name: "When", className: "cell-two" },
  { name: "Who", className: "cell-two" },
  { name: "What", className: "cell-two" },
  { name: "Subject", className: "cell-a" },
  { name: "Hash", className: "cell-b" },
];

interface Props {
  entries: readonly Entry[];
  count: number | null;
  onEnd: () => void;
  opened?: string | null;
  onOpen?: (entry: Entry) => void;
}

export function EntryRows({ entries, count, onEnd, opened = null, onOpen }: Props) {
  return (
    <VirtualRows
      label="Ledger entries"
      className="rows-entries"
      columns={COLUMNS}
      rows={entries}
      count={count}
      keyOf={(entry) => String(entry.sequence)}
      rowHeight={52}
      opened={opened}
      {...(onOpen === undefined ? {} : { onOpen })}
      onEnd={onEnd}
      cells={(entry) => [
        <span key="no" className="num cell-dim">
          {entry.sequence.toLocaleString("en")}
        </span>,
        <When key="at" at={entry.at} time below />,
        <span key="who">
          <b>{entry.actor.name}</b>
          <small>{ACTOR_WORD[entry.actor.kind]}</small>
        </span>,
        <span key="what">
          <b>{actionText(entry.action)}</b>
          {entry.subject.name !== null && <small title={entry.subject.name}>{entry.subject.name}</small>}
        </span>,
        <span key="subject" title={entry.subject.id}>
          {entry.subject.type} <span className="mono cell-dim">{entry.subject.id.slice(-8)}</span>
        </span>,
        <span key="hash" className="mono cell-dim">
          {entry.hash.slice(0, 16)}
        </span>,
      ]}
    />
  );
}
