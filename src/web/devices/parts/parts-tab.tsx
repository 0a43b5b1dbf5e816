import { Button, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { ask } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { CopyLine } from "../../kit/copy-line.tsx";
import { DropZone } from "../../kit/drop-zone.tsx";
import { Empty } from "../../kit/empty.tsx";
import { LoadingRows } from "../../kit/loading.tsx";
import { useRelease } from "../use-release.ts";
import { VexView } from "../vex/vex-view.tsx";
import { Difference } from "./difference.tsx";
import { PartPanel } from "./part-panel.tsx";
import { PartTable } from "./part-table.tsx";
import { PartTree } from "./part-tree.tsx";
import { Quality } from "./quality.tsx";
import { UploadReport } from "./upload-report.tsx";
import { Uploads } from "./uploads.tsx";
import { useUpload } from "./use-upload.ts";

const route = getRouteApi("/in/devices/$deviceId/parts");
const VIEWS = [
  { value: "table", label: "Table" },
  { value: "tree", label: "Tree" },
  { value: "quality", label: "Quality" },
  { value: "difference", label: "Difference" },
  { value: "uploads", label: "Uploads" },
  { value: "vex", label: "VEX" },
] as const;
type View = (typeof VIEWS)[number]["value"];

/** What the release is made of: as a table, as a tree, how complete the SBOM is, and what changed. */
export function PartsTab() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay();
  const { deviceId, releaseId, release, device } = useRelease();
  const uploads = useQuery(
    ask.parts.uploads.queryOptions({ input: { id: releaseId ?? "" }, enabled: releaseId !== undefined }),
  );
  const { state, send, cancel, dismiss } = useUpload(releaseId);
  const [adding, setAdding] = useState(false);
  const change = useCallback(
    (part: Partial<typeof search>) =>
      void navigate({ search: (was) => ({ ...was, ...part }), replace: true, resetScroll: false }),
    [navigate],
  );
  const close = useCallback(() => change({ part: undefined }), [change]);
  if (releaseId === undefined || uploads.data === undefined || release.data === undefined)
    return <LoadingRows rows={10} />;
  const view: View = search.view ?? "table";
  const none = uploads.data.items.length === 0;
  const current = uploads.data.items.find((upload) => upload.current);
  const isSending = state.step === "sending" || state.step === "reading";
  const line = `./cordon sbom upload sbom.json --release ${releaseId} --server ${location.origin}`;
  return (
    <>
      <UploadReport state={state} deviceId={deviceId} releaseId={releaseId} onCancel={cancel} onDismiss={dismiss} />
      {none &&
        (may("sbom:upload") ? (
          <>
            <DropZone onFile={(file) => void send(file)} disabled={isSending} />
            <div className="teach">
              <p>Or from a pipeline, with an API key in CORDON_API_KEY (People, API keys):</p>
              <CopyLine text={line} />
            </div>
          </>
        ) : (
          <Empty title="No SBOM yet">
            <p>
              A product security engineer or an engineer uploads it. Until then nobody can say what this release is made
              of.
            </p>
          </Empty>
        ))}
      {!none && (
        <>
          <div className="filters">
            <SegmentedControl
              size="xs"
              aria-label="View"
              className="segments"
              data={[...VIEWS]}
              value={view}
              onChange={(value) => change({ view: VIEWS.find((v) => v.value === value)?.value, part: undefined })}
            />
            {may("sbom:upload") && view !== "vex" && (
              <div className="filters-end">
                <Button size="xs" variant="default" onClick={() => setAdding(!adding)} aria-expanded={adding}>
                  Upload an SBOM
                </Button>
              </div>
            )}
          </div>
          {adding && (
            <DropZone
              disabled={isSending}
              onFile={(file) => {
                setAdding(false);
                void send(file);
              }}
            />
          )}
          {view === "quality" && current !== undefined && (
            <Quality upload={current} onShow={(missing) => change({ view: "table", missing })} />
          )}
          {view === "difference" && device.data !== undefined && (
            <Difference
              device={device.data}
              uploads={uploads.data.items}
              after={search.sbom}
              before={search.before}
              onChange={change}
            />
          )}
          {view === "vex" && <VexView deviceId={deviceId} releaseId={releaseId} />}
          {view === "uploads" && <Uploads uploads={uploads.data.items} />}
          {(view === "table" || view === "tree") && (
            <div className={`split${search.part === undefined ? "" : " split-open"}`}>
              {view === "table" ? (
                <PartTable releaseId={releaseId} search={search} onChange={change} />
              ) : (
                <PartTree releaseId={releaseId} opened={search.part} onOpen={(part) => change({ part: part.id })} />
              )}
              {search.part !== undefined && (
                <PartPanel
                  deviceId={deviceId}
                  releaseId={releaseId}
                  part={search.part}
                  onOpen={(part) => change({ part })}
                  onClose={close}
                />
              )}
            </div>
          )}
        </>
      )}
    </>
  );
}
