import { Button, SegmentedControl } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, useRef, useState } from "react";
import type { Disposition, Evidence, FindingState, KeptFinding } from "../../features/evidence/stored/schema.ts";
import { ask } from "../api/client.ts";
import { PAGE_ROWS, paging, usePages } from "../api/use-pages.ts";
import { LoadingRows } from "../kit/loading.tsx";
import { Mark } from "../kit/mark.tsx";
import { sayProblem } from "../kit/notify.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { Section } from "../kit/section.tsx";
import { dateText } from "../kit/time.ts";
import { isTyping } from "../shell/use-go-keys.ts";
import { DispositionBar, stateOfKey } from "./disposition-bar.tsx";
import { SeverityWord } from "./severity-word.tsx";
import { FINDING_SHAPE, FINDING_WORD } from "./words.ts";

interface Props {
  releaseId: string;
  mayDecide: boolean;
  files: readonly Evidence[];
}

/** Everything tests found, open ones first, each decided with one key and its reason. */
export function TestFindings({ releaseId, mayDecide, files }: Props) {
  const [state, setState] = useState<FindingState | "all">("all");
  const [opened, setOpened] = useState<string | null>(null);
  const [asking, setAsking] = useState<FindingState | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const queries = useQueryClient();
  const input = { releaseId, limit: PAGE_ROWS, ...(state === "all" ? {} : { state }) };
  const { query, rows, total, more } = usePages<KeptFinding>(
    ask.evidence.findings.infiniteOptions({
      ...paging,
      input: (cursor: string | undefined) => ({ ...input, ...(cursor === undefined ? {} : { cursor }) }),
    }),
  );
  const decide = useMutation(
    ask.evidence.decide.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: ask.evidence.key() }),
      onError: sayProblem,
    }),
  );
  const onDecide = (row: KeptFinding, disposition: Disposition | null) => {
    setAsking(null);
    const next = rows.slice(rows.indexOf(row) + 1).find((one) => one.state === "open");
    decide.mutate({ findings: [{ id: row.id, revision: row.revision }], disposition });
    setOpened(next?.id ?? null);
    if (next === undefined) return;
    list.current?.querySelector<HTMLElement>(`[data-finding="${next.id}"]`)?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    if (isTyping(event.nativeEvent) || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = (event.target as HTMLElement).closest<HTMLElement>("li")?.dataset.row;
    const row = rows.find(({ id }) => id === (key ?? opened));
    const step = ["j", "ArrowDown"].includes(event.key) ? 1 : ["k", "ArrowUp"].includes(event.key) ? -1 : 0;
    if (step !== 0) {
      const next = rows[Math.max(0, (row === undefined ? -1 : rows.indexOf(row)) + step)];
      if (next !== undefined) list.current?.querySelector<HTMLElement>(`[data-finding="${next.id}"]`)?.focus();
      if (next !== undefined && opened !== null) setOpened(next.id);
    } else if (mayDecide && row !== undefined && stateOfKey(event.key) !== null) {
      const wanted = stateOfKey(event.key);
      setOpened(row.id);
      if (wanted === "open") {
        if (row.state !== "open") onDecide(row, null);
      } else setAsking(wanted);
    } else return;
    event.preventDefault();
  };
  if (total?.count === 0 && state === "all") return null;
  return (
    <Section
      title="Findings of tests"
      count={total?.count}
      note="Each gets a disposition; while one is open, its evidence proves nothing. Keys on a row: f fixed, c accepted, d deferred, n not applicable, j and k to move."
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Which findings"
          value={state}
          onChange={(value) => setState(value as FindingState | "all")}
          data={[
            { value: "all", label: "All" },
            ...Object.entries(FINDING_WORD).map(([value, label]) => ({ value, label })),
          ]}
        />
      }
    >
      {query.error !== null && <ProblemNotice error={query.error} onRetry={query.refetch} />}
      {query.data === undefined && <LoadingRows rows={4} />}
      {query.data !== undefined && rows.length === 0 && <p className="quiet">None.</p>}
      <ul className="test-findings" ref={list} onKeyDown={onKey}>
        {rows.map((row) => (
          <li key={row.id} data-row={row.id} className={opened === row.id ? "test-finding-open" : ""}>
            <button
              type="button"
              data-finding={row.id}
              aria-expanded={opened === row.id}
              onClick={() => {
                setAsking(null);
                setOpened(opened === row.id ? null : row.id);
              }}
            >
              <span className={`state finding-${row.state}`}>
                <Mark shape={FINDING_SHAPE[row.state]} />
                {FINDING_WORD[row.state]}
                {row.overdue && <span className="state-suspect">overdue</span>}
                {row.state === "open" && row.goneIn !== null && <span className="state-suspect">gone</span>}
              </span>
              <SeverityWord severity={row.severity} />
              <span className="test-finding-title">
                <b>{row.title}</b>
                <small>{row.place}</small>
              </span>
              <span className="quiet num">{[...row.cves, ...row.cwes].slice(0, 2).join(" ")}</span>
            </button>
            {opened === row.id && (
              <Detail
                row={row}
                files={files}
                mayDecide={mayDecide}
                asking={asking}
                onAsk={setAsking}
                onDecide={(one) => onDecide(row, one)}
              />
            )}
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button variant="default" size="xs" onClick={more} loading={query.isFetchingNextPage}>
          More
        </Button>
      )}
    </Section>
  );
}

interface DetailProps {
  row: KeptFinding;
  files: readonly Evidence[];
  mayDecide: boolean;
  asking: FindingState | null;
  onAsk: (state: FindingState | null) => void;
  onDecide: (disposition: Disposition | null) => void;
}

function Detail({ row, files, mayDecide, asking, onAsk, onDecide }: DetailProps) {
  const nameOf = (id: string) => files.find((one) => one.id === id)?.fileName ?? "other evidence";
  const { disposition } = row;
  return (
    <div className="test-finding-detail">
      <p>{row.description}</p>
      <p className="quiet">
        {row.toolName} calls it “{row.said}” ({row.rule}); last seen in {nameOf(row.lastEvidenceId)}
        {row.goneIn !== null && `, no longer in ${nameOf(row.goneIn)}`}.{row.note !== null && ` ${row.note}.`}
      </p>
      {disposition !== null && (
        <p>
          <b>{FINDING_WORD[disposition.state]}</b> by {row.decidedBy}: {sentenceOf(disposition, nameOf)}
        </p>
      )}
      {mayDecide && <DispositionBar finding={row} files={files} asking={asking} onAsk={onAsk} onDecide={onDecide} />}
    </div>
  );
}

function sentenceOf(disposition: Disposition, nameOf: (id: string) => string): string {
  const { because } = disposition;
  if (disposition.state === "fixed")
    return [
      because,
      disposition.release === null ? "" : `in release ${disposition.release}`,
      disposition.evidenceId === null ? "" : `shown by ${nameOf(disposition.evidenceId)}`,
    ]
      .filter((part) => part !== "")
      .join(", ");
  if (disposition.state === "deferred")
    return `${because}. Release ${disposition.release} fixes it by ${dateText(disposition.on, new Date())}; until then units in the field get ${disposition.interim || "nothing"}.`;
  return because;
}
