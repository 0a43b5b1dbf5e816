import { useQuery } from "@tanstack/react-query";
import { ask } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { useRelease } from "../../devices/use-release.ts";
import { LoadingRows } from "../../kit/loading.tsx";
import { ProblemNotice } from "../../kit/problem-notice.tsx";
import { NoFile } from "../no-file.tsx";
import { useEditor, useStoredFile } from "../use-security-file.ts";
import { Design } from "./design.tsx";

/** How the release is built: its four architecture views, drawn from the security file and edited on it. */
export function DesignTab() {
  const { releaseId, device, release } = useRelease();
  if (releaseId === undefined || device.data === undefined || release.data === undefined)
    return <LoadingRows rows={8} />;
  return <OfRelease key={releaseId} releaseId={releaseId} device={device.data.name} version={release.data.version} />;
}

function OfRelease({ releaseId, device, version }: { releaseId: string; device: string; version: string }) {
  const may = useMay();
  const stored = useStoredFile(releaseId);
  const kept = stored.data?.file == null ? null : { ...stored.data, file: stored.data.file };
  const edited = useEditor(releaseId, kept);
  const check = useQuery(
    ask.securityFile.check.queryOptions({ input: { releaseId }, enabled: kept !== null, staleTime: 5_000 }),
  );
  const mayEdit = may("security-file:write");
  if (stored.error !== null && stored.data === undefined)
    return <ProblemNotice error={stored.error} onRetry={stored.refetch} />;
  if (stored.data === undefined) return <LoadingRows rows={8} />;
  if (edited === null) return <NoFile releaseId={releaseId} device={device} mayEdit={mayEdit} />;
  return (
    <Design
      releaseId={releaseId}
      caption={`${device} ${version}`}
      editor={edited.editor}
      editing={edited.editing}
      mayEdit={mayEdit}
      problems={check.data?.problems ?? []}
    />
  );
}
