import { Button } from "@mantine/core";
import { IconMailbox, IconRss, IconSpeakerphone } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo } from "react";
import type { Decision, DecisionReceipt } from "../../features/intel/findings/schema.ts";
import type { Proposal, Vulnerability } from "../../features/intel/inbox/schema.ts";
import { api, ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { PAGE_ROWS, paging, usePages } from "../api/use-pages.ts";
import { BulkBar } from "../findings/bulk-bar.tsx";
import { FeedAges } from "../findings/feed-ages.tsx";
import { useDecide } from "../findings/use-decide.ts";
import { useTriage } from "../findings/use-triage.ts";
import { LoadingRows } from "../kit/loading.tsx";
import { say, sayProblem } from "../kit/notify.tsx";
import { PageHead } from "../kit/page-head.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { isTyping } from "../shell/use-go-keys.ts";
import { AskedButton } from "./asked/asked-button.tsx";
import { InboxFilters } from "./inbox-filters.tsx";
import { InboxRows } from "./inbox-rows.tsx";
import { lineKey } from "./line-key.ts";
import { NothingNew } from "./nothing-new.tsx";
import { useInboxCache } from "./use-inbox-cache.ts";
import { VulnerabilityPanel } from "./vulnerability-panel.tsx";

const route = getRouteApi("/in/threats");

/** What is new, and are we hit? One line per vulnerability, or per device and vulnerability; a key decides it and goes on to the next. */
export function ThreatsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const may = useMay();
  const { advisory, device, ...filter } = search;
  const show = filter.show ?? "open";
  const by = filter.by ?? "vulnerability";
  const { query, rows, total, more } = usePages(
    ask.inbox.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...filter,
        show,
        by,
        sort: filter.sort ?? ("harm" as const),
        cursor,
        limit: PAGE_ROWS,
      }),
      ...paging,
    }),
  );
  const intel = useQuery(ask.intel.status.queryOptions({ enabled: may("intel:read") }));
  const change = useCallback(
    (part: Partial<typeof search>) =>
      void navigate({ search: (was) => ({ ...was, ...part }), replace: true, resetScroll: false }),
    [navigate],
  );
  const opened = advisory === undefined ? null : device === undefined ? advisory : `${advisory} ${device}`;
  const open = useCallback(
    (row: Vulnerability | null) => change({ advisory: row?.advisory, device: row?.device?.id }),
    [change],
  );
  const patch = useInboxCache(show);
  const { run, undoLast } = useDecide((key) => {
    const [name, deviceId] = (key ?? "").split(" ");
    if (name) change({ ...(opened === null ? {} : { advisory: name, device: deviceId }) });
    if (key !== null) triage.focus(key);
  });
  const decide = (targets: readonly Vulnerability[], decision: Decision) => {
    patch(targets, decision.state);
    const [first] = targets;
    run({
      decision,
      key: first === undefined ? null : lineKey(first),
      async send() {
        const receipts = [];
        for (const line of targets)
          receipts.push(
            await api.findings.decideVulnerability({
              advisory: line.advisory,
              deviceId: line.device?.id,
              decision,
            }),
          );
        return receipts;
      },
    });
  };
  const accept = async (line: Vulnerability) => {
    const { proposal, findings } = await queries.ensureQueryData(detailOf(line.advisory, line.device?.id));
    if (proposal === null) return say("Nothing is proposed here");
    const all = proposal.findings.length >= findings.open;
    if (all) {
      patch([line], proposal.decision.state);
      triage.goOnFrom([line]);
    }
    run({
      decision: proposal.decision,
      key: lineKey(line),
      send: () => acceptOf(proposal),
    });
  };
  const mayDecide = may("finding:decide");
  const triage = useTriage<Vulnerability>({
    rows,
    keyOf: lineKey,
    opened,
    onOpen: open,
    mayDecide,
    decide,
    undo: undoLast,
    accept: (line) => void accept(line).catch(sayProblem),
    groupOf: (line) => line.device?.id ?? "",
  });
  const nextLine = useMemo(() => rows[rows.findIndex((row) => lineKey(row) === opened) + 1], [rows, opened]);
  useEffect(() => {
    if (opened !== null && nextLine !== undefined)
      void queries.prefetchQuery(detailOf(nextLine.advisory, nextLine.device?.id));
  }, [queries, opened, nextLine]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event) || !["b", "/"].includes(event.key)) return;
      event.preventDefault();
      if (event.key === "/") document.querySelector<HTMLInputElement>(".filters .search-field input")?.focus();
      else
        change({
          by: by === "device" ? undefined : "device",
          ...(advisory === undefined ? {} : { advisory: undefined, device: undefined }),
        });
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [by, advisory, change]);
  const { chosen } = triage;
  const line = rows.find((row) => lineKey(row) === opened);
  return (
    <div className="page page-wide">
      <PageHead
        title="Threats"
        question="What is new, and are we hit?"
        actions={
          <>
            <AskedButton />
            {may("report:read") && (
              <Button component={Link} to="/threats/reports" variant="default" leftSection={<IconMailbox size={16} />}>
                Reports
              </Button>
            )}
            {may("advisory:read") && (
              <Button
                component={Link}
                to="/threats/advisories"
                variant="default"
                leftSection={<IconSpeakerphone size={16} />}
              >
                Advisories
              </Button>
            )}
            {may("intel:read") && (
              <Button component={Link} to="/threats/feeds" variant="default" leftSection={<IconRss size={16} />}>
                Feeds{staleText(intel.data?.feeds)}
              </Button>
            )}
          </>
        }
      />
      <div className={`split${advisory === undefined ? "" : " split-open"}`}>
        <div>
          <InboxFilters search={search} total={total} onChange={change} />
          <FeedAges />
          {query.error !== null && <ProblemNotice error={query.error} onRetry={query.refetch} />}
          {query.isPending && <LoadingRows rows={9} height={62} />}
          {total?.count === 0 && (
            <NothingNew
              noIntel={intel.data?.index === null}
              filtered={filter.text !== undefined || filter.exploited !== undefined || filter.rating !== undefined}
              onReset={() => void navigate({ search: { show: "open" } })}
            />
          )}
          {rows.length > 0 && (
            <InboxRows
              rows={rows}
              count={total?.exact ? total.count : null}
              opened={opened}
              wanted={triage.wanted}
              onFocusRow={triage.onFocusRow}
              onOpen={(row) => {
                triage.ask(null);
                open(row);
              }}
              onEnd={more}
              {...(mayDecide
                ? { selected: triage.selected, onSelect: triage.toggle, onSelectGroup: triage.selectGroup }
                : {})}
            />
          )}
          {chosen.length > 0 && (
            <BulkBar
              count={chosen.length}
              noun={by === "device" ? "line" : "vulnerability"}
              many={by === "device" ? "lines" : "vulnerabilities"}
              asking={triage.asking}
              onAsk={triage.ask}
              onDecide={triage.decide}
              onClear={triage.clear}
            />
          )}
        </div>
        {advisory !== undefined && (
          <VulnerabilityPanel
            key={opened}
            advisory={advisory}
            deviceId={device}
            line={line}
            onClose={() => {
              triage.ask(null);
              open(null);
            }}
            asking={chosen.length > 0 ? null : triage.asking}
            onAsk={triage.ask}
            {...(mayDecide
              ? { onDecide: triage.decide, onAccept: () => line !== undefined && void accept(line).catch(sayProblem) }
              : {})}
          />
        )}
      </div>
    </div>
  );
}

/** A statement is answered as a statement, so that it is not asked about again; everything else is a decision. */
async function acceptOf({ findings, decision }: Proposal): Promise<DecisionReceipt[]> {
  const receipts: DecisionReceipt[] = [];
  const plain = findings.filter(({ statementId }) => statementId === null);
  if (plain.length > 0) receipts.push(await api.findings.decideMany({ findings: plain, decision }));
  for (const { id, revision, statementId } of findings) {
    if (statementId === null) continue;
    const { changeId } = await api.vex.answer({ findingId: id, statementId, revision, take: true });
    receipts.push({ changeId, changed: [{ id, revision: revision + 1, state: decision.state }], conflicts: [] });
  }
  return receipts;
}

/** What the panel shows of one line. */
const detailOf = (advisory: string, deviceId: string | undefined) =>
  ask.inbox.get.queryOptions({ input: { advisory, deviceId } });

const staleText = (feeds: readonly { stale: boolean }[] | undefined): string => {
  const stale = feeds?.filter((feed) => feed.stale).length ?? 0;
  return stale === 0 ? "" : `: ${stale} old`;
};
