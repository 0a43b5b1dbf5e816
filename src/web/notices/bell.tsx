import { IconBell } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";

/** How many notices wait, wherever one is. */
export function Bell() {
  const may = useMay();
  const unread = useQuery({
    ...ask.notices.unread.queryOptions({ refetchInterval: 60_000 }),
    enabled: may("account:manage"),
  });
  if (!may("account:manage")) return null;
  const { count = 0, exact = true } = unread.data ?? {};
  return (
    <Link
      to="/notices"
      className="rail-link rail-bell"
      activeProps={{ className: "rail-here" }}
      title="What was I told?"
    >
      <IconBell size={18} stroke={1.7} aria-hidden="true" />
      Notices
      {count > 0 && (
        <span className="bell-count num">
          {count}
          {exact ? "" : "+"}
          <span className="sr-only"> not read</span>
        </span>
      )}
    </Link>
  );
}
