import { changeDevice } from "../features/devices/devices.ts";
import type { DeviceChange } from "../features/devices/schema.ts";
import { moveFindings } from "../features/intel/intel.ts";
import { reachedHarm } from "../features/risk/harm/reached-harm.ts";
import type { Scope, Trx } from "../platform/db.ts";

/** A device changed: when its functions are other ones now, its findings move in every list to where the worst harm puts them. */
export const deviceChanged = (trx: Trx, scope: Scope, id: string, change: DeviceChange, now: Date): Promise<void> =>
  changeDevice(trx, scope, id, change, now, (functions) =>
    moveFindings(trx, scope, { deviceId: id }, reachedHarm(functions, null)),
  );
