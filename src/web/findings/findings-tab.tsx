import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import { type FindingRow, STATES, type State } from "../../features/intel/findings/schema.ts";
import { VexMenu } from "../advisories/vex-menu.tsx";
import { api, ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { PAGE_ROWS, paging, usePages } from "../api/use-pages.ts";
import { useRelease } from "../devices/use-release.ts";
import { LoadingRows } from "../kit/loading.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { FeedAges } from "./feed-ages.tsx";
import { FindingFilters } from "./finding-filters.tsx";
import { FindingPanel } from "./finding-panel.tsx";
import { FindingRows } from "./finding-rows.tsx";
import { NoFindings } from "./no-findings.tsx";
import { useDecide } from "./use-decide.ts";
import { useTriage } from "./use-triage.ts";

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
  const change = useCallback(
    (part: Partial<typeof search>) =>
      void navigate({ search: (was) => ({ ...was, ...part }), replace: true, resetScroll: false }),
    [navigate],
  );
  const { run, undoLast } = useDecide((key) => {
    if (key !== null) triage.focus(key);
  });
  const mayDecide = may("finding:decide");
  const triage = useTriage<FindingRow>({
    rows,
    keyOf: (row) => row.id,
    opened: finding ?? null,
    onOpen: (row) => change({ finding: row?.id }),
    mayDecide,
    undo: undoLast,
    decide: (targets, decision) =>
      run({
        decision,
        key: targets[0]?.id ?? null,
        send: async () => [
          await api.findings.decideMany({ findings: targets.map(({ id, revision }) => ({ id, revision })), decision }),
        ],
      }),
  });
  const { chosen } = triage;
  return (
    <div className={`split${finding === undefined ? "" : " split-open"}`}>
      <div>
        <FindingFilters
          search={search}
          total={total}
          onChange={change}
          end={releaseId === undefined ? null : <VexMenu releaseId={releaseId} />}
        />
        <FeedAges />
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
              triage.ask(null);
              change({ finding: row.id });
            }}
            wanted={triage.wanted}
            onFocusRow={triage.onFocusRow}
            onEnd={more}
            {...(mayDecide ? { selected: triage.selected, onSelect: triage.toggle } : {})}
          />
        )}
        {chosen.length > 0 && (
          <BulkBar
            count={chosen.length}
            noun="finding"
            asking={triage.asking}
            onAsk={triage.ask}
            onDecide={triage.decide}
            onClear={triage.clear}
          />
        )}
      </div>
      {finding !== undefined && (
        <FindingPanel
          key={finding}
          id={finding}
          onClose={() => {
            triage.ask(null);
            change({ finding: undefined });
          }}
          asking={chosen.length > 0 ? null : triage.asking}
          onAsk={triage.ask}
          {...(mayDecide ? { onDecide: triage.decide } : {})}
        />
      )}
    </div>
  );
}
