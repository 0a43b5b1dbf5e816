import { Fault } from "../../lib/fault.ts";
import { newId } from "../../lib/ids.ts";
import { storable, storableJson } from "../../lib/storable.ts";
import type { Scope, Trx } from "../../platform/db.ts";
import { type Change, recordAll } from "../../platform/ledger/ledger.ts";
import { linkLastEntries } from "./history/store.ts";
import { dangerOf, harmLevel } from "./overview/danger.ts";
import {
  currentReleaseOf,
  daysOf,
  endingSupport,
  releasesMissingSbom,
  worseSince,
  writeDay,
} from "./overview/store.ts";
import { findPartNames } from "./parts/list/store.ts";
import type { SbomUpload } from "./parts/schema.ts";
import { briefQuality, showUpload, toSbom } from "./parts/show.ts";
import {
  componentsOf,
  findSbom,
  insertComponents,
  insertDependencies,
  insertSbom,
  markUnmatched,
  type NewComponent,
} from "./parts/store.ts";
import { refuseBackwards } from "./releases/refuse-backwards.ts";
import type { Sbom, SbomQuality } from "./sbom/schema.ts";
import type { Counts, DeviceChange, NewDevice, NewRelease, NewUnit, Phase } from "./schema.ts";
import {
  addPhase,
  devicesById,
  findDevice,
  findRelease,
  findReleaseByVersion,
  insertDevice,
  insertRelease,
  lockDevice,
  lockRelease,
  lockReleases,
  pageOfDevices,
  releasesWithSbom,
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
    stories.map(({ action, subject, before, after }) => ({
      action,
      subject,
      before: JSON.parse(storableJson(before)),
      after: JSON.parse(storableJson(after)),
    })),
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

/**
 * Changes a device. `onHarm` hears of another worst harm before the change is recorded.
 * Fault `conflict` when somebody changed it meanwhile, `not_found` when the current release is not one of it.
 */
export async function changeDevice(
  trx: Trx,
  scope: Scope,
  id: string,
  { revision, functions, currentReleaseId, ...texts }: DeviceChange,
  now: Date,
  onHarm: (from: number, to: number) => Promise<void>,
): Promise<void> {
  const before = (await lockDevice(trx, scope, id)) ?? refuseUnknown("device", id);
  refuseStale(revision, before.revision);
  const current = currentReleaseId ?? before.currentReleaseId;
  if (currentReleaseId !== undefined && (await findRelease(trx, scope, currentReleaseId))?.deviceId !== id)
    throw new Fault("not_found", "That is no release of this device", { at: "currentReleaseId" });
  const harm = functions === undefined ? before.harm : harmLevel(functions);
  const counts = current === null ? null : await countsNow(trx, scope, current);
  await updateDevice(trx, scope, id, {
    ...Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined)),
    ...(functions === undefined ? {} : { functions: JSON.stringify(functions) }),
    currentReleaseId: current,
    harm,
    danger: dangerOf(harm, counts),
    revision: revision + 1,
    updatedAt: now,
  });
  await onHarm(before.harm, harm);
  const after = await findDevice(trx, scope, id);
  await recordOnDevices(trx, scope, [
    { action: "device.changed", subject: { type: "device", id }, before, after, deviceId: id, releaseId: null },
  ]);
}

/** What is open in a release as last counted; null when it never was. */
async function countsNow(trx: Trx, scope: Scope, releaseId: string): Promise<Counts | null> {
  return (await daysOf(trx, scope, [releaseId])).at(-1) ?? null;
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

/** Keeps an SBOM as it came and as it was read, and makes it the release's current one. */
export async function keepSbom(
  trx: Trx,
  scope: Scope,
  release: { id: string; deviceId: string },
  read: {
    fileName: string;
    sha256: string;
    sizeBytes: number;
    zstd: Buffer;
    sbom: Sbom;
    quality: SbomQuality;
    edges: readonly (readonly [number, number])[];
    rows: readonly NewComponent[];
  },
  now: Date,
): Promise<SbomUpload> {
  const { sbom, fileName, sha256, sizeBytes } = read;
  const id = newId();
  const text = (value: string | null) => (value === null ? null : storable(value));
  await insertSbom(
    trx,
    scope,
    {
      id,
      releaseId: release.id,
      fileName,
      sha256,
      sizeBytes,
      format: storableJson(sbom.format),
      serial: text(sbom.serial),
      name: text(sbom.name),
      createdAt: text(sbom.createdAt),
      authors: storableJson(sbom.authors),
      tools: storableJson(sbom.tools),
      subject: sbom.subject === null ? null : storableJson(sbom.subject),
      components: sbom.components.length,
      quality: storableJson(briefQuality(read.quality)),
      problems: storableJson(sbom.problems),
      uploadedAt: now,
      uploadedBy: scope.actor.name,
    },
    read.zstd,
  );
  await insertComponents(trx, scope, { sbomId: id, releaseId: release.id }, read.rows);
  await insertDependencies(trx, scope, id, read.edges);
  await updateRelease(trx, scope, release.id, { sbomId: id });
  await updateDevice(trx, scope, release.deviceId, { updatedAt: now });
  return (await findSbomUpload(trx, scope, id)) ?? refuseUnknown("SBOM", id);
}

/** An upload as people see it, the release's current one or not. */
export async function findSbomUpload(trx: Trx, scope: Scope, id: string): Promise<SbomUpload | null> {
  const row = await findSbom(trx, scope, id);
  if (row === undefined) return null;
  const release = await findRelease(trx, scope, row.releaseId);
  return showUpload(row, release?.sbomId ?? null);
}

/** What an SBOM lists, read back, and the worst harm of the device's functions. */
export async function readSbomOf(trx: Trx, scope: Scope, deviceId: string, sbomId: string) {
  const row = (await findSbom(trx, scope, sbomId)) ?? refuseUnknown("SBOM", sbomId);
  const device = (await findDevice(trx, scope, deviceId)) ?? refuseUnknown("device", deviceId);
  return { sbom: toSbom(row, await componentsOf(trx, scope, sbomId)), harm: device.harm };
}

/** Says of each component why no advisory can match it. */
export const keepComponentReasons = markUnmatched;

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

/** What the first page of the day needs of the devices. */
export const standing = { worseSince, releasesMissingSbom, endingSupport };

/** Devices by a part of their name, model or maker, with their current release. */
export async function searchDevices(trx: Trx, scope: Scope, text: string, limit: number) {
  const rows = await pageOfDevices(trx, scope, { text }, { sort: "danger", after: null, limit });
  return rows.length === 0
    ? []
    : devicesById(
        trx,
        scope,
        rows.map((row) => row.id),
      );
}

/** Components by a part of their name, each with a release that has it. */
export const searchParts = findPartNames;

/** Every release that has an SBOM. */
export const releasesToAssess = releasesWithSbom;
