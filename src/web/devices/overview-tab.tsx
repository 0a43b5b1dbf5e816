import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { actionText } from "../audits/said.ts";
import { RunningClocks } from "../clocks/running-clocks.tsx";
import { FeedAges } from "../findings/feed-ages.tsx";
import { LoadingRows } from "../kit/loading.tsx";
import { Section } from "../kit/section.tsx";
import { SeverityBar } from "../kit/severity-bar.tsx";
import { Sparkline } from "../kit/sparkline.tsx";
import { When } from "../kit/when.tsx";
import { counted } from "../kit/words.ts";
import { ChangeDevice } from "./change-device.tsx";
import { FdaSection } from "./fda/fda-section.tsx";
import { FunctionList } from "./function-list.tsx";
import { Interfaces } from "./interfaces.tsx";
import { ReleaseContext } from "./release-context.tsx";
import { ReleaseFacts } from "./release-facts.tsx";
import { SupportSection } from "./support/support-section.tsx";
import { Units } from "./units.tsx";
import { useRelease } from "./use-release.ts";

/** The release at a glance: what is open, what it does for a patient, where it can be reached, and where it runs. */
export function OverviewTab() {
  const { deviceId, releaseId, device, release } = useRelease();
  const may = useMay();
  const [changing, setChanging] = useState(false);
  const history = useQuery(ask.devices.history.queryOptions({ input: { id: deviceId, limit: 6 } }));
  if (device.data === undefined || release.data === undefined) return <LoadingRows rows={8} />;
  const { counts, trend, assessedAt } = release.data;
  return (
    <div className="overview">
      <div>
        <Section
          title="Open findings"
          count={counts?.open}
          actions={
            <Link to="/devices/$deviceId/findings" params={{ deviceId }} search={{ release: releaseId }}>
              All findings
            </Link>
          }
        >
          {counts === null ? (
            <p className="quiet">
              {release.data.components === null ? "Not known without an SBOM." : "Not compared with advisories yet."}
            </p>
          ) : (
            <div className="glance">
              <SeverityBar counts={counts} />
              <Sparkline trend={trend} />
            </div>
          )}
          {assessedAt !== null && (
            <p className="quiet">
              Compared with advisories <When at={assessedAt} time />
            </p>
          )}
          {counts !== null && <FeedAges />}
        </Section>
        <Section
          title="What it does, and what could happen"
          actions={
            may("device:write") && (
              <Button size="compact-sm" variant="subtle" onClick={() => setChanging(true)}>
                Edit
              </Button>
            )
          }
        >
          {device.data.intendedUse !== "" && <p className="intended">{device.data.intendedUse}</p>}
          <FunctionList functions={device.data.functions} />
        </Section>
        {releaseId !== undefined && <SupportSection deviceId={deviceId} releaseId={releaseId} />}
        <FdaSection deviceId={deviceId} />
        <Interfaces release={release.data} mayChange={may("device:write")} />
        <Units deviceId={deviceId} release={release.data} mayChange={may("unit:write")} />
      </div>
      <div>
        <RunningClocks deviceId={deviceId} />
        <ReleaseFacts release={release.data} mayChange={may("device:write")} />
        <ReleaseContext release={release.data} mayChange={may("device:write")} />
        <Section
          title="Last changes"
          actions={
            <Link to="/devices/$deviceId/history" params={{ deviceId }} search={{ release: releaseId }}>
              History
            </Link>
          }
        >
          {history.data === undefined ? (
            <LoadingRows rows={4} />
          ) : (
            <ol className="timeline">
              {history.data.items.map((entry) => (
                <li key={entry.sequence}>
                  <b>{actionText(entry.action)}</b>
                  {entry.subject.type !== "release" && entry.subject.name !== null && (
                    <span className="timeline-name">{entry.subject.name}</span>
                  )}
                  <small>
                    {entry.actor.name}, <When at={entry.at} />
                  </small>
                </li>
              ))}
              {history.data.items.length === 0 && <li className="quiet">{counted(0, "change")}</li>}
            </ol>
          )}
        </Section>
      </div>
      {changing && <ChangeDevice device={device.data} onClose={() => setChanging(false)} />}
    </div>
  );
}
