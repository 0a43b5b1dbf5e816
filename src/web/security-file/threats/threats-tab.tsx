import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { removal } from "../../../features/security-file/edit/removal.ts";
import { ask } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { useRelease } from "../../devices/use-release.ts";
import { LoadingRows } from "../../kit/loading.tsx";
import { say } from "../../kit/notify.tsx";
import { ProblemNotice } from "../../kit/problem-notice.tsx";
import { ItemPanel } from "../design/item-panel.tsx";
import type { Editing, Editor } from "../editor.ts";
import { NoFile } from "../no-file.tsx";
import { SaveProblem, SaveState } from "../save-state.tsx";
import { useEditor, useStoredFile } from "../use-security-file.ts";
import { CheckList } from "./check-list.tsx";
import { openProposals } from "./open-proposals.ts";
import { ThreatList } from "./threat-list.tsx";
import { ToAnswer } from "./to-answer.tsx";

const route = getRouteApi("/in/devices/$deviceId/threats");

/** What can go wrong with the release: threats proposed from its design, those that were answered, and what its file does not say. */
export function ThreatsTab() {
  const { releaseId, device, release } = useRelease();
  if (releaseId === undefined || device.data === undefined || release.data === undefined)
    return <LoadingRows rows={8} />;
  return <OfRelease key={releaseId} releaseId={releaseId} device={device.data.name} />;
}

function OfRelease({ releaseId, device }: { releaseId: string; device: string }) {
  const may = useMay();
  const stored = useStoredFile(releaseId);
  const kept = stored.data?.file == null ? null : { ...stored.data, file: stored.data.file };
  const edited = useEditor(releaseId, kept);
  const mayEdit = may("security-file:write");
  if (stored.error !== null && stored.data === undefined)
    return <ProblemNotice error={stored.error} onRetry={stored.refetch} />;
  if (stored.data === undefined) return <LoadingRows rows={8} />;
  if (edited === null) return <NoFile releaseId={releaseId} device={device} mayEdit={mayEdit} />;
  return <Threats releaseId={releaseId} mayEdit={mayEdit} {...edited} />;
}

interface Props {
  releaseId: string;
  editor: Editor;
  editing: Editing;
  mayEdit: boolean;
}

function Threats({ releaseId, editor, editing, mayEdit }: Props) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { file } = editing;
  const input = { input: { releaseId } };
  const proposed = useQuery(ask.securityFile.proposals.queryOptions(input));
  const check = useQuery(ask.securityFile.check.queryOptions({ ...input, staleTime: 5_000 }));
  const problems = check.data?.problems ?? [];
  const open = useMemo(() => openProposals(proposed.data, file), [proposed.data, file]);
  const change = useCallback(
    (part: Partial<typeof search>) =>
      void navigate({ search: (was) => ({ ...was, ...part }), replace: true, resetScroll: false }),
    [navigate],
  );
  const openItem = useCallback((item: string | undefined) => change({ item, proposal: undefined }), [change]);
  const close = useCallback(() => change({ item: undefined, proposal: undefined }), [change]);
  const light = (id: string) =>
    void navigate({
      to: "/devices/$deviceId/design",
      search: ({ release }) => ({ light: id, ...(release === undefined ? {} : { release }) }),
    });
  const remove = (id: string) => {
    editor.apply(removal(file, [id]).edit);
    close();
    say("Removed. z brings it back.");
  };
  const show = search.show ?? "answer";
  const hasPanel = search.item !== undefined || (show === "answer" && search.proposal !== undefined);
  return (
    <div className="sf-threats">
      <div className="filters">
        <SegmentedControl
          size="xs"
          aria-label="Show"
          className="segments"
          data={[
            {
              value: "answer",
              label: counting("To answer", proposed.data === undefined ? null : open.proposals.length),
            },
            { value: "threats", label: counting("Threats", file.threats.length) },
            { value: "check", label: counting("What is missing", check.data === undefined ? null : problems.length) },
          ]}
          value={show}
          onChange={(value) =>
            change({
              show: value === "answer" ? undefined : (value as typeof search.show),
              item: undefined,
              proposal: undefined,
            })
          }
        />
        <div className="filters-end">
          <SaveState editing={editing} />
        </div>
      </div>
      <SaveProblem editor={editor} editing={editing} />
      {proposed.error !== null && <ProblemNotice error={proposed.error} onRetry={proposed.refetch} />}
      {check.error !== null && <ProblemNotice error={check.error} onRetry={check.refetch} />}
      <div className={`split${hasPanel ? " split-open" : ""}`}>
        {show === "answer" && proposed.isPending && <LoadingRows rows={8} />}
        {show === "answer" && proposed.data !== undefined && (
          <ToAnswer
            file={file}
            open={open}
            editor={editor}
            mayEdit={mayEdit}
            opened={search.proposal ?? null}
            onOpen={(id) => change({ proposal: id ?? undefined, item: undefined })}
            onItem={openItem}
          />
        )}
        {show === "threats" && <ThreatList file={file} item={search.item} onOpen={openItem} />}
        {show === "check" && check.data !== undefined && (
          <CheckList problems={problems} item={search.item} onOpen={openItem} />
        )}
        {search.item !== undefined && (
          <ItemPanel
            file={file}
            id={search.item}
            mayEdit={mayEdit}
            problems={problems}
            onOpen={openItem}
            onLight={light}
            onClose={close}
            onEdit={editor.apply}
            onRemove={remove}
          />
        )}
      </div>
    </div>
  );
}

const counting = (word: string, count: number | null) => (
  <>
    {word}
    {count !== null && <span className="num sf-count">{count}</span>}
  </>
);
