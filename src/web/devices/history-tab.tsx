import { SegmentedControl } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { PAGE_ROWS, paging, usePages } from "../api/use-pages.ts";
import { EntryRows } from "../audits/entry-rows.tsx";
import { Empty } from "../kit/empty.tsx";
import { LoadingRows } from "../kit/loading.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { TotalText } from "../kit/total-text.tsx";
import { useRelease } from "./use-release.ts";

/** What happened to the device or to this release, from the ledger. */
export function HistoryTab() {
  const { deviceId, releaseId, release } = useRelease();
  const [whole, setWhole] = useState(false);
  const may = useMay();
  const { query, rows, total, more } = usePages(
    ask.devices.history.infiniteOptions({
      input: (cursor: string | undefined) => ({
        id: deviceId,
        cursor,
        limit: PAGE_ROWS,
        ...(whole || releaseId === undefined ? {} : { releaseId }),
      }),
      enabled: whole || releaseId !== undefined,
      ...paging,
    }),
  );
  return (
    <>
      <div className="filters">
        <SegmentedControl
          size="xs"
          aria-label="Of what"
          data={[
            { value: "release", label: `Release ${release.data?.version ?? ""}` },
            { value: "device", label: "Whole device" },
          ]}
          value={whole ? "device" : "release"}
          onChange={(value) => setWhole(value === "device")}
        />
        <div className="filters-end">
          <TotalText total={total} noun="entry" many="entries" />
          {may("ledger:read") && <Link to="/audits">Verify the ledger</Link>}
        </div>
      </div>
      {query.error !== null && <ProblemNotice error={query.error} onRetry={query.refetch} />}
      {query.isPending && <LoadingRows rows={8} />}
      {total?.count === 0 && <Empty title="Nothing happened here yet" good />}
      {rows.length > 0 && <EntryRows entries={rows} count={total?.count ?? null} onEnd={more} />}
    </>
  );
}
