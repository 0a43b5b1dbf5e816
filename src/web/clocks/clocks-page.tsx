import { Button, SegmentedControl } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { PAGE_ROWS, paging, usePages } from "../api/use-pages.ts";
import { Empty } from "../kit/empty.tsx";
import { LoadingRows } from "../kit/loading.tsx";
import { PageHead } from "../kit/page-head.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { ClockList } from "./clock-list.tsx";
import { ClockPanel } from "./clock-panel.tsx";
import { ClockSettings } from "./clock-settings.tsx";
import { StartClock } from "./start-clock.tsx";

const route = getRouteApi("/in/today/clocks");

/** What must be done by when, who asks it, and the evidence that it was done. */
export function ClocksPage() {
  const { show, clock: opened } = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay();
  const [starting, setStarting] = useState(false);
  const { query, rows, more } = usePages({
    ...ask.clocks.list.infiniteOptions({
      ...paging,
      input: (cursor: string | undefined) => ({ show: show === "all" ? "all" : "running", limit: PAGE_ROWS, cursor }),
      refetchInterval: 60_000,
    }),
    enabled: show !== "settings",
  });
  const chosen = useQuery({
    ...ask.clocks.get.queryOptions({ input: { id: opened ?? "" } }),
    enabled: opened !== undefined,
  });
  return (
    <div className="page page-wide">
      <p className="crumb">
        <Link to="/today">Today</Link>
      </p>
      <PageHead
        title="Clocks"
        question="What must be done by when, and who asks it?"
        actions={
          may("clock:manage") && (
            <Button leftSection={<IconPlus size={16} />} onClick={() => setStarting(true)}>
              Something was learned
            </Button>
          )
        }
      />
      <div className="filters">
        <SegmentedControl
          size="xs"
          aria-label="Show"
          data={[
            { value: "running", label: "Running" },
            { value: "all", label: "All" },
            { value: "settings", label: "What starts clocks" },
          ]}
          value={show ?? "running"}
          onChange={(value) =>
            void navigate({ search: value === "all" || value === "settings" ? { show: value } : {}, replace: true })
          }
        />
      </div>
      {show === "settings" ? (
        <ClockSettings />
      ) : (
        <div className={opened === undefined ? "split" : "split split-open"}>
          <div>
            {query.error !== null && <ProblemNotice error={query.error} onRetry={query.refetch} />}
            {query.error === null && query.data === undefined && <LoadingRows rows={5} height={72} />}
            {query.data !== undefined && rows.length === 0 && (
              <Empty title={show === "all" ? "No clock was ever started" : "No clock runs"} good>
                <p>
                  Clocks start when a risk is decided to be uncontrolled, when a report comes in, or when you say what
                  was learned. Each names the regulation that asks, and makes itself heard before it runs out.
                </p>
              </Empty>
            )}
            <ClockList clocks={rows} opened={opened} show={show} />
            {query.hasNextPage && (
              <Button variant="default" onClick={more} loading={query.isFetchingNextPage}>
                More
              </Button>
            )}
          </div>
          {opened !== undefined && chosen.data !== undefined && (
            <ClockPanel clock={chosen.data} onClose={() => void navigate({ search: { show }, replace: true })} />
          )}
        </div>
      )}
      {starting && <StartClock onClose={() => setStarting(false)} />}
    </div>
  );
}
