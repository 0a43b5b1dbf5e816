import { Button } from "@mantine/core";
import { useState } from "react";
import type { Device } from "../../features/devices/schema.ts";
import { Empty } from "../kit/empty.tsx";
import { AddRelease } from "./add-release.tsx";

export function FirstRelease({ device, mayAdd }: { device: Device; mayAdd: boolean }) {
  const [adding, setAdding] = useState(false);
  return (
    <Empty title="No release yet">
      <p>
        A release is one version of {device.name}: what is built, submitted, shipped and one day withdrawn. Its SBOM,
        findings and history belong to it.
      </p>
      {mayAdd && <Button onClick={() => setAdding(true)}>Add the first release</Button>}
      {adding && <AddRelease device={device} onClose={() => setAdding(false)} />}
    </Empty>
  );
}
