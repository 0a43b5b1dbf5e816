import { Fault } from "../../lib/fault.ts";
import { newId } from "../../lib/ids.ts";
import { storableJson } from "../../lib/storable.ts";
import type { Scope, Trx } from "../../platform/db.ts";
import { recordAll } from "../../platform/ledger/ledger.ts";
import { keepAssessed, keepEndings, keepKeys, keepSupport, passOver, releasesToCompare } from "./compared/store.ts";
import { linkLastEntries, namesOf } from "./history/store.ts";
import { dangerOf, harmLevel } from "./overview/danger.ts";
import {
  currentAmong,
  daysOf,
  endingComponents,
  endingParts,
  endingSupport,
  releasesMissingSbom,
  worseSince,
  writeDays,
} from "./overview/store.ts";
import { findPartNames } from "./parts/list/store.ts";
import { type MarkedSupport, markSupport, markUnmatched, supportGroups } from "./parts/store.ts";
import { findSbomUpload, getSbomFile, keepSbom, readSboms } from "./parts/uploads/store.ts";
import { refuseStale, refuseUnknown } from "./refuse.ts";
import { writeInterfaces, writePhase, writeRelease, writeReleaseChange } from "./releases/store.ts";
import type { Counts, DeviceChange, DeviceFunction, NewDevice, NewRelease } from "./schema.ts";
import {
  allReleases,
  countDevices,
  devicesById,
  devicesToName,
  findDevice,
  findRelease,
  holdDevices,
  insertDevice,
  lockDevice,
  lockRelease,
  lockReleases,
  namesOfDevices,
  pageOfDevices,
  releaseBefore,
  releasesBefore,
  releasesOf,
  updateDevice,
} from "./store.ts";
import type { DeviceStory } from "./story.ts";
import { countUnitsInUse, sitesOfReleases, unitsOfReleases, writeUnits } from "./units/store.ts";

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
 * Changes a device. `onFunctions` hears of other functions before the change is recorded.
 * Fault `conflict` when somebody changed it meanwhile, `not_found` when the current release is not one of it.
 */
export async function changeDevice(
  trx: Trx,
  scope: Scope,
  id: string,
  { revision, functions, currentReleaseId, ...texts }: DeviceChange,
  now: Date,
  onFunctions: (functions: readonly DeviceFunction[]) => Promise<void>,
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
  if (functions !== undefined) await onFunctions(functions);
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
  const { id, stories } = await writeRelease(trx, scope, deviceId, input, now);
  await recordOnDevices(trx, scope, stories);
  return id;
}

/** Records that a release entered a phase. Fault `conflict` when somebody changed it, `bad_input` when the dates run backwards. */
export async function enterPhase(...[trx, scope, ...rest]: Parameters<typeof writePhase>): Promise<void> {
  await recordOnDevices(trx, scope, (await writePhase(trx, scope, ...rest)).stories);
}

export { writeReleaseChange };

/** Writes the interfaces of a release. */
export async function keepInterfaces(...[trx, scope, ...rest]: Parameters<typeof writeInterfaces>): Promise<void> {
  await recordOnDevices(trx, scope, (await writeInterfaces(trx, scope, ...rest)).stories);
}

/** Adds units of a release. Fault `conflict` names the serial numbers the device has already; then none is added. */
export async function addUnits(...[trx, scope, ...rest]: Parameters<typeof writeUnits>) {
  const written = await writeUnits(trx, scope, ...rest);
  await recordOnDevices(trx, scope, written.stories);
  return written;
}

/** True while the organisation has no device. */
export const isEmpty = async (trx: Trx, scope: Scope): Promise<boolean> => (await countDevices(trx, scope, {})) === 0;

/** SBOMs as they came and as they were read; `flows/sbom-arrived.ts` is the story. */
export const sboms = { findSbomUpload, getSbomFile, keepSbom, readSboms };

/** How long the parts of a release are supported; `flows/release-support.ts` is the story. */
export const partSupport = { groupsOf: supportGroups, mark: markSupport };
export type { MarkedSupport };

/** Says of each component why no advisory can match it. */
export const keepComponentReasons = markUnmatched;

/** Keeps what is open in releases now: today's row of their trends, and their devices' places among the devices. */
export async function keepCounts(
  trx: Trx,
  scope: Scope,
  counts: ReadonlyMap<string, Counts>,
  now: Date,
): Promise<void> {
  if (counts.size === 0) return;
  const days = [...counts].map(([releaseId, of]) => ({ releaseId, counts: of }));
  await writeDays(trx, scope, now.toISOString().slice(0, 10), days);
  for (const { id, releaseId, harm } of await currentAmong(trx, scope, [...counts.keys()]))
    await updateDevice(trx, scope, id, { danger: dangerOf(harm, counts.get(releaseId) ?? null) });
}

/** What the first page of the day needs of the devices. */
export const standing = { worseSince, releasesMissingSbom, endingSupport, endingParts, endingComponents };

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

/** The release whose decisions a new one starts from; undefined for the first one with an SBOM. */
export const getReleaseBefore = releaseBefore;
export const getReleasesBefore = releasesBefore;

/** Locks devices before their ledger entries, for who writes to several in one transaction. */
export const takeDevices = async (trx: Trx, scope: Scope, ids: readonly string[]): Promise<void> => {
  if (ids.length > 0) await holdDevices(trx, scope, ids);
};

/** The device, or Fault `not_found`. */
export const getDevice = async (trx: Trx, scope: Scope, id: string) =>
  (await findDevice(trx, scope, id)) ?? refuseUnknown("device", id);

/** A device, locked, with its releases newest first; Fault `not_found`. Whoever locks its releases too does that first. */
export async function takeDevice(trx: Trx, scope: Scope, id: string) {
  const releases = await releasesOf(trx, scope, [id]);
  if (releases.length > 0)
    await lockReleases(
      trx,
      scope,
      releases.map((release) => release.id),
    );
  const device = (await lockDevice(trx, scope, id)) ?? refuseUnknown("device", id);
  return { device, releases };
}

/** Remembers what a device was compared with. */
export const keepMatchedWith = (trx: Trx, scope: Scope, id: string, matchedWith: string) =>
  updateDevice(trx, scope, id, { matchedWith });

/** With which index releases were compared, and under which keys their parts are looked up; the story is `flows/compare-releases.ts`. */
export const compared = { keepAssessed, keepEndings, keepKeys, keepSupport, passOver, releasesToCompare };

/** Devices, releases, units and SBOMs by id, as people call them. */
export const nameDeviceThings = namesOf;
/** What an advisory names and a letter lists: devices, all their releases, units in the field. */
export const named = {
  allReleases,
  devicesToName,
  devicesById,
  namesOfDevices,
  releasesOf,
  sitesOfReleases,
  unitsOfReleases,
};

/** What scoring needs of a release: its device, itself, and how many units are in use. Fault `not_found`. */
export async function riskContext(trx: Trx, scope: Scope, releaseId: string) {
  const release = await getRelease(trx, scope, releaseId);
  const device = (await findDevice(trx, scope, release.deviceId)) ?? refuseUnknown("device", release.deviceId);
  return { device, release, unitsInUse: await countUnitsInUse(trx, scope, releaseId) };
}
