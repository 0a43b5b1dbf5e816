import { implement } from "@orpc/server";
import { releaseAdded, releaseChanged } from "../../../flows/change-release.ts";
import { inScope, type Scope, type Trx } from "../../../platform/db.ts";
import type { ApiContext } from "../../../platform/http/context.ts";
import { devicesContract } from "../contract.ts";
import { enterPhase, getRelease } from "../devices.ts";
import { briefOf, standingOf } from "../overview/show.ts";
import { daysOf, sbomBriefs, unitCounts } from "../overview/store.ts";
import { refuseUnknown } from "../refuse.ts";
import type { Release } from "../schema.ts";
import { findDevice, phasesOf } from "../store.ts";

const os = implement(devicesContract).$context<ApiContext>();

/** A release as its page shows it. */
async function showRelease(trx: Trx, scope: Scope, id: string, now: Date): Promise<Release> {
  const release = await getRelease(trx, scope, id);
  const device = (await findDevice(trx, scope, release.deviceId)) ?? refuseUnknown("device", release.deviceId);
  const days = await daysOf(trx, scope, [id]);
  const sboms = release.sbomId === null ? [] : await sbomBriefs(trx, scope, [release.sbomId]);
  const units = (await unitCounts(trx, scope, [release.deviceId])).find((u) => u.releaseId === id);
  const phases = await phasesOf(trx, scope, id);
  return {
    ...briefOf(release),
    deviceId: release.deviceId,
    notes: release.notes,
    revision: release.revision,
    phases: phases.map(({ phase, since, note, recordedAt, recordedBy }) => ({
      phase,
      since,
      note,
      recordedAt: recordedAt.toISOString(),
      recordedBy,
    })),
    interfaces: release.interfaces,
    networkPosition: release.networkPosition,
    dataHeld: release.dataHeld,
    patientRecords: release.patientRecords,
    units: units?.count ?? 0,
    assessedAt: release.assessedAt?.toISOString() ?? null,
    ...standingOf(device.functions, release, sboms[0], days, now.toISOString().slice(0, 10)),
  };
}

export const releaseRoutes = {
  release: os.release.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, (trx) => showRelease(trx, scope, input.id, new Date())),
  ),

  addRelease: os.addRelease.handler(({ input: { id, ...input }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const now = new Date();
      return showRelease(trx, scope, await releaseAdded(trx, scope, id, input, now), now);
    }),
  ),

  changeRelease: os.changeRelease.handler(({ input: { id, ...input }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      await releaseChanged(trx, scope, id, input, new Date());
      return showRelease(trx, scope, id, new Date());
    }),
  ),

  enterPhase: os.enterPhase.handler(({ input: { id, ...input }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const now = new Date();
      await enterPhase(trx, scope, id, input, now);
      return showRelease(trx, scope, id, now);
    }),
  ),
};
