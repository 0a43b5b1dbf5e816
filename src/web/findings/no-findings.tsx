import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Release } from "../../features/devices/schema.ts";
import { CopyLine } from "../kit/copy-line.tsx";
import { Empty } from "../kit/empty.tsx";

interface Props {
  release: Release | undefined;
  filtered: boolean;
  onReset: () => void;
  onAll: () => void;
}

/** Nothing found, nothing that fits the filter, and nothing looked at are three different things. */
export function NoFindings({ release, filtered, onReset, onAll }: Props) {
  if (filtered)
    return (
      <Empty title="No finding fits this filter">
        <Button variant="default" size="xs" onClick={onReset}>
          Show all open findings
        </Button>
      </Empty>
    );
  if (release !== undefined && release.components === null)
    return (
      <Empty title="No SBOM, so nothing can be found">
        <p>
          Give release {release.version} an SBOM under{" "}
          <Link to="/devices/$deviceId/parts" params={{ deviceId: release.deviceId }} search={{ release: release.id }}>
            Parts
          </Link>
          .
        </p>
      </Empty>
    );
  if (release !== undefined && release.counts === null)
    return (
      <Empty title="Not compared with advisories yet">
        <p>
          The parts are known, the advisories are not. Add a source under{" "}
          <Link to="/threats/feeds">Threats, feeds</Link>, or build an index where the feeds are:
        </p>
        <CopyLine text="./cordon intel build --from PATH --out intel.db" />
      </Empty>
    );
  return (
    <Empty title="No open finding" good>
      <Button variant="subtle" size="compact-sm" onClick={onAll} mt={4}>
        Show the decided ones
      </Button>
    </Empty>
  );
}
