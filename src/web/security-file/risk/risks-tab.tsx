import { useQuery } from "@tanstack/react-query";
import { ask } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { useRelease } from "../../devices/use-release.ts";
import { LoadingRows } from "../../kit/loading.tsx";
import { ProblemNotice } from "../../kit/problem-notice.tsx";
import { NoFile } from "../no-file.tsx";
import { useEditor, useStoredFile } from "../use-security-file.ts";
import { Risks } from "./risks.tsx";

/** What can go wrong with a release, what it does to a patient, and what is left of it. */
export function RisksTab() {
  const { releaseId, device, release } = useRelease();
  if (releaseId === undefined || device.data === undefined || release.data === undefined)
    return <LoadingRows rows={8} />;
  return <OfRelease key={releaseId} releaseId={releaseId} device={device.data.name} version={release.data.version} />;
}

function OfRelease({ releaseId, device, version }: { releaseId: string; device: string; version: string }) {
  const mayEdit = useMay()("security-file:write");
  const stored = useStoredFile(releaseId);
  const weighed = useQuery(ask.securityFile.risks.queryOptions({ input: { releaseId } }));
  const kept = stored.data?.file == null ? null : { ...stored.data, file: stored.data.file };
  const edited = useEditor(releaseId, kept);
  const error = stored.error ?? weighed.error;
  if (error !== null && (stored.data === undefined || weighed.data === undefined))
    return <ProblemNotice error={error} onRetry={stored.refetch} />;
  if (stored.data === undefined || weighed.data === undefined) return <LoadingRows rows={8} />;
  if (edited === null) return <NoFile releaseId={releaseId} device={device} mayEdit={mayEdit} />;
  return <Risks {...edited} fallback={weighed.data.matrix} caption={`${device} ${version}`} mayEdit={mayEdit} />;
}
