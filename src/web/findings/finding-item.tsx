import { Link } from "@tanstack/react-router";
import type { FindingRow } from "../../features/intel/findings/schema.ts";
import { DeviceObjectCard } from "../devices/device-object-card.tsx";
import { ExploitedBadge, Score, StateBadge } from "../kit/badges.tsx";
import { ObjectCard } from "../kit/object-card.tsx";
import { ComponentCard } from "./component-card.tsx";
import { versioned } from "./versioned.ts";
import { VulnerabilityCard } from "./vulnerability-card.tsx";

/** A finding in a short list: what, where, how bad; leads to its details. */
export function FindingItem({ finding }: { finding: FindingRow }) {
  const here = { releaseId: finding.release.id, version: finding.component.version };
  return (
    <li>
      <Link
        to="/devices/$deviceId/findings"
        params={{ deviceId: finding.device.id }}
        search={{ release: finding.release.id, finding: finding.id }}
        className="item"
        onKeyDown={(event) => {
          if (event.key === "i" && event.target === event.currentTarget)
            event.currentTarget.querySelector<HTMLElement>("[data-object-card]")?.focus();
        }}
      >
        <span className="item-main">
          <span className="item-title">
            <span>
              <ObjectCard card={<VulnerabilityCard advisory={finding.advisory} />}>
                <b>{finding.advisory}</b>
              </ObjectCard>{" "}
              in{" "}
              <ObjectCard card={<ComponentCard name={finding.component.name} here={here} />}>
                {versioned(finding.component)}
              </ObjectCard>
            </span>
            {finding.exploited !== null && (
              <ExploitedBadge since={finding.exploited.since} ransomware={finding.exploited.ransomware} />
            )}
          </span>
          <span className="item-detail">{finding.title}</span>
        </span>
        <span className="item-side">
          <span>
            <ObjectCard card={<DeviceObjectCard deviceId={finding.device.id} />}>
              {finding.device.name} {finding.release.version}
            </ObjectCard>
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
