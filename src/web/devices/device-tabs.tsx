import { getRouteApi, Link } from "@tanstack/react-router";

const route = getRouteApi("/in/devices/$deviceId");
const TABS = [
  { to: "/devices/$deviceId", name: "Overview", exact: true },
  { to: "/devices/$deviceId/design", name: "Design", exact: false },
  { to: "/devices/$deviceId/parts", name: "Parts", exact: false },
  { to: "/devices/$deviceId/findings", name: "Findings", exact: false },
  { to: "/devices/$deviceId/threats", name: "Threats", exact: false },
  { to: "/devices/$deviceId/risks", name: "Risks", exact: false },
  { to: "/devices/$deviceId/controls", name: "Controls", exact: false },
  { to: "/devices/$deviceId/evidence", name: "Evidence", exact: false },
  { to: "/devices/$deviceId/history", name: "History", exact: false },
] as const;

interface Props {
  open: number | undefined;
  parts: number | null | undefined;
}

export function DeviceTabs({ open, parts }: Props) {
  const { deviceId } = route.useParams();
  const { release } = route.useSearch();
  const count = {
    Overview: undefined,
    Design: undefined,
    Threats: undefined,
    Parts: parts ?? undefined,
    Findings: open,
    Risks: undefined,
    Controls: undefined,
    Evidence: undefined,
    History: undefined,
  };
  return (
    <nav className="tabs" aria-label="Device">
      {TABS.map(({ to, name, exact }) => (
        <Link
          key={to}
          to={to}
          params={{ deviceId }}
          search={release === undefined ? {} : { release }}
          activeOptions={{ exact, includeSearch: false }}
          className="tab"
          activeProps={{ className: "tab-here", "aria-current": "page" }}
          resetScroll={false}
        >
          {name}
          {count[name] !== undefined && <span className="num tab-count">{count[name].toLocaleString("en")}</span>}
        </Link>
      ))}
    </nav>
  );
}
