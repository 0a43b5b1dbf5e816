import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { PartChange, SbomUpload } from "../../../features/devices/parts/schema.ts";
import type { Device } from "../../../features/devices/schema.ts";
import { ask } from "../../api/client.ts";
import { Empty } from "../../kit/empty.tsx";
import { LoadingRows } from "../../kit/loading.tsx";
import { ProblemNotice } from "../../kit/problem-notice.tsx";
import { dateText } from "../../kit/time.ts";
import { VirtualRows } from "../../kit/virtual-rows.tsx";

interface Props {
  device: Device;
  uploads: readonly SbomUpload[];
  after: string | undefined;
  before: string | undefined;
  onChange: (part: { sbom?: string | undefined; before?: string | undefined }) => void;
}

const COLUMNS = [{ name: "Change" }, { name: "Part" }, { name: "Was" }, { name: "Is" }];
const SIGN: Record<PartChange["kind"], { sign: string; word: string }> = {
  added: { sign: "+", word: "Added" },
  removed: { sign: "−", word: "Removed" },
  version: { sign: "~", word: "Version" },
  supplier: { sign: "~", word: "Supplier" },
  license: { sign: "~", word: "Licence" },
  hash: { sign: "~", word: "Hash" },
};

/** What changed between two SBOMs: of this release, or against the current one of another. */
export function Difference({ device, uploads, after, before, onChange }: Props) {
  const now = new Date();
  const own = uploads.map((upload) => ({
    value: upload.id,
    label: `${upload.fileName}, ${dateText(upload.uploadedAt, now, true)}${upload.current ? " (current)" : ""}`,
  }));
  const others = device.releaseList.flatMap(({ sbomId, version }) =>
    sbomId === null || uploads.some(({ id }) => id === sbomId) ? [] : [{ value: sbomId, label: `Release ${version}` }],
  );
  const to = after ?? uploads.find(({ current }) => current)?.id ?? uploads[0]?.id;
  const from = before ?? others[0]?.value ?? own.find(({ value }) => value !== to)?.value;
  const difference = useQuery(
    ask.parts.difference.queryOptions({
      input: { id: to ?? "", before: from ?? "" },
      enabled: to !== undefined && from !== undefined,
    }),
  );
  if (from === undefined)
    return (
      <Empty title="Only one SBOM so far">
        <p>Upload the next one, or give another release its SBOM: then this page says what came, went and changed.</p>
      </Empty>
    );
  const { data } = difference;
  return (
    <>
      <div className="filters">
        <Select
          label="Before"
          w={300}
          allowDeselect={false}
          data={[
            { group: "Other releases", items: others },
            { group: "This release", items: own },
          ].filter(({ items }) => items.length > 0)}
          value={from}
          onChange={(value) => onChange({ before: value ?? undefined })}
        />
        <Select
          label="After"
          w={300}
          allowDeselect={false}
          data={own}
          value={to ?? null}
          onChange={(value) => onChange({ sbom: value ?? undefined })}
        />
      </div>
      {difference.error !== null && <ProblemNotice error={difference.error} onRetry={difference.refetch} />}
      {difference.isPending && <LoadingRows rows={8} />}
      {data !== undefined && (
        <>
          <p className="difference-sum num" role="status">
            <b>+{data.added.toLocaleString("en")}</b> added <b>−{data.removed.toLocaleString("en")}</b> removed{" "}
            <b>~{data.changed.toLocaleString("en")}</b> changed{" "}
            <span className="quiet">{data.unchanged.toLocaleString("en")} unchanged</span>
          </p>
          {data.changes.length > 0 && (
            <VirtualRows<PartChange>
              label="Difference"
              className="rows-difference"
              columns={COLUMNS}
              rows={data.changes}
              count={data.changes.length}
              keyOf={(change) => JSON.stringify(change)}
              rowHeight={42}
              cells={(change) => {
                const { sign, word } = SIGN[change.kind];
                return [
                  <span key="kind" className={`change change-${change.kind}`}>
                    <b aria-hidden="true">{sign}</b> {word}
                  </span>,
                  <b key="part">{change.after?.name ?? change.before?.name}</b>,
                  <span key="was" className="num cell-dim">
                    {change.kind === "added" ? "" : (change.from ?? change.before?.version ?? "none")}
                  </span>,
                  <span key="is" className="num">
                    {change.kind === "removed" ? "" : (change.to ?? change.after?.version ?? "none")}
                  </span>,
                ];
              }}
            />
          )}
          {data.truncated && <p className="quiet">More changes than are listed here.</p>}
        </>
      )}
    </>
  );
}
