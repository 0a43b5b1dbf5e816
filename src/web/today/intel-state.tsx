import { Link } from "@tanstack/react-router";
import type { Today } from "../../features/work/schema.ts";
import { Empty } from "../kit/empty.tsx";
import { Mark } from "../kit/mark.tsx";
import { Section } from "../kit/section.tsx";
import { When } from "../kit/when.tsx";
import { counted } from "../kit/words.ts";

/** How far today's answers can be trusted: the age of what they are computed from. */
export function IntelState({ intel }: { intel: Today["intel"] }) {
  if (intel.none)
    return (
      <Section title="Advisories">
        <Empty title="No advisories yet">
          <p>Until a source is read, nothing can be found.</p>
          <p>
            <Link to="/threats/feeds">Add a source</Link>
          </p>
        </Empty>
      </Section>
    );
  const { stale, lastRun } = intel;
  return (
    <Section title="Advisories" actions={<Link to="/threats/feeds">Feeds</Link>}>
      <p className={stale.length > 0 ? "note-warn" : "note-good"}>
        <Mark shape={stale.length > 0 ? "triangle" : "check"} />
        <span>
          {stale.length > 0
            ? `${counted(stale.length, "feed")} older than a week: `
            : "Every feed is younger than a week."}
          {stale.map((feed) => feed.name).join(", ")}
        </span>
      </p>
      {lastRun !== null && (
        <p className="quiet">
          Last read <When at={lastRun.finishedAt ?? lastRun.startedAt} time />
          {lastRun.state === "failed" && `. It failed: ${lastRun.failure ?? "see the feeds page"}`}
        </p>
      )}
    </Section>
  );
}
