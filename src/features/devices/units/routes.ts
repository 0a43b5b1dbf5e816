import { implement } from "@orpc/server";
import * as z from "zod";
import { cutPage, readCursor } from "../../../lib/cursor.ts";
import { Fault } from "../../../lib/fault.ts";
import { inScope } from "../../../platform/db.ts";
import type { ApiContext } from "../../../platform/http/context.ts";
import { devicesContract } from "../contract.ts";
import { addUnits, getRelease, recordOnDevices } from "../devices.ts";
import { refuseStale, refuseUnknown } from "../refuse.ts";
import type { Unit } from "../schema.ts";
import { findDevice } from "../store.ts";
import type { UnitRow } from "../tables.ts";
import { countUnits, lockUnit, pageOfUnits, updateUnit } from "./store.ts";

const os = implement(devicesContract).$context<ApiContext>();

const show = (unit: Omit<UnitRow, "revision"> & { revision: number }, release: string): Unit => ({
  id: unit.id,
  releaseId: unit.releaseId,
  release,
  serial: unit.serial,
  site: unit.site,
  status: unit.status,
  installedOn: unit.installedOn,
  revision: unit.revision,
});

export const unitRoutes = {
  units: os.units.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      if ((await findDevice(trx, scope, input.id)) === undefined) refuseUnknown("device", input.id);
      const filter = { deviceId: input.id, releaseId: input.releaseId, status: input.status, text: input.text };
      const after = readCursor(input.cursor, z.tuple([z.string()]))?.[0] ?? null;
      const rows = await pageOfUnits(trx, scope, filter, { after, limit: input.limit });
      const { count } = await countUnits(trx, scope, filter);
      const page = cutPage(rows, input.limit, { count, exact: true }, (row) => [row.serial]);
      return { ...page, items: page.items.map((row) => show(row, row.release)) };
    }),
  ),

  addUnits: os.addUnits.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const { release, units } = await addUnits(trx, scope, input.id, input.units);
      return { units: units.map((unit) => show(unit, release.version)) };
    }),
  ),

  changeUnit: os.changeUnit.handler(({ input: { id, revision, ...input }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const before = (await lockUnit(trx, scope, id)) ?? refuseUnknown("unit", id);
      refuseStale(revision, before.revision);
      const release = await getRelease(trx, scope, input.releaseId ?? before.releaseId);
      if (release.deviceId !== before.deviceId)
        throw new Fault("bad_input", "A unit stays with its device", {
          at: "releaseId",
          fix: "Name a release of the same device",
        });
      const after = await updateUnit(trx, scope, id, {
        ...(input.releaseId === undefined ? {} : { releaseId: input.releaseId }),
        ...(input.site === undefined ? {} : { site: input.site }),
        ...(input.status === undefined ? {} : { status: input.status }),
        ...(input.installedOn === undefined ? {} : { installedOn: input.installedOn }),
        revision: revision + 1,
      });
      await recordOnDevices(trx, scope, [
        {
          action: "unit.changed",
          subject: { type: "unit", id },
          before,
          after,
          deviceId: before.deviceId,
          releaseId: after.releaseId,
        },
      ]);
      return show(after, release.version);
    }),
  ),
};
