import { Button, SegmentedControl } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { Notice } from "../../features/work/notices/schema.ts";
import { ask } from "../api/client.ts";
import { PAGE_ROWS, paging, usePages } from "../api/use-pages.ts";
import { Empty } from "../kit/empty.tsx";
import { LoadingRows } from "../kit/loading.tsx";
import { Mark } from "../kit/mark.tsx";
import { sayProblem } from "../kit/notify.tsx";
import { PageHead } from "../kit/page-head.tsx";
import { PathLink } from "../kit/path-link.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { When } from "../kit/when.tsx";
import { MailTroubleNote } from "./mail-trouble.tsx";

const route = getRouteApi("/in/notices");

/** What I was told: what happened, what is safe, the next step. */
export function NoticesPage() {
  const { unread } = route.useSearch();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const { query, rows, more } = usePages(
    ask.notices.list.infiniteOptions({
      ...paging,
      input: (cursor: string | undefined) => ({
        limit: PAGE_ROWS,
        cursor,
        ...(unread === true ? { unread: "true" } : {}),
      }),
    }),
  );
  const read = useMutation(
    ask.notices.read.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: ask.notices.key() }),
      onError: sayProblem,
    }),
  );
  const trouble = useQuery(ask.notices.preferences.queryOptions()).data?.mailTrouble;
  const waiting = rows.some(({ readAt }) => readAt === null);
  return (
    <div className="page page-narrow">
      <PageHead
        title="Notices"
        question="What was I told?"
        actions={
          <>
            <Link to="/account/notices">What I am mailed</Link>
            <Button variant="default" disabled={!waiting} loading={read.isPending} onClick={() => read.mutate({})}>
              Mark all as read
            </Button>
          </>
        }
      />
      {trouble != null && <MailTroubleNote trouble={trouble} />}
      <div className="filters">
        <SegmentedControl
          size="xs"
          aria-label="Show"
          data={[
            { value: "all", label: "All" },
            { value: "unread", label: "Not read" },
          ]}
          value={unread === true ? "unread" : "all"}
          onChange={(value) => void navigate({ search: value === "unread" ? { unread: true } : {}, replace: true })}
        />
      </div>
      {query.error !== null && <ProblemNotice error={query.error} onRetry={query.refetch} />}
      {query.error === null && query.data === undefined && <LoadingRows rows={5} height={84} />}
      {query.data !== undefined && rows.length === 0 && (
        <Empty title={unread === true ? "Everything is read" : "Nobody told you anything yet"} good>
          <p>
            You hear of new exploited findings, of what is given to you, of clocks before they run out, and when the
            sources cannot be read. Never of what you did yourself.
          </p>
        </Empty>
      )}
      <ul className="items">
        {rows.map((notice) => (
          <NoticeItem key={notice.id} notice={notice} onRead={() => read.mutate({ ids: [notice.id] })} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button variant="default" onClick={more} loading={query.isFetchingNextPage}>
          More
        </Button>
      )}
    </div>
  );
}

function NoticeItem({ notice, onRead }: { notice: Notice; onRead: () => void }) {
  const isNew = notice.readAt === null;
  return (
    <li className={`notice${isNew ? " notice-new" : ""}`}>
      <span className="notice-mark">
        <Mark shape={isNew ? "dot" : "ring"} />
        <span className="sr-only">{isNew ? "Not read" : "Read"}</span>
      </span>
      <div>
        <p className="notice-title">
          <b>{notice.title}</b>
          <When at={notice.createdAt} time />
        </p>
        <p>{notice.happened}</p>
        {notice.safe !== "" && <p className="quiet">{notice.safe}</p>}
        <p className="notice-next">
          <PathLink path={notice.path} onClick={isNew ? onRead : undefined}>
            {notice.nextStep}
          </PathLink>
          {isNew && (
            <Button size="compact-xs" variant="subtle" color="gray" onClick={onRead}>
              Mark as read<span className="sr-only">: {notice.title}</span>
            </Button>
          )}
        </p>
      </div>
    </li>
  );
}
