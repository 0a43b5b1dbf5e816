import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { Mark } from "../kit/mark.tsx";
import { When } from "../kit/when.tsx";
import { counted } from "../kit/words.ts";

/** How old the knowledge is that the results beside it come from: what became known since is not in them. */
export function FeedAges() {
  const may = useMay();
  const { data } = useQuery(ask.intel.status.queryOptions({ enabled: may("intel:read") }));
  if (!may("intel:read") || data?.index === null) return null;
  // The line keeps its place while it is asked for: the list below must not jump.
  if (data === undefined) return <p className="feed-ages">{"\u00a0"}</p>;
  const { index, feeds, sources } = data;
  const old = feeds.filter(({ stale }) => stale);
  const failed = sources.filter(({ enabled, standing }) => enabled && standing !== null && standing.failure !== null);
  const troubled = old.length + failed.length > 0;
  return (
    <p className="feed-ages quiet">
      <span className={troubled ? "note-warn" : "note-good"}>
        <Mark shape={troubled ? "triangle" : "check"} />
      </span>{" "}
      From {counted(feeds.length, "feed")}, compiled <When at={index.builtAt} time />
      {old.length > 0 && `; ${old.length === 1 ? `${old[0]?.name} is` : `${old.length} of them are`} older than a week`}
      {failed.length > 0 && `; ${counted(failed.length, "source")} not up to date`}.{" "}
      <Link to="/threats/feeds">Ages</Link>
    </p>
  );
}
