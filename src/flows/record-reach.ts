import { recordOnDevices, riskContext, takeRelease } from "../features/devices/devices.ts";
import { keepReach, risks } from "../features/risk/risk.ts";
import { Fault } from "../lib/fault.ts";
import type { Scope, Trx } from "../platform/db.ts";
import { moveToHarm } from "./move-to-harm.ts";

interface Fact {
  releaseId: string;
  /** What stays the same of the part when its version changes, as findings know it. */
  identity: string;
  /** Names of functions of the device; none: it reaches none; null: all again. */
  functions: string[] | null;
  reason: string;
}

/**
 * Somebody recorded which functions a part can reach (a build tool reaches none), or took that back: its findings move to where that
 * puts them.
 * Fault `not_found` for a function the device does not have.
 */
export async function recordReach(trx: Trx, scope: Scope, fact: Fact, now: Date): Promise<void> {
  await takeRelease(trx, scope, fact.releaseId);
  const { device } = await riskContext(trx, scope, fact.releaseId);
  const known = new Set(device.functions.map(({ name }) => name));
  const unknown = fact.functions?.find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new Fault("not_found", `${device.name} has no function “${unknown}”`, { at: "functions" });
  const before = (await risks.reachOf(trx, scope, [fact.releaseId])).find((one) => one.identity === fact.identity);
  const id = await keepReach(trx, scope, fact, now);
  await recordOnDevices(trx, scope, [
    {
      action: fact.functions === null ? "part-reach.taken-back" : "part-reach.recorded",
      subject: { type: "part-reach", id },
      before: before === undefined ? null : { functions: before.functions, reason: before.reason },
      after: fact,
      deviceId: device.id,
      releaseId: fact.releaseId,
    },
  ]);
  await moveToHarm(trx, scope, fact.releaseId);
}
