import { implement } from "@orpc/server";
import * as z from "zod";
import { deviceChanged } from "../../flows/change-device.ts";
import { askMatch } from "../../flows/match-device.ts";
import { nameSubjects } from "../../flows/name-subjects.ts";
import { cutPage, readCursor } from "../../lib/cursor.ts";
import { inScope, type Scope, type Trx } from "../../platform/db.ts";
import type { ApiContext } from "../../platform/http/context.ts";
import { devicesContract } from "./contract.ts";
import { addDevice } from "./devices.ts";
import { countHistory, readHistory } from "./history/store.ts";
import { briefOf, cardOf } from "./overview/show.ts";
import { daysOf, sbomBriefs, unitCounts } from "./overview/store.ts";
import { refuseUnknown } from "./refuse.ts";
import { releaseRoutes } from "./releases/routes.ts";
import type { Device, DeviceCard } from "./schema.ts";
import { countDevices, devicesById, findDevice, pageOfDevices, releasesOf } from "./store.ts";
import { unitRoutes } from "./units/routes.ts";

const os = implement(devicesContract).$context<ApiContext>();

/** Devices as cards, in the order of the ids, and their releases. */
async function showCards(trx: Trx, scope: Scope, ids: readonly string[], now: Date) {
  if (ids.length === 0) return [];
  const today = now.toISOString().slice(0, 10);
  const devices = new Map((await devicesById(trx, scope, ids)).map((device) => [device.id, device]));
  const releases = Map.groupBy(await releasesOf(trx, scope, ids), (release) => release.deviceId);
  const units = Map.groupBy(await unitCounts(trx, scope, ids), (unit) => unit.deviceId);
  const currentIds = [...devices.values()].flatMap((device) => device.currentReleaseId ?? []);
  const days = currentIds.length === 0 ? [] : await daysOf(trx, scope, currentIds);
  const daysByRelease = Map.groupBy(days, (day) => day.releaseId);
  const sbomIds = [...releases.values()].flat().flatMap((release) => release.sbomId ?? []);
  const sboms = new Map(
    (sbomIds.length === 0 ? [] : await sbomBriefs(trx, scope, sbomIds)).map((sbom) => [sbom.id, sbom]),
  );

  return ids.flatMap((id) => {
    const device = devices.get(id);
    if (device === undefined) return [];
    const own = releases.get(id) ?? [];
    const release = own.find((candidate) => candidate.id === device.currentReleaseId);
    const card: DeviceCard = cardOf(
      device,
      own.length,
      (units.get(id) ?? []).reduce((sum, unit) => sum + unit.count, 0),
      release && { release, sbom: sboms.get(release.sbomId ?? ""), days: daysByRelease.get(release.id) ?? [] },
      today,
    );
    return [{ card, device, releases: own }];
  });
}

async function showDevice(trx: Trx, scope: Scope, id: string, now: Date): Promise<Device> {
  const [shown] = await showCards(trx, scope, [id], now);
  if (shown === undefined) return refuseUnknown("device", id);
  const { card, device, releases } = shown;
  return { ...card, intendedUse: device.intendedUse, revision: device.revision, releaseList: releases.map(briefOf) };
}

const Place = z.tuple([z.union([z.string(), z.number()]), z.uuid()]);

export const devicesRoutes = {
  ...releaseRoutes,
  ...unitRoutes,

  list: os.list.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const filter = { text: input.text, phase: input.phase, kind: input.kind };
      const after = readCursor(input.cursor, Place);
      const rows = await pageOfDevices(trx, scope, filter, { sort: input.sort, after, limit: input.limit });
      const count = await countDevices(trx, scope, filter);
      const page = cutPage(rows, input.limit, { count, exact: true }, (row) => [row.place, row.id]);
      const shown = await showCards(
        trx,
        scope,
        page.items.map((row) => row.id),
        new Date(),
      );
      return { ...page, items: shown.map(({ card }) => card) };
    }),
  ),

  get: os.get.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, (trx) => showDevice(trx, scope, input.id, new Date())),
  ),

  create: os.create.handler(({ input, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const now = new Date();
      const id = await addDevice(trx, scope, input, now);
      await askMatch(trx, scope, id);
      return showDevice(trx, scope, id, now);
    }),
  ),

  change: os.change.handler(({ input: { id, ...change }, context: { db, scope } }) =>
    inScope(db, scope, async (trx) => {
      const now = new Date();
      await deviceChanged(trx, scope, id, change, now);
      await askMatch(trx, scope, id);
      return showDevice(trx, scope, id, now);
    }),
  ),

  history: os.history.handler(({ input, context: { db, scope, principal } }) =>
    inScope(db, scope, async (trx) => {
      if ((await findDevice(trx, scope, input.id)) === undefined) refuseUnknown("device", input.id);
      const below = readCursor(input.cursor, z.tuple([z.number().int()]))?.[0] ?? null;
      const about = { deviceId: input.id, releaseId: input.releaseId };
      const rows = await readHistory(trx, scope, about, { below, limit: input.limit });
      const { count } = await countHistory(trx, scope, input.id, input.releaseId);
      const page = cutPage(rows, input.limit, { count, exact: true }, (row) => [row.sequence]);
      return { ...page, items: await nameSubjects(trx, scope, page.items, principal?.kind ?? "key") };
    }),
  ),
};
