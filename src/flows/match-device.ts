import * as z from "zod";
import { keepCounts, keepMatchedWith, recordOnDevices, takeDevice } from "../features/devices/devices.ts";
import { deviceFindings } from "../features/intel/device-advisories/device-findings.ts";
import { pairKey } from "../features/intel/device-advisories/pair-key.ts";
import { type Meeting, meetingsOf, proposalOf } from "../features/intel/device-advisories/propose.ts";
import type { PairVerdict } from "../features/intel/device-advisories/schema.ts";
import {
  countReleases,
  devicePairs,
  holdIndex,
  keepFindings,
  keepLongTexts,
  type Outcome,
} from "../features/intel/intel.ts";
import type { IntelLookup } from "../features/intel/match/lookup.ts";
import { textsOfRecords } from "../features/intel/texts.ts";
import { reachedHarm } from "../features/risk/harm/reached-harm.ts";
import { Fault } from "../lib/fault.ts";
import { newId } from "../lib/ids.ts";
import { inScope, type Scope, type Trx } from "../platform/db.ts";
import { addJob } from "../platform/jobs/add-job.ts";
import { defineJob } from "../platform/jobs/job.ts";
import { comparedWith, isMatched, organizationName, wordedOf } from "./devices-to-match.ts";
import type { IntelFiles } from "./intel-index.ts";

const MATCH = { name: "device.match", input: z.object({ deviceId: z.uuid() }) };

/** Queues comparing a device with the advisories that name devices in words: it is new, or called otherwise now. */
export const askMatch = async (trx: Trx, scope: Scope, deviceId: string): Promise<void> => {
  await addJob(trx, scope, MATCH, { deviceId }, { key: deviceId });
};

export const matchDeviceJob = (intel: IntelFiles) =>
  defineJob(MATCH.name, MATCH.input, ({ deviceId }, { db, scope }) =>
    inScope(db, scope, (trx) => matchDevice(trx, scope, deviceId, intel, new Date())),
  );

/**
 * A device and every release of it, ours or another maker's that we run, against the advisories that carry no identifier. What may
 * mean it is proposed with its evidence; what a person confirmed once makes findings, also of later advisories; what was rejected
 * stays away. The same device against the same advisories again changes nothing.
 */
export async function matchDevice(
  trx: Trx,
  scope: Scope,
  deviceId: string,
  intel: IntelFiles,
  now: Date,
): Promise<Outcome> {
  const { device, releases: all } = await takeDevice(trx, scope, deviceId);
  const index = await holdIndex(trx, scope);
  if (index === undefined) return NOTHING;
  const open = intel.open(scope.organizationId, index.sha256);
  const releases = all.filter(isMatched);
  const vendor = device.manufacturer.trim() || (await organizationName(trx, scope));
  const known = await devicePairs.keepPairs(trx, scope, deviceId, [], now);
  const { name, model, functions } = device;
  const compared = (pairs: typeof known) =>
    comparedWith(open, { vendor, name, model, releases, pairs: [...pairs.values()] });
  if (device.matchedWith === compared(known)) return NOTHING;

  const { lookup } = open;
  const items = wordedOf(lookup, vendor);
  const meetings = releases.map((release) => ({
    release,
    met: meetingsOf(items, { vendor, name, model: model.trim() || null, version: release.version }),
  }));
  const pairs = await pairsOf(
    trx,
    scope,
    deviceId,
    meetings.flatMap(({ met }) => met),
    now,
  );
  await keepMatches(trx, scope, deviceId, meetings, pairs);

  const total = await keepDeviceFindings(trx, scope, { id: deviceId, name, functions }, lookup, meetings, pairs, now);
  await keepMatchedWith(trx, scope, deviceId, compared(pairs));
  return total;
}

const NOTHING: Outcome = { added: 0, changed: 0, returned: 0, gone: 0 };

function pairsOf(trx: Trx, scope: Scope, deviceId: string, meetings: readonly Meeting[], now: Date) {
  const named = new Map(meetings.map(({ product }) => [pairKey(product), product]));
  return devicePairs.keepPairs(
    trx,
    scope,
    deviceId,
    [...named].map(([key, said]) => ({ id: newId(), key, saidVendor: said.vendor, saidName: said.name })),
    now,
  );
}

type ReleaseMeetings = { release: { id: string }; met: readonly Meeting[] };

async function keepMatches(
  trx: Trx,
  scope: Scope,
  deviceId: string,
  meetings: readonly ReleaseMeetings[],
  pairs: Awaited<ReturnType<typeof pairsOf>>,
): Promise<void> {
  const matches = new Map(
    meetings.flatMap(({ release, met }) =>
      met.flatMap((meeting) => {
        const pair = pairs.get(pairKey(meeting.product));
        if (pair === undefined) return [];
        const { product: _, vendor, name, ...proposal } = proposalOf(0, meeting);
        const match = { ...proposal, pairId: pair.id, releaseId: release.id };
        return [[keyOf(match), match] as const];
      }),
    ),
  );
  const before = await devicePairs.matchesOf(trx, scope, deviceId);
  await devicePairs.dropMatches(
    trx,
    scope,
    before.filter((match) => !matches.has(keyOf(match))),
  );
  await devicePairs.keepMatches(trx, scope, [...matches.values()]);
}

const keyOf = ({ pairId, releaseId, advisory }: { pairId: string; releaseId: string; advisory: string }): string =>
  JSON.stringify([pairId, releaseId, advisory]);

async function keepDeviceFindings(
  trx: Trx,
  scope: Scope,
  device: { id: string; name: string; functions: Parameters<typeof reachedHarm>[0] },
  lookup: IntelLookup,
  meetings: readonly { release: { id: string; version: string }; met: readonly Meeting[] }[],
  pairs: Awaited<ReturnType<typeof pairsOf>>,
  now: Date,
): Promise<Outcome> {
  const found = meetings.map(({ release: { id: releaseId, version }, met }) => {
    const confirmed = met.filter((meeting) => pairs.get(pairKey(meeting.product))?.verdict === "same");
    const { findings, records } = deviceFindings(lookup, { name: device.name, version }, confirmed);
    const reached = () => reachedHarm(device.functions, null);
    return { deviceId: device.id, releaseId, reached, findings, records, identities: new Set<string>() };
  });
  const { outcomes, advisories } = await keepFindings(trx, scope, "device", found, now);
  const news = found.filter(({ releaseId }) => Object.values(outcomes.get(releaseId) ?? NOTHING).some((n) => n > 0));
  const total = { ...NOTHING };
  if (news.length === 0) return total;
  const wanted = new Set([...advisories.values()].flat());
  const records = news.flatMap((one) => one.records);
  await keepLongTexts(trx, scope, textsOfRecords(lookup, [...new Set(records)], wanted));
  const counts = await countReleases(
    trx,
    scope,
    news.map(({ releaseId }) => releaseId),
  );
  await keepCounts(trx, scope, counts, now);
  await recordOnDevices(
    trx,
    scope,
    news.map(({ releaseId }) => ({
      action: "release.compared-by-name",
      subject: { type: "release", id: releaseId },
      before: null,
      after: { outcome: outcomes.get(releaseId), counts: counts.get(releaseId) },
      deviceId: device.id,
      releaseId,
    })),
  );
  for (const outcome of outcomes.values())
    for (const key of ["added", "changed", "returned", "gone"] as const) total[key] += outcome[key];
  return total;
}

/**
 * A person says once whether an advisory's words mean this device; null takes the word back. Findings come or go at once.
 * Fault `conflict` when somebody said otherwise meanwhile.
 */
export async function decideDevicePair(
  trx: Trx,
  scope: Scope,
  id: string,
  { verdict, revision }: { verdict: PairVerdict | null; revision: number },
  intel: IntelFiles,
  now: Date,
): Promise<void> {
  const found = await devicePairs.findPair(trx, scope, id);
  if (found === undefined) throw new Fault("not_found", `There is no such pair ${id}`, { at: "id" });
  await takeDevice(trx, scope, found.deviceId);
  const before = await devicePairs.findPair(trx, scope, id);
  if (before === undefined || before.revision !== revision)
    throw new Fault("conflict", "Someone said something about this pair since you opened it", {
      at: "revision",
      fix: `Look at it again; it is at revision ${before?.revision ?? 0}`,
    });
  await devicePairs.writeVerdict(trx, scope, id, {
    verdict,
    revision: revision + 1,
    decidedBy: verdict === null ? null : scope.actor.name,
    decidedAt: verdict === null ? null : now,
  });
  await matchDevice(trx, scope, before.deviceId, intel, now);
  const { deviceId, saidVendor, saidName } = before;
  await recordOnDevices(trx, scope, [
    {
      action:
        verdict === null
          ? "device.advisory-name-undecided"
          : `device.advisory-name-${verdict === "same" ? "confirmed" : "rejected"}`,
      subject: { type: "device", id: deviceId },
      before: { saidVendor, saidName, verdict: before.verdict },
      after: { saidVendor, saidName, verdict },
      deviceId,
      releaseId: null,
    },
  ]);
}
