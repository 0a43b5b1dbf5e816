import { Fault } from "../../../lib/fault.ts";
import { newId } from "../../../lib/ids.ts";
import type { Scope, Trx } from "../../../platform/db.ts";
import { refuseStale, refuseUnknown } from "../refuse.ts";
import type { DeviceInterface, NewRelease, Phase, ReleaseChange, ReleaseContext } from "../schema.ts";
import {
  addPhase,
  findRelease,
  findReleaseByVersion,
  insertRelease,
  lockDevice,
  lockRelease,
  updateDevice,
  updateRelease,
} from "../store.ts";
import type { DeviceStory } from "../story.ts";
import { refuseBackwards } from "./refuse-backwards.ts";

/** What was written, to be told to the ledger. */
export interface Written {
  stories: DeviceStory[];
}

/** Adds a release to a device in its first phase. Fault `conflict` when the device has that version already. */
export async function writeRelease(
  trx: Trx,
  scope: Scope,
  deviceId: string,
  input: NewRelease,
  now: Date,
): Promise<Written & { id: string }> {
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
    networkPosition: model?.networkPosition ?? null,
    dataHeld: jsonOf(model?.dataHeld ?? null),
    patientRecords: model?.patientRecords ?? null,
    sbomId: null,
    assessedAt: null,
    assessedSbomId: null,
    assessedIndex: null,
    assessedVulnerabilities: null,
    assessedRules: null,
    supportedOn: null,
    createdAt: now,
  });
  const { phase, since } = input;
  await addPhase(trx, scope, id, { phase, since, note: "", recordedAt: now, recordedBy: scope.actor.name });
  const current = input.current || device.currentReleaseId === null;
  await updateDevice(trx, scope, deviceId, { updatedAt: now, ...(current ? { currentReleaseId: id, danger: 0 } : {}) });
  return {
    id,
    stories: [
      {
        action: "release.added",
        subject: { type: "release", id },
        before: null,
        after: release,
        deviceId,
        releaseId: id,
      },
    ],
  };
}

/** Fault `conflict` when the device has a release of that version. */
async function refuseKnownVersion(trx: Trx, scope: Scope, deviceId: string, version: string): Promise<void> {
  if ((await findReleaseByVersion(trx, scope, deviceId, version)) !== undefined)
    throw new Fault("conflict", `This device has a release ${version} already`, {
      at: "version",
      fix: "Give the release its own version, or open the one that is there",
    });
}

/** Records that a release entered a phase. Fault `conflict` when somebody changed it, `bad_input` when the dates run backwards. */
export async function writePhase(
  trx: Trx,
  scope: Scope,
  id: string,
  { revision, phase, since, note }: { revision: number; phase: Phase; since: string; note: string },
  now: Date,
): Promise<Written> {
  const before = (await lockRelease(trx, scope, id)) ?? refuseUnknown("release", id);
  const { deviceId } = before;
  refuseStale(revision, before.revision);
  refuseBackwards(before, { phase, since, note });
  await addPhase(trx, scope, id, { phase, since, note, recordedAt: now, recordedBy: scope.actor.name });
  await updateRelease(trx, scope, id, { phase, phaseSince: since, revision: revision + 1 });
  await updateDevice(trx, scope, deviceId, { updatedAt: now });
  return {
    stories: [
      {
        action: "release.phase-entered",
        subject: { type: "release", id },
        before: { phase: before.phase, since: before.phaseSince },
        after: { phase, since, note },
        deviceId,
        releaseId: id,
      },
    ],
  };
}

/** Null is SQL's null, not JSON's. */
const jsonOf = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

/** The parts of a change that a release's context is made of, as its row keeps them. */
const contextColumns = ({ networkPosition, dataHeld, patientRecords }: ContextChange) => ({
  ...(networkPosition === undefined ? {} : { networkPosition }),
  ...(dataHeld === undefined ? {} : { dataHeld: jsonOf(dataHeld) }),
  ...(patientRecords === undefined ? {} : { patientRecords }),
});
type ContextChange = { [K in keyof ReleaseContext]?: ReleaseContext[K] | undefined };

/** Writes the interfaces of a release and what else scoring needs to know of it. */
export async function writeInterfaces(
  trx: Trx,
  scope: Scope,
  id: string,
  interfaces: readonly DeviceInterface[],
  context: ContextChange = {},
): Promise<Written> {
  const was = (await lockRelease(trx, scope, id)) ?? refuseUnknown("release", id);
  const { deviceId, interfaces: before, revision } = was;
  const columns = contextColumns(context);
  await updateRelease(trx, scope, id, { interfaces: JSON.stringify(interfaces), ...columns, revision: revision + 1 });
  return {
    stories: [
      {
        action: "release.changed",
        subject: { type: "release", id },
        before: { interfaces: before },
        after: { interfaces, ...context },
        deviceId,
        releaseId: id,
      },
    ],
  };
}

/** Writes a change of a release that is locked. Fault `conflict` for a revision that is not there any more, or a version that is. */
export async function writeReleaseChange(
  trx: Trx,
  scope: Scope,
  before: { id: string; deviceId: string; version: string; revision: number },
  { revision, ...input }: ReleaseChange,
): Promise<void> {
  refuseStale(revision, before.revision);
  if (input.version !== undefined && input.version !== before.version)
    await refuseKnownVersion(trx, scope, before.deviceId, input.version);
  await updateRelease(trx, scope, before.id, {
    ...(input.version === undefined ? {} : { version: input.version }),
    ...(input.notes === undefined ? {} : { notes: input.notes }),
    ...(input.endOfSupportOn === undefined ? {} : { endOfSupportOn: input.endOfSupportOn }),
    ...(input.interfaces === undefined ? {} : { interfaces: JSON.stringify(input.interfaces) }),
    ...contextColumns(input),
    revision: revision + 1,
  });
}
