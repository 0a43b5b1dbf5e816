import type { Feed } from "../../features/intel/sync/schema.ts";
import { Mark } from "../kit/mark.tsx";
import { When } from "../kit/when.tsx";
import { counted } from "../kit/words.ts";

/** Each feed with its newest record: the oldest first, since it is the one that misleads. */
export function FeedTable({ feeds }: { feeds: readonly Feed[] }) {
  const sorted = [...feeds].sort(
    (a, b) => (b.ageDays ?? Number.POSITIVE_INFINITY) - (a.ageDays ?? Number.POSITIVE_INFINITY),
  );
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Feed</th>
            <th scope="col" className="right">
              Records
            </th>
            <th scope="col">Newest record</th>
            <th scope="col">Age</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((feed) => (
            <tr key={feed.name}>
              <th scope="row">{feed.name}</th>
              <td className="right num">{feed.records.toLocaleString("en")}</td>
              <td>
                {feed.newestAt === null ? (
                  <span className="cell-dim">not dated</span>
                ) : (
                  <When at={feed.newestAt} bare />
                )}
              </td>
              <td>
                <span className={feed.stale ? "note-warn" : "note-good"}>
                  <Mark shape={feed.stale ? "triangle" : "check"} />
                  <span>{ageText(feed)}</span>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const ageText = ({ ageDays, stale }: Feed): string => {
  if (ageDays === null) return "unknown";
  return ageDays < 1 ? "less than a day" : `${counted(Math.floor(ageDays), "day")}${stale ? ", old" : ""}`;
};
