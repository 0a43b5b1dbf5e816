import { useQuery } from "@tanstack/react-query";
import { ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { useRelease } from "../devices/use-release.ts";
import { LoadingRows } from "../kit/loading.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { NoFile } from "../security-file/no-file.tsx";
import { useEditor, useStoredFile } from "../security-file/use-security-file.ts";
import { Controls } from "./controls.tsx";

/** Which controls a release has, how they are proven, and how everything hangs together from a threat to the labeling. */
export function ControlsTab() {
  const { releaseId, device } = useRelease();
  if (releaseId === undefined || device.data === undefined) return <LoadingRows rows={8} />;
  return <OfRelease key={releaseId} releaseId={releaseId} device={device.data.name} />;
}

function OfRelease({ releaseId, device }: { releaseId: string; device: string }) {
  const may = useMay();
  const stored = useStoredFile(releaseId);
  const chosen = useQuery(ask.controls.chosen.queryOptions({ input: { releaseId } }));
  const judged = useQuery(ask.securityFile.judged.queryOptions({ input: { releaseId } }));
  const kept = stored.data?.file == null ? null : { ...stored.data, file: stored.data.file };
  const edited = useEditor(releaseId, kept);
  const error = stored.error ?? chosen.error;
  if (error !== null) return <ProblemNotice error={error} onRetry={stored.refetch} />;
  if (stored.data === undefined || chosen.data === undefined) return <LoadingRows rows={8} />;
  const mayEdit = may("security-file:write");
  if (edited === null) return <NoFile releaseId={releaseId} device={device} mayEdit={mayEdit} />;
  return (
    <Controls
      releaseId={releaseId}
      chosen={chosen.data}
      editor={edited.editor}
      editing={edited.editing}
      judged={judged.data?.file ?? null}
      mayEdit={mayEdit}
      mayImport={may("catalog:manage")}
    />
  );
}
