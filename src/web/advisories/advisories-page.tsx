import { Button, SegmentedControl } from "@mantine/core";
import { IconBuilding } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { AdvisoryState } from "../../features/publish/schema.ts";
import { ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { PAGE_ROWS, paging, usePages } from "../api/use-pages.ts";
import { Empty } from "../kit/empty.tsx";
import { LoadingRows } from "../kit/loading.tsx";
import { PageHead } from "../kit/page-head.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { TotalText } from "../kit/total-text.tsx";
import { AdvisoryTable } from "./advisory-table.tsx";

const route = getRouteApi("/in/threats/advisories");
const STATES = [
  { value: "all", label: "All" },
  { value: "draft", label: "Drafts" },
  { value: "published", label: "Published" },
  { value: "withdrawn", label: "Withdrawn" },
];

/** What have we told our customers? Advisories, last changed first. */
export function AdvisoriesPage() {
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay();
  const publisher = useQuery(ask.publish.publisher.queryOptions());
  const { query, rows, total, more } = usePages(
    ask.publish.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ state, cursor, limit: PAGE_ROWS }),
      ...paging,
    }),
  );
  return (
    <div className="page">
      <p className="crumb">
        <Link to="/threats">Threats</Link>
      </p>
      <PageHead
        title="Advisories"
        question="What have we told our customers?"
        actions={
          <Button
            component={Link}
            to="/threats/advisories/publisher"
            variant="default"
            leftSection={<IconBuilding size={16} />}
          >
            Publisher{publisher.data?.providerOn === true ? ": CSAF on" : ""}
          </Button>
        }
      />
      {publisher.data?.revision === 0 && (
        <Empty title="Say first who publishes">
          <p>
            Advisories and letters carry the organisation's name, address and number.{" "}
            {may("publisher:manage") ? (
              <Link to="/threats/advisories/publisher">Fill it in</Link>
            ) : (
              "An administrator fills it in."
            )}
          </p>
        </Empty>
      )}
      <div className="filters">
        <SegmentedControl
          size="xs"
          aria-label="Show"
          data={STATES}
          value={state ?? "all"}
          onChange={(value) => void navigate({ search: { state: AdvisoryState.safeParse(value).data }, replace: true })}
        />
        <div className="filters-end">
          <TotalText total={total} noun="advisory" many="advisories" />
        </div>
      </div>
      {query.error !== null && <ProblemNotice error={query.error} onRetry={query.refetch} />}
      {query.isPending && <LoadingRows rows={5} height={58} />}
      {total?.count === 0 && publisher.data?.revision !== 0 && (
        <Empty title={state === undefined ? "No advisory yet" : "None of these"}>
          <p>
            Open a vulnerability in <Link to="/threats">Threats</Link> and press <b>Tell customers</b>: the draft knows
            the releases, the decisions and the worst harm already.
          </p>
        </Empty>
      )}
      {rows.length > 0 && <AdvisoryTable rows={rows} />}
      {query.hasNextPage && (
        <Button variant="default" mt="md" onClick={more} loading={query.isFetchingNextPage}>
          Show more
        </Button>
      )}
    </div>
  );
}
