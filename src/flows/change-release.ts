import {
  addRelease,
  getRelease,
  recordOnDevices,
  takeRelease,
  writeReleaseChange,
} from "../features/devices/devices.ts";
import type { NewRelease, ReleaseChange } from "../features/devices/schema.ts";
import { interfacesOf } from "../features/security-file/design/interfaces.ts";
import { loadFile } from "../features/security-file/security-file.ts";
import { Fault } from "../lib/fault.ts";
import type { Scope, Trx } from "../platform/db.ts";
import { doubtCarried } from "./carry-over.ts";
import { copySecurityFile } from "./change-security-file.ts";
import { askMatch } from "./match-device.ts";

/** A device gets a release. What it is copied from gives it its interfaces, its surroundings and its security file. */
export async function releaseAdded(
  trx: Trx,
  scope: Scope,
  deviceId: string,
  input: NewRelease,
  now: Date,
): Promise<string> {
  const id = await addRelease(trx, scope, deviceId, input, now);
  const from = input.copyFrom;
  if (from !== undefined && (await loadFile(trx, scope, from)).revision > 0)
    await copySecurityFile(trx, scope, { releaseId: id, from }, now);
  await askMatch(trx, scope, deviceId);
  return id;
}

/**
 * Somebody changed a release. Fault `conflict` when somebody else did meanwhile, or when interfaces are changed that its security file
 * declares.
 */
export async function releaseChanged(
  trx: Trx,
  scope: Scope,
  id: string,
  change: ReleaseChange,
  now: Date,
): Promise<void> {
  const before = await takeRelease(trx, scope, id);
  if (change.interfaces !== undefined && interfacesOf((await loadFile(trx, scope, id)).file).length > 0)
    throw new Fault("conflict", "The release's security file declares its interfaces", {
      at: "interfaces",
      fix: "Change them there: under Design, or in the file",
    });
  await writeReleaseChange(trx, scope, before, change);
  if (change.version !== undefined) await askMatch(trx, scope, before.deviceId);
  const after = await getRelease(trx, scope, id);
  await recordOnDevices(trx, scope, [
    {
      action: "release.changed",
      subject: { type: "release", id },
      before,
      after,
      deviceId: before.deviceId,
      releaseId: id,
    },
  ]);
  await doubtCarried(trx, scope, before, after, now);
}
