import { changeDevice } from "../features/devices/devices.ts";
import type { DeviceChange } from "../features/devices/schema.ts";
import { shiftHarm } from "../features/intel/intel.ts";
import type { Scope, Trx } from "../platform/db.ts";

/** A device changed: when the worst harm of its functions is another one now, its findings move in every list. */
export const deviceChanged = (trx: Trx, scope: Scope, id: string, change: DeviceChange, now: Date): Promise<void> =>
  changeDevice(trx, scope, id, change, now, (from, to) => shiftHarm(trx, scope, id, from, to));
