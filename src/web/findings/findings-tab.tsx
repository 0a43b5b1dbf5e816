import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { type Decision, type FindingRow, STATES, type State } from "../../features/intel/findings/schema.ts";
import { ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { PAGE_ROWS, paging, usePages } from "../api/use-pages.ts";
import { useRelease } from "../devices/use-release.ts";
import { LoadingRows } from "../kit/loading.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { decisionOfKey, needsReason } from "./decide-bar.tsx";
import { FindingFilters } from "./finding-filters.tsx";
import { FindingPanel } from "./finding-panel.tsx";
import { FindingRows } from "./finding-rows.tsx";
import { NoFindings } from "./no-findings.tsx";
import { useDecide } from "./use-decide.ts";

const route = getRouteApi("/in/devices/$deviceId/findings");
export const OPEN_STATES: State[] = ["new", "in-triage", "affected"];

/** Findings of the release, worst for a patient first; filters, order and the opened one stand in the address. */
export function FindingsTab() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay();
  const { releaseId, release } = useRelease();
  const { finding, release: _, state, sort, ...rest } = search;
  const filter = { ...rest, state: state ?? OPEN_STATES, sort: sort ?? ("harm" as const) };
  const { query, rows, total, more } = usePages(
    ask.findings.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...filter, releaseId, cursor, limit: PAGE_ROWS }),
      enabled: releaseId !== undefined,
      ...paging,
    }),
  );
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<State | null>(null);
  const { decideFindings, busy } = useDecide();
  const change = useCallback(
    (part: Partial<typeof search>) =>
      void navigate({ search: (was) => ({ ...was, ...part }), replace: true, resetScroll: false }),
    [navigate],
  );
  const close = useCallback(() => {
    setAsking(null);
    change({ finding: undefined });
  }, [change]);
  const decide = async (targets: readonly FindingRow[], decision: Decision) => {
    setAsking(null);
    if (await decideFindings(targets, decision)) setSelected(new Set());
  };
  const chosen = rows.filter((row) => selected.has(row.id));
  const onKey = (row: FindingRow, key: string) => {
    const wanted = may("finding:decide") ? decisionOfKey(key) : null;
    if (wanted === null) return;
    const targets = chosen.length > 0 ? chosen : [row];
    if (!needsReason(wanted)) return void decide(targets, { state: wanted, justification: null, note: "" });
    if (chosen.length === 0) change({ finding: row.id });
    setAsking(wanted);
  };
  const toggle = (row: FindingRow) => {
    const next = new Set(selected);
    if (!next.delete(row.id)) next.add(row.id);
    setSelected(next);
  };
  return (
    <div className={`split${finding === undefined ? "" : " split-open"}`}>
      <div>
        <FindingFilters search={search} total={total} onChange={change} />
        {query.error !== null && <ProblemNotice error={query.error} onRetry={query.refetch} />}
        {query.isPending && <LoadingRows rows={9} height={58} />}
        {total?.count === 0 && (
          <NoFindings
            release={release.data}
            filtered={Object.values({ ...rest, state }).some((value) => value !== undefined)}
            onReset={() => void navigate({ search: releaseId === undefined ? {} : { release: releaseId } })}
            onAll={() => change({ state: [...STATES] })}
          />
        )}
        {rows.length > 0 && (
          <FindingRows
            rows={rows}
            count={total?.exact ? total.count : null}
            opened={finding ?? null}
            onOpen={(row) => {
              setAsking(null);
              change({ finding: row.id });
            }}
            onKey={onKey}
            onEnd={more}
            {...(may("finding:decide") ? { selected, onSelect: toggle } : {})}
          />
        )}
        {chosen.length > 0 && (
          <BulkBar
            count={chosen.length}
            noun="finding"
            busy={busy}
            asking={finding === undefined ? asking : null}
            onAsk={setAsking}
            onDecide={(decision) => void decide(chosen, decision)}
            onClear={() => setSelected(new Set())}
          />
        )}
      </div>
      {finding !== undefined && (
        <FindingPanel
          id={finding}
          onClose={close}
          asking={asking}
          onAsk={setAsking}
          busy={busy}
          {...(may("finding:decide")
            ? { onDecide: (row: FindingRow, decision: Decision) => void decide([row], decision) }
            : {})}
        />
      )}
    </div>
  );
}
