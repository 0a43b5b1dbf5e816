import * as z from "zod";
import { recordOnDevices, riskContext, takeRelease } from "../features/devices/devices.ts";
import { harmOfLevel } from "../features/intel/findings/priority.ts";
import { moveParts, partsOfFindings } from "../features/intel/intel.ts";
import { inScope, type Scope, type Trx } from "../platform/db.ts";
import { addJob } from "../platform/jobs/add-job.ts";
import { defineJob } from "../platform/jobs/job.ts";
import { harmOfParts } from "./harm-of-parts.ts";

const MOVE = { name: "release.move-to-harm", input: z.object({ releaseId: z.uuid() }) };

/** Queues putting a release's findings where their harm puts them: its security file says something else of harm now. */
export const askMoveToHarm = async (trx: Trx, scope: Scope, releaseId: string): Promise<void> => {
  await addJob(trx, scope, MOVE, { releaseId }, { key: releaseId });
};

export const moveToHarmJob = defineJob(MOVE.name, MOVE.input, ({ releaseId }, { db, scope }) =>
  inScope(db, scope, async (trx) => ({ moved: await moveToHarm(trx, scope, releaseId) })),
);

/** Puts every finding of a release where the worst harm its part can reach puts it; those that stand right are not written. */
export async function moveToHarm(trx: Trx, scope: Scope, releaseId: string): Promise<number> {
  await takeRelease(trx, scope, releaseId);
  const { device } = await riskContext(trx, scope, releaseId);
  const harmOf = await harmOfParts(trx, scope, [{ id: releaseId, functions: device.functions }]);
  const parts = (await partsOfFindings(trx, scope, releaseId)).map((part) => ({ part, now: harmOf(releaseId, part) }));
  const moved = parts.filter(({ part, now }) => part.harm !== now.harm || part.harmFunction !== now.harmFunction);
  if (moved.length === 0) return 0;
  const count = await moveParts(
    trx,
    scope,
    releaseId,
    moved.map(({ part, now: { harm, harmFunction } }) => ({ ...part, harm, harmFunction })),
  );
  const told = (harm: number, through: string | null) => ({ harm: harm < 0 ? "none" : harmOfLevel(harm), through });
  await recordOnDevices(trx, scope, [
    {
      action: "finding.moved-to-harm",
      subject: { type: "release", id: releaseId },
      before: moved.map(({ part }) => ({
        part: part.identity,
        version: part.version,
        ...told(part.harm, part.harmFunction),
      })),
      after: moved.map(({ part, now }) => ({
        part: part.identity,
        version: part.version,
        ...told(now.harm, now.harmFunction),
        by: now.by,
      })),
      deviceId: device.id,
      releaseId,
    },
  ]);
  return count;
}
