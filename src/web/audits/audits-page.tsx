import { Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import { ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { PAGE_ROWS, paging, usePages } from "../api/use-pages.ts";
import { Empty } from "../kit/empty.tsx";
import { FilterChip } from "../kit/filter-chip.tsx";
import { LoadingRows } from "../kit/loading.tsx";
import { PageHead } from "../kit/page-head.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { TotalText } from "../kit/total-text.tsx";
import { EntryPanel } from "./entry-panel.tsx";
import { EntryRows } from "./entry-rows.tsx";
import { LedgerProof } from "./ledger-proof.tsx";

const route = getRouteApi("/in/audits");
const NOUNS = [
  "device",
  "release",
  "unit",
  "sbom",
  "finding",
  "source",
  "sync",
  "person",
  "membership",
  "invitation",
  "key",
  "account",
  "session",
  "organization",
];

/** Can we prove it? The chain's head, its last checkpoint, a check on demand, and every entry. */
export function AuditsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay();
  const { entry, from, to, ...filter } = search;
  const { query, rows, total, more } = usePages(
    ask.audit.entries.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...filter,
        cursor,
        limit: PAGE_ROWS,
        ...(from === undefined ? {} : { from: new Date(`${from}T00:00:00`).toISOString() }),
        ...(to === undefined ? {} : { to: new Date(`${to}T23:59:59.999`).toISOString() }),
      }),
      ...paging,
    }),
  );
  const people = useQuery(ask.people.people.list.queryOptions({ enabled: may("people:read") })).data?.items ?? [];
  const change = useCallback(
    (part: Partial<typeof search>) =>
      void navigate({ search: (was) => ({ ...was, ...part }), replace: true, resetScroll: false }),
    [navigate],
  );
  const close = useCallback(() => change({ entry: undefined }), [change]);
  const opened = rows.find(({ sequence }) => sequence === entry);
  return (
    <div className="page page-wide">
      <PageHead title="Audits" question="Can we prove it?" />
      <LedgerProof />
      <div className={`split${opened === undefined ? "" : " split-open"}`}>
        <div>
          <div className="filters">
            <Select
              aria-label="Who"
              placeholder="Anybody"
              clearable
              searchable
              w={180}
              data={people.map(({ userId, name }) => ({ value: userId, label: name }))}
              value={search.actorId ?? null}
              onChange={(value) => change({ actorId: value ?? undefined })}
            />
            <Select
              aria-label="What"
              placeholder="Anything"
              clearable
              searchable
              w={160}
              data={NOUNS.map((noun) => ({ value: `${noun}.`, label: noun.charAt(0).toUpperCase() + noun.slice(1) }))}
              value={search.action ?? null}
              onChange={(value) => change({ action: value ?? undefined })}
            />
            <TextInput
              type="date"
              aria-label="From"
              value={from ?? ""}
              onChange={(event) => change({ from: event.currentTarget.value || undefined })}
            />
            <span className="quiet">to</span>
            <TextInput
              type="date"
              aria-label="To"
              value={to ?? ""}
              onChange={(event) => change({ to: event.currentTarget.value || undefined })}
            />
            {search.subjectId !== undefined && (
              <FilterChip on onChange={() => change({ subjectId: undefined, subjectType: undefined })}>
                {search.subjectType} {search.subjectId.slice(-8)}
              </FilterChip>
            )}
            <div className="filters-end">
              <TotalText total={total} noun="entry" many="entries" />
            </div>
          </div>
          {query.error !== null && <ProblemNotice error={query.error} onRetry={query.refetch} />}
          {query.isPending && <LoadingRows rows={9} height={52} />}
          {total?.count === 0 && (
            <Empty title="No entry fits this filter">
              <p>Every change of state is recorded in the same transaction as the change itself.</p>
            </Empty>
          )}
          {rows.length > 0 && (
            <EntryRows
              entries={rows}
              count={total?.exact ? total.count : null}
              onEnd={more}
              opened={entry === undefined ? null : String(entry)}
              onOpen={({ sequence }) => change({ entry: sequence })}
            />
          )}
        </div>
        {opened !== undefined && (
          <EntryPanel
            entry={opened}
            onClose={close}
            onSubject={({ type, id }) => change({ subjectType: type, subjectId: id, entry: undefined })}
          />
        )}
      </div>
    </div>
  );
}
