import { Button } from "@mantine/core";
import { IconRss } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import type { Decision, State } from "../../features/intel/findings/schema.ts";
import type { Vulnerability } from "../../features/intel/inbox/schema.ts";
import { ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { PAGE_ROWS, paging, usePages } from "../api/use-pages.ts";
import { BulkBar } from "../findings/bulk-bar.tsx";
import { decisionOfKey, needsReason } from "../findings/decide-bar.tsx";
import { useDecide } from "../findings/use-decide.ts";
import { LoadingRows } from "../kit/loading.tsx";
import { PageHead } from "../kit/page-head.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { InboxFilters } from "./inbox-filters.tsx";
import { InboxRows } from "./inbox-rows.tsx";
import { NothingNew } from "./nothing-new.tsx";
import { VulnerabilityPanel } from "./vulnerability-panel.tsx";

const route = getRouteApi("/in/threats");

/** What is new, and are we hit? One line per vulnerability, worst harm to a patient first; decided once for every release it touches. */
export function ThreatsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay();
  const { advisory, ...filter } = search;
  const { query, rows, total, more } = usePages(
    ask.inbox.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...filter,
        show: filter.show ?? ("open" as const),
        sort: filter.sort ?? ("harm" as const),
        cursor,
        limit: PAGE_ROWS,
      }),
      ...paging,
    }),
  );
  const intel = useQuery(ask.intel.status.queryOptions({ enabled: may("intel:read") }));
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<State | null>(null);
  const { decideVulnerabilities, busy } = useDecide();
  const change = useCallback(
    (part: Partial<typeof search>) =>
      void navigate({ search: (was) => ({ ...was, ...part }), replace: true, resetScroll: false }),
    [navigate],
  );
  const close = useCallback(() => {
    setAsking(null);
    change({ advisory: undefined });
  }, [change]);
  const decide = async (advisories: readonly string[], decision: Decision) => {
    setAsking(null);
    if (await decideVulnerabilities(advisories, decision)) setSelected(new Set());
  };
  const mayDecide = may("finding:decide");
  const onKey = (row: Vulnerability, key: string) => {
    const wanted = mayDecide ? decisionOfKey(key) : null;
    if (wanted === null) return;
    const targets = selected.size > 0 ? [...selected] : [row.advisory];
    if (!needsReason(wanted)) return void decide(targets, { state: wanted, justification: null, note: "" });
    if (selected.size === 0) change({ advisory: row.advisory });
    setAsking(wanted);
  };
  const toggle = (row: Vulnerability) => {
    const next = new Set(selected);
    if (!next.delete(row.advisory)) next.add(row.advisory);
    setSelected(next);
  };
  return (
    <div className="page page-wide">
      <PageHead
        title="Threats"
        question="What is new, and are we hit?"
        actions={
          may("intel:read") && (
            <Button component={Link} to="/threats/feeds" variant="default" leftSection={<IconRss size={16} />}>
              Feeds{staleText(intel.data?.feeds)}
            </Button>
          )
        }
      />
      <div className={`split${advisory === undefined ? "" : " split-open"}`}>
        <div>
          <InboxFilters search={search} total={total} onChange={change} />
          {query.error !== null && <ProblemNotice error={query.error} onRetry={query.refetch} />}
          {query.isPending && <LoadingRows rows={9} height={62} />}
          {total?.count === 0 && (
            <NothingNew
              noIntel={intel.data?.index === null}
              filtered={filter.text !== undefined || filter.exploited !== undefined || filter.rating !== undefined}
              onReset={() => void navigate({ search: {} })}
            />
          )}
          {rows.length > 0 && (
            <InboxRows
              rows={rows}
              count={total?.exact ? total.count : null}
              opened={advisory ?? null}
              onOpen={(row) => {
                setAsking(null);
                change({ advisory: row.advisory });
              }}
              onKey={onKey}
              onEnd={more}
              {...(mayDecide ? { selected, onSelect: toggle } : {})}
            />
          )}
          {selected.size > 0 && (
            <BulkBar
              count={selected.size}
              noun="vulnerability"
              many="vulnerabilities"
              busy={busy}
              asking={advisory === undefined ? asking : null}
              onAsk={setAsking}
              onDecide={(decision) => void decide([...selected], decision)}
              onClear={() => setSelected(new Set())}
            />
          )}
        </div>
        {advisory !== undefined && (
          <VulnerabilityPanel
            advisory={advisory}
            onClose={close}
            asking={asking}
            onAsk={setAsking}
            busy={busy}
            {...(mayDecide ? { onDecide: (decision: Decision) => void decide([advisory], decision) } : {})}
          />
        )}
      </div>
    </div>
  );
}

const staleText = (feeds: readonly { stale: boolean }[] | undefined): string => {
  const stale = feeds?.filter((feed) => feed.stale).length ?? 0;
  return stale === 0 ? "" : `: ${stale} old`;
};
