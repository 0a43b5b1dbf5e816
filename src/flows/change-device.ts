import { changeDevice } from "../features/devices/devices.ts";
import type { DeviceChange, DeviceFunction } from "../features/devices/schema.ts";
import { moveFindings } from "../features/intel/intel.ts";
import { reachedHarm } from "../features/risk/harm/reached-harm.ts";
import { risks } from "../features/risk/risk.ts";
import { filesOfDevice } from "../features/security-file/security-file.ts";
import type { Scope, Trx } from "../platform/db.ts";
import { askMoveToHarm } from "./move-to-harm.ts";

/** A device changed: when its functions are other ones now, its findings move in every list to where the worst harm puts them. */
export const deviceChanged = (trx: Trx, scope: Scope, id: string, change: DeviceChange, now: Date): Promise<void> =>
  changeDevice(trx, scope, id, change, now, (functions) => moveAll(trx, scope, id, functions));

/** Parts of which it is recorded what they reach are judged alone, and so are releases with a security file: those by a job. */
async function moveAll(trx: Trx, scope: Scope, deviceId: string, functions: readonly DeviceFunction[]): Promise<void> {
  const facts = await risks.reachOfDevice(trx, scope, deviceId);
  const exceptReleases = await filesOfDevice(trx, scope, deviceId);
  await moveFindings(trx, scope, { deviceId, except: facts, exceptReleases }, reachedHarm(functions, null));
  for (const { releaseId, identity, functions: only } of facts)
    if (!exceptReleases.includes(releaseId))
      await moveFindings(trx, scope, { deviceId, component: { releaseId, identity } }, reachedHarm(functions, only));
  for (const releaseId of exceptReleases) await askMoveToHarm(trx, scope, releaseId);
}
