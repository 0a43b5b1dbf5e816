import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ask } from "../../api/client.ts";
import { PageHead } from "../../kit/page-head.tsx";
import { AuthorList } from "./author-list.tsx";
import { DeviceList } from "./device-list.tsx";
import { StatementList } from "./statement-list.tsx";

const route = getRouteApi("/in/threats/asked");

/** What Cordon cannot decide alone: statements of others, advisories that name devices in words, and whose word counts. */
export function AskedPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const statements = useQuery(ask.vex.proposals.queryOptions({ input: { limit: 1 } }));
  const devices = useQuery(ask.deviceAdvisories.list.queryOptions({ input: { limit: 1 } }));
  const sources = useQuery(ask.vex.sources.queryOptions());
  const undecided = sources.data?.items.filter(({ decidedAt, name }) => decidedAt === null && name !== "").length;
  const views = [
    { value: "statements", label: `VEX statements${countText(statements.data?.total.count)}` },
    { value: "devices", label: `Devices named in words${countText(devices.data?.total.count)}` },
    { value: "authors", label: `Authors${countText(undecided)}` },
  ] as const;
  const view = search.view ?? "statements";
  return (
    <div className="page">
      <p className="crumb">
        <Link to="/threats">Threats</Link>
      </p>
      <PageHead title="Asked of you" question="What do others say, and do they mean us?" />
      <div className="filters">
        <SegmentedControl
          size="sm"
          aria-label="View"
          className="segments"
          data={[...views]}
          value={view}
          onChange={(value) => void navigate({ search: { view: views.find((one) => one.value === value)?.value } })}
        />
      </div>
      {view === "statements" && <StatementList />}
      {view === "devices" && (
        <DeviceList
          state={search.state ?? "proposed"}
          onState={(state) => void navigate({ search: { view: "devices", state }, replace: true })}
        />
      )}
      {view === "authors" && <AuthorList />}
    </div>
  );
}

const countText = (count: number | undefined): string =>
  count === undefined || count === 0 ? "" : ` ${count.toLocaleString("en")}`;
