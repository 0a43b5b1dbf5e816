import { Link } from "@tanstack/react-router";
import type { EarlierDecision } from "../../features/intel/inbox/schema.ts";
import { versioned } from "../findings/versioned.ts";
import { StateBadge } from "../kit/badges.tsx";
import { When } from "../kit/when.tsx";
import { JUSTIFICATION_WORD } from "../kit/words.ts";

/** What was decided about the same vulnerability before, by whom and why: yesterday's decision is not forgotten. */
export function Earlier({ earlier }: { earlier: readonly EarlierDecision[] }) {
  if (earlier.length === 0) return null;
  return (
    <section>
      <h3>Decided before</h3>
      <ul className="earlier">
        {earlier.map((decision) => (
          <li key={decision.findingId}>
            <p>
              <StateBadge state={decision.state} />{" "}
              <Link
                to="/devices/$deviceId/findings"
                params={{ deviceId: decision.device.id }}
                search={{ release: decision.release.id, finding: decision.findingId }}
              >
                {decision.device.name} {decision.release.version}
              </Link>{" "}
              <span className="quiet">{versioned(decision.component)}</span>
            </p>
            {(decision.justification !== null || decision.note !== "") && (
              <p>
                {decision.justification !== null && `${JUSTIFICATION_WORD[decision.justification]}. `}
                {decision.note}
              </p>
            )}
            <p className="quiet">
              {decision.decidedBy}, <When at={decision.decidedAt} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
