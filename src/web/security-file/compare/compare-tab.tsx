import { Button, Select } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Device } from "../../../features/devices/schema.ts";
import { useMay } from "../../api/me.ts";
import { AddRelease } from "../../devices/add-release.tsx";
import { useRelease } from "../../devices/use-release.ts";
import { Empty } from "../../kit/empty.tsx";
import { LoadingRows } from "../../kit/loading.tsx";
import { ProblemNotice } from "../../kit/problem-notice.tsx";
import { useStoredFile } from "../use-security-file.ts";
import { Compared } from "./compared.tsx";
import { CopyFile } from "./copy-file.tsx";

const route = getRouteApi("/in/devices/$deviceId/design/compare");

/** What changed in the security file since another release, what no longer holds, and what the FDA asks then. */
export function CompareTab() {
  const { releaseId, device } = useRelease();
  const { with: wanted } = route.useSearch();
  if (device.data === undefined) return <LoadingRows rows={8} />;
  const { releaseList } = device.data;
  const at = releaseList.findIndex(({ id }) => id === releaseId);
  const here = releaseList[at];
  if (here === undefined) return <LoadingRows rows={8} />;
  // The list has the newest first: the one before is the next.
  const others = releaseList.filter(({ id }) => id !== here.id);
  const other = others.find(({ id }) => id === wanted) ?? releaseList[at + 1] ?? others[0];
  if (other === undefined) return <OneRelease device={device.data} version={here.version} />;
  return <Pair device={device.data.name} here={here} other={other} others={others} />;
}

interface Release {
  id: string;
  version: string;
}

function Pair({
  device,
  here,
  other,
  others,
}: {
  device: string;
  here: Release;
  other: Release;
  others: readonly Release[];
}) {
  const mayEdit = useMay()("security-file:write");
  const navigate = route.useNavigate();
  const after = useStoredFile(here.id);
  const before = useStoredFile(other.id);
  const failed = [after, before].find(({ error, data }) => error !== null && data === undefined);
  return (
    <div className="compare">
      <div className="filters compare-choose">
        <Select
          label="Compare with release"
          w={240}
          allowDeselect={false}
          data={others.map(({ id, version }) => ({ value: id, label: version }))}
          value={other.id}
          onChange={(value) =>
            void navigate({
              search: (was) => ({ ...was, with: value ?? undefined }),
              replace: true,
              resetScroll: false,
            })
          }
        />
        <Link
          from="/devices/$deviceId/design/compare"
          to="/devices/$deviceId/design"
          search={(was) => (was.release === undefined ? {} : { release: was.release })}
        >
          Back to the design
        </Link>
      </div>
      {failed !== undefined && <ProblemNotice error={failed.error} onRetry={failed.refetch} />}
      {failed === undefined &&
        (after.data === undefined || before.data === undefined ? (
          <LoadingRows rows={8} />
        ) : after.data.file !== null && before.data.file !== null ? (
          <Compared device={device} here={here} other={other} before={before.data.file} after={after.data.file} />
        ) : after.data.file === null ? (
          <Empty title={`Release ${here.version} has no security file yet`}>
            {before.data.file === null ? (
              <p>Neither has {other.version}. Begin one on the Design tab, or choose another release above.</p>
            ) : (
              <>
                <p>
                  A release begins with what the one before was. Take the file of {other.version} over, change what is
                  different now, and this page says what follows from it.
                </p>
                {mayEdit && <CopyFile from={other} to={here} />}
              </>
            )}
          </Empty>
        ) : (
          <Empty title={`Release ${other.version} has no security file`}>
            <p>
              What changed can be said only when both are known. Choose another release above, or begin {other.version}{" "}
              with this file and take back in it what came later.
            </p>
            {mayEdit && <CopyFile from={here} to={other} />}
          </Empty>
        ))}
    </div>
  );
}

function OneRelease({ device, version }: { device: Device; version: string }) {
  const mayAdd = useMay()("device:write");
  const [adding, setAdding] = useState(false);
  return (
    <Empty title={`${version} is the only release so far`}>
      <p>
        When the next one is added, it can start from this security file. This page then says what changed, which tests
        and acceptances no longer hold, and which documents the FDA asks for.
      </p>
      {mayAdd && <Button onClick={() => setAdding(true)}>Add a release</Button>}
      {adding && <AddRelease device={device} onClose={() => setAdding(false)} />}
    </Empty>
  );
}
