import { Link } from "@tanstack/react-router";
import type { Today } from "../../features/work/schema.ts";
import { Section } from "../kit/section.tsx";
import { When } from "../kit/when.tsx";

/** Reports from outside that wait for us, each with what is due next. */
export const WaitingReports = ({ reports: { count, items } }: { reports: Today["reports"] }) => (
  <Section
    title="Reports that wait for an answer"
    count={count}
    actions={<Link to="/threats/reports">{count > items.length ? `All ${count}` : "Reports"}</Link>}
  >
    <ul className="side-list">
      {items.map(({ id, number, title, product, state, clock }) => (
        <li key={id}>
          <Link to="/threats/reports/$caseId" params={{ caseId: id }}>
            {title}
          </Link>
          <span className="quiet">
            {number}, {product}: {state === "received" ? "nobody has read it yet" : "the reporter wrote"}
            {clock !== null && (
              <>
                . {clock.task}, <b className={clock.late ? "tone-bad" : ""}>due</b> <When at={clock.dueAt} />
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  </Section>
);
