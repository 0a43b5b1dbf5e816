import { Skeleton } from "@mantine/core";
import { Outlet } from "@tanstack/react-router";
import { useState } from "react";
import type { Phase } from "../../features/devices/schema.ts";
import { useMay } from "../api/me.ts";
import { HarmBadge, worstHarm } from "../kit/badges.tsx";
import { LoadingPage } from "../kit/loading.tsx";
import { PhaseStrip } from "../kit/phase-strip.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { SafetySentence } from "../kit/safety-sentence.tsx";
import { DevicePicture } from "./device-picture.tsx";
import { DeviceTabs } from "./device-tabs.tsx";
import { EnterPhase } from "./enter-phase.tsx";
import { FirstRelease } from "./first-release.tsx";
import { ReleaseSwitch } from "./release-switch.tsx";
import { useRelease } from "./use-release.ts";

/** The heart: one device, one release, the safety sentence, and the proof in tabs. */
export function DevicePage() {
  const { deviceId, releaseId, device, release } = useRelease();
  const may = useMay();
  const [entering, setEntering] = useState<Phase | null>(null);
  if (device.error !== null && device.data === undefined)
    return (
      <div className="page">
        <ProblemNotice error={device.error} onRetry={device.refetch} />
      </div>
    );
  if (device.data === undefined) return <LoadingPage />;
  const harm = worstHarm(device.data.functions);
  return (
    <div className="page page-wide">
      <header className="device-head">
        <DevicePicture functions={device.data.functions} size={52} />
        <div className="device-name">
          <h1>{device.data.name}</h1>
          <p className="question">
            {[device.data.manufacturer, device.data.model, device.data.ownerTeam && `${device.data.ownerTeam} owns it`]
              .filter((part) => part !== "")
              .join(" · ")}
          </p>
        </div>
        <div className="device-head-end">
          {harm !== null && <HarmBadge harm={harm} />}
          <ReleaseSwitch device={device.data} releaseId={releaseId} mayAdd={may("device:write")} />
        </div>
      </header>
      {device.data.releaseList.length === 0 ? (
        <FirstRelease device={device.data} mayAdd={may("device:write")} />
      ) : (
        <>
          {release.error !== null && <ProblemNotice error={release.error} onRetry={release.refetch} />}
          {release.data === undefined ? (
            <div className="device-wait">
              <Skeleton height={36} radius={4} mb={22} />
              <Skeleton height={28} width="70%" radius={4} />
            </div>
          ) : (
            <div className="device-wait">
              <PhaseStrip
                phase={release.data.phase}
                changes={release.data.phases}
                onEnter={may("release:phase") ? setEntering : undefined}
              />
              <SafetySentence sentence={release.data.sentence} deviceId={deviceId} releaseId={releaseId} />
            </div>
          )}
          <DeviceTabs open={release.data?.counts?.open} parts={release.data?.components} />
          <Outlet />
        </>
      )}
      {entering !== null && release.data !== undefined && (
        <EnterPhase release={release.data} phase={entering} onClose={() => setEntering(null)} />
      )}
    </div>
  );
}
