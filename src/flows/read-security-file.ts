import { getRelease } from "../features/devices/devices.ts";
import type { ChangeMade } from "../features/security-file/change/schema.ts";
import { changesMade, type Loaded, loadFile } from "../features/security-file/security-file.ts";
import type { Scope, Trx } from "../platform/db.ts";

/** The security file of a release; an empty one at revision 0 where there is none. Fault `not_found` for an unknown release. */
export async function readSecurityFileOf(trx: Trx, scope: Scope, releaseId: string): Promise<Loaded> {
  await getRelease(trx, scope, releaseId);
  return loadFile(trx, scope, releaseId);
}

/** What was changed in a release's file, newest first, below a revision. */
export async function changesOfSecurityFile(
  trx: Trx,
  scope: Scope,
  releaseId: string,
  { below, limit }: { below: number; limit: number },
): Promise<ChangeMade[]> {
  await getRelease(trx, scope, releaseId);
  return changesMade(trx, scope, releaseId, below, limit);
}
