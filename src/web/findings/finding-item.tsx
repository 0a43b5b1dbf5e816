import { Link } from "@tanstack/react-router";
import type { FindingRow } from "../../features/intel/findings/schema.ts";
import { ExploitedBadge, Score, StateBadge } from "../kit/badges.tsx";
import { versioned } from "./versioned.ts";

/** A finding in a short list: what, where, how bad; leads to its details. */
export function FindingItem({ finding }: { finding: FindingRow }) {
  return (
    <li>
      <Link
        to="/devices/$deviceId/findings"
        params={{ deviceId: finding.device.id }}
        search={{ release: finding.release.id, finding: finding.id }}
        className="item"
      >
        <span className="item-main">
          <span className="item-title">
            <b>{finding.advisory}</b> in {versioned(finding.component)}
            {finding.exploited !== null && (
              <ExploitedBadge since={finding.exploited.since} ransomware={finding.exploited.ransomware} />
            )}
          </span>
          <span className="item-detail">{finding.title}</span>
        </span>
        <span className="item-side">
          <span>
            {finding.device.name} {finding.release.version}
          </span>
          <span className="item-state">
            <Score severity={finding.severity} />
            <StateBadge state={finding.state} suspect={finding.suspect} />
          </span>
        </span>
      </Link>
    </li>
  );
}
