import { Fault } from "../../lib/fault.ts";
import { newId } from "../../lib/ids.ts";
import type { Scope, Trx } from "../../platform/db.ts";
import { type Change, recordAll } from "../../platform/ledger/ledger.ts";
import { linkLastEntries } from "./history/store.ts";
import { dangerOf, harmLevel } from "./overview/danger.ts";
import { currentReleaseOf, writeDay } from "./overview/store.ts";
import { refuseBackwards } from "./releases/refuse-backwards.ts";
import type { Counts, NewDevice, NewRelease, NewUnit, Phase } from "./schema.ts";
import {
  addPhase,
  findRelease,
  findReleaseByVersion,
  insertDevice,
  insertRelease,
  lockDevice,
  lockRelease,
  lockReleases,
  updateDevice,
  updateRelease,
} from "./store.ts";
import { insertUnits } from "./units/store.ts";

/** A change and the device whose history it belongs to. */
export interface DeviceStory extends Change {
  deviceId: string;
  releaseId: string | null;
}

/** Adds changes to the ledger and to the histories of their devices, in one order. Call it last in the transaction. */
export async function recordOnDevices(trx: Trx, scope: Scope, stories: readonly DeviceStory[]): Promise<void> {
  await recordAll(
    trx,
    scope,
    stories.map(({ action, subject, before, after }) => ({ action, subject, before, after })),
  );
  await linkLastEntries(
    trx,
    scope,
    stories.map(({ deviceId, releaseId }) => ({ deviceId, releaseId })),
  );
}

/** The release, or Fault `not_found`. */
export async function getRelease(trx: Trx, scope: Scope, id: string) {
  return (await findRelease(trx, scope, id)) ?? refuseUnknown("release", id);
}

/** The release, locked until the transaction ends: whoever changes its SBOM or its findings takes turns here. */
export async function takeRelease(trx: Trx, scope: Scope, id: string) {
  return (await lockRelease(trx, scope, id)) ?? refuseUnknown("release", id);
}

/** Several releases, locked in one order. Unknown ones are left out. */
export const takeReleases = (trx: Trx, scope: Scope, ids: readonly string[]) => lockReleases(trx, scope, ids);

/** Adds a device. */
export async function addDevice(trx: Trx, scope: Scope, input: NewDevice, now: Date): Promise<string> {
  const id = newId();
  await insertDevice(trx, scope, {
    id,
    ...input,
    functions: JSON.stringify(input.functions),
    harm: harmLevel(input.functions),
    currentReleaseId: null,
    createdAt: now,
    updatedAt: now,
  });
  await recordOnDevices(trx, scope, [
    {
      action: "device.added",
      subject: { type: "device", id },
      before: null,
      after: input,
      deviceId: id,
      releaseId: null,
    },
  ]);
  return id;
}

/** Adds a release to a device in its first phase. Fault `conflict` when the device has that version already. */
export async function addRelease(
  trx: Trx,
  scope: Scope,
  deviceId: string,
  input: NewRelease,
  now: Date,
): Promise<string> {
  const device = (await lockDevice(trx, scope, deviceId)) ?? refuseUnknown("device", deviceId);
  await refuseKnownVersion(trx, scope, deviceId, input.version);
  const model = input.copyFrom === undefined ? undefined : await findRelease(trx, scope, input.copyFrom);
  if (input.copyFrom !== undefined && model?.deviceId !== deviceId)
    throw new Fault("not_found", "The release to copy from is not one of this device", { at: "copyFrom" });
  const id = newId();
  const release = {
    id,
    deviceId,
    version: input.version,
    notes: input.notes,
    phase: input.phase,
    phaseSince: input.since,
    endOfSupportOn: input.endOfSupportOn,
  };
  await insertRelease(trx, scope, {
    ...release,
    interfaces: JSON.stringify(model?.interfaces ?? []),
    sbomId: null,
    assessedAt: null,
    assessedSbomId: null,
    assessedIndex: null,
    createdAt: now,
  });
  const { phase, since } = input;
  await addPhase(trx, scope, id, { phase, since, note: "", recordedAt: now, recordedBy: scope.actor.name });
  const current = input.current || device.currentReleaseId === null;
  await updateDevice(trx, scope, deviceId, { updatedAt: now, ...(current ? { currentReleaseId: id, danger: 0 } : {}) });
  await recordOnDevices(trx, scope, [
    {
      action: "release.added",
      subject: { type: "release", id },
      before: null,
      after: release,
      deviceId,
      releaseId: id,
    },
  ]);
  return id;
}

/** Fault `conflict` when the device has a release of that version. */
export async function refuseKnownVersion(trx: Trx, scope: Scope, deviceId: string, version: string): Promise<void> {
  if ((await findReleaseByVersion(trx, scope, deviceId, version)) !== undefined)
    throw new Fault("conflict", `This device has a release ${version} already`, {
      at: "version",
      fix: "Give the release its own version, or open the one that is there",
    });
}

/** Records that a release entered a phase. Fault `conflict` when somebody changed it, `bad_input` when the dates run backwards. */
export async function enterPhase(
  trx: Trx,
  scope: Scope,
  id: string,
  { revision, phase, since, note }: { revision: number; phase: Phase; since: string; note: string },
  now: Date,
): Promise<void> {
  const before = await takeRelease(trx, scope, id);
  const { deviceId } = before;
  refuseStale(revision, before.revision);
  refuseBackwards(before, { phase, since, note });
  await addPhase(trx, scope, id, { phase, since, note, recordedAt: now, recordedBy: scope.actor.name });
  await updateRelease(trx, scope, id, { phase, phaseSince: since, revision: revision + 1 });
  await updateDevice(trx, scope, deviceId, { updatedAt: now });
  await recordOnDevices(trx, scope, [
    {
      action: "release.phase-entered",
      subject: { type: "release", id },
      before: { phase: before.phase, since: before.phaseSince },
      after: { phase, since, note },
      deviceId,
      releaseId: id,
    },
  ]);
}

/** Adds units of a release. Fault `conflict` names the serial numbers the device has already; then none is added. */
export async function addUnits(trx: Trx, scope: Scope, releaseId: string, units: readonly NewUnit[]) {
  const release = await getRelease(trx, scope, releaseId);
  const { deviceId } = release;
  const added = await insertUnits(
    trx,
    scope,
    units.map((unit) => ({ id: newId(), deviceId, releaseId, ...unit })),
  );
  if (added.length < units.length) {
    const there = new Set(added.map((unit) => unit.serial));
    const known = units.filter((unit) => !there.delete(unit.serial)).map((unit) => unit.serial);
    throw new Fault(
      "conflict",
      `This device has units ${known.slice(0, 5).join(", ")} already (${known.length} in all)`,
      {
        at: "units",
        fix: "Leave them out; a unit moves to another release by changing it",
      },
    );
  }
  await recordOnDevices(
    trx,
    scope,
    added.map((unit) => ({
      action: "unit.added",
      subject: { type: "unit", id: unit.id },
      before: null,
      after: unit,
      deviceId,
      releaseId,
    })),
  );
  return { release, units: added };
}

/** Keeps what is open in a release now: today's row of its trend, and the device's place among the devices. */
export async function keepCounts(
  trx: Trx,
  scope: Scope,
  { deviceId, releaseId }: { deviceId: string; releaseId: string },
  counts: Counts,
  now: Date,
): Promise<void> {
  await writeDay(trx, scope, releaseId, now.toISOString().slice(0, 10), counts);
  const current = await currentReleaseOf(trx, scope, deviceId);
  if (current?.currentReleaseId === releaseId)
    await updateDevice(trx, scope, deviceId, { danger: dangerOf(current.harm, counts) });
}

/** Says what a release was compared with, and when. */
export const keepAssessed = (
  trx: Trx,
  scope: Scope,
  releaseId: string,
  assessed: { assessedAt: Date; assessedSbomId: string; assessedIndex: string },
) => updateRelease(trx, scope, releaseId, assessed);

export function refuseUnknown(what: string, id: string): never {
  throw new Fault("not_found", `There is no ${what} ${id}`, { at: "id" });
}

export function refuseStale(seen: number, now: number): void {
  if (seen !== now)
    throw new Fault("conflict", "Someone changed this since you opened it", {
      at: "revision",
      fix: `Look at it again; it is at revision ${now}`,
    });
}
