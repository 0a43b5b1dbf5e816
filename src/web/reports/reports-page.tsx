import { Button, SegmentedControl } from "@mantine/core";
import { IconSettings } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { CaseRow } from "../../features/disclosure/schema.ts";
import { ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { PAGE_ROWS, paging, usePages } from "../api/use-pages.ts";
import { Empty } from "../kit/empty.tsx";
import { LoadingRows } from "../kit/loading.tsx";
import { PageHead } from "../kit/page-head.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { TotalText } from "../kit/total-text.tsx";
import { VirtualRows } from "../kit/virtual-rows.tsx";
import { When } from "../kit/when.tsx";
import { CASE_WORD, VIA_WORD } from "./case-words.ts";
import { IntakeForm } from "./intake-form.tsx";

const route = getRouteApi("/in/threats/reports");
const SHOWS = [
  { value: "open", label: "Open" },
  { value: "closed", label: "Closed" },
  { value: "all", label: "All" },
] as const;
const COLUMNS = [
  { name: "State", className: "cell-two" },
  { name: "Report", className: "cell-two" },
  { name: "Product", className: "cell-two" },
  { name: "Owner", className: "cell-b" },
  { name: "Received", className: "cell-right cell-b" },
];

/** What outsiders told us, newest first; and, for administrators, how they can. */
export function ReportsPage() {
  const { show = "open", settings } = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay();
  const { query, rows, total, more } = usePages(
    ask.disclosure.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ show, cursor, limit: PAGE_ROWS }),
      ...paging,
    }),
  );
  const intake = useQuery(ask.disclosure.intake.queryOptions());
  return (
    <div className="page">
      <PageHead
        title="Reports"
        question="What did somebody outside find?"
        actions={
          may("organization:manage") && (
            <Button
              variant="default"
              leftSection={<IconSettings size={16} />}
              onClick={() =>
                void navigate({ search: (was) => ({ ...was, settings: settings === true ? undefined : true }) })
              }
              aria-expanded={settings === true}
            >
              Intake
            </Button>
          )
        }
      />
      {settings === true && intake.data !== undefined && <IntakeForm key={intake.data.revision} intake={intake.data} />}
      {intake.data !== undefined && !intake.data.enabled && settings !== true && (
        <Empty title="Nobody outside can report here yet">
          <p>
            Open the intake to get a policy page, a form without an account, and a security.txt that leads to them.
            {may("organization:manage") ? " Press Intake." : " An administrator does that here."}
          </p>
        </Empty>
      )}
      {intake.data?.enabled === true && settings !== true && (
        <p className="section-note">
          Outsiders report at{" "}
          <a href={`/report/${intake.data.slug}`} target="_blank" rel="noreferrer">
            {intake.data.addresses.form}
          </a>{" "}
          or by mail to {intake.data.contactEmail}.
        </p>
      )}
      <div className="filters">
        <SegmentedControl
          size="xs"
          aria-label="Show"
          data={[...SHOWS]}
          value={show}
          onChange={(value) =>
            void navigate({ search: (was) => ({ ...was, show: SHOWS.find((one) => one.value === value)?.value }) })
          }
        />
        <div className="filters-end">
          <TotalText total={total} noun="report" />
        </div>
      </div>
      {query.error !== null && <ProblemNotice error={query.error} onRetry={query.refetch} />}
      {query.isPending && <LoadingRows rows={5} height={62} />}
      {total?.count === 0 && (
        <Empty title={show === "open" ? "No report is open" : "No report"} good>
          <p className="quiet">A report by the form or by mail opens a case here, and its clocks begin to run.</p>
        </Empty>
      )}
      {rows.length > 0 && (
        <VirtualRows
          label="Reports"
          className="rows-reports"
          columns={COLUMNS}
          rows={rows}
          count={total?.exact ? total.count : null}
          keyOf={(row: CaseRow) => row.id}
          rowHeight={62}
          onEnd={more}
          onOpen={(row) => void navigate({ to: "/threats/reports/$caseId", params: { caseId: row.id }, search: {} })}
          cells={(row) => [
            <span key="state">
              <b>{CASE_WORD[row.state]}</b>
              <small>{row.unread ? <span className="tone-warn">unread</span> : "read"}</small>
            </span>,
            <span key="title">
              <b>
                <Link to="/threats/reports/$caseId" params={{ caseId: row.id }} tabIndex={-1}>
                  {row.title}
                </Link>
              </b>
              <small>
                {row.number}, {VIA_WORD[row.via]}
              </small>
            </span>,
            <span key="product">
              <b>{row.device?.name ?? row.product}</b>
              <small>{row.version}</small>
            </span>,
            <span key="owner">{row.owner?.name ?? <span className="cell-dim">nobody yet</span>}</span>,
            <When key="at" at={row.receivedAt} below />,
          ]}
        />
      )}
    </div>
  );
}
