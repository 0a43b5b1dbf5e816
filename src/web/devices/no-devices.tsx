import { Button } from "@mantine/core";
import { CopyLine } from "../kit/copy-line.tsx";
import { Empty } from "../kit/empty.tsx";

export function NoDevices({ mayAdd, onAdd }: { mayAdd: boolean; onAdd: () => void }) {
  return (
    <Empty title="No device yet">
      <p>
        A device is a product you make or run. Give it a release and the release an SBOM: Cordon then compares every
        part with the advisories, and says what that means for a patient.
      </p>
      <p>To see it on a file first, without adding anything:</p>
      <CopyLine text="./cordon assess PATH --intel intel.db" />
      {mayAdd && (
        <Button mt={14} onClick={onAdd}>
          Add a device
        </Button>
      )}
    </Empty>
  );
}
