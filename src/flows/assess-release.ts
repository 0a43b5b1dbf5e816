import * as z from "zod";
import {
  compared,
  getReleasesBefore,
  keepComponentReasons,
  keepCounts,
  recordOnDevices,
  sboms,
  takeDevices,
  takeRelease,
  takeReleases,
} from "../features/devices/devices.ts";
import { componentsOf } from "../features/intel/assess/assess.ts";
import { ASSESSMENT_RULES } from "../features/intel/assess/rules.ts";
import {
  countReleases,
  decisions,
  holdIndex,
  keepFindings,
  keepLongTexts,
  type Outcome,
  statements,
} from "../features/intel/intel.ts";
import { askedKeys, keyNumber } from "../features/intel/match/asked-keys.ts";
import { textsOf } from "../features/intel/texts.ts";
import { type Db, inScope, type Scope, type Trx } from "../platform/db.ts";
import { defineJob } from "../platform/jobs/job.ts";
import { carryOverDecisions } from "./carry-over.ts";
import { findInParts, partsOf, type Read, type Release, type ToCompare } from "./find-in-parts.ts";
import type { IntelFiles, OpenIntel } from "./intel-index.ts";
import { keepSupport } from "./release-support.ts";
import { countSuspects, tellNewFindings, tellSuspects } from "./tell-findings.ts";
import { weighVex } from "./weigh-vex.ts";

/** The job of comparing one release with what is known; queued whenever its SBOM changes. */
export const assessReleaseJob = (intel: IntelFiles) =>
  defineJob("release.assess", z.object({ releaseId: z.uuid() }), ({ releaseId }, { db, scope }) =>
    assessRelease(db, scope, releaseId, intel, new Date()),
  );

/** What queueing needs of the job; the work itself needs the index files. */
export const ASSESS_RELEASE = { name: "release.assess", input: z.object({ releaseId: z.uuid() }) };

/** Compares a release with the organisation's advisories. Null when it has no SBOM or nothing was loaded yet. */
export async function assessRelease(
  db: Db,
  scope: Scope,
  releaseId: string,
  intel: IntelFiles,
  now: Date,
): Promise<Outcome | null> {
  return inScope(db, scope, async (trx) => {
    await takeRelease(trx, scope, releaseId);
    const suspects = await countSuspects(trx, scope, releaseId);
    const outcome = (await assessReleases(trx, scope, [releaseId], intel, now)).get(releaseId) ?? null;
    if (outcome !== null && outcome.added + outcome.changed + outcome.returned > 0) {
      await tellNewFindings(trx, scope, { run: now.toISOString(), since: now, releaseId }, now);
      await tellSuspects(trx, scope, releaseId, suspects, now);
    }
    return outcome;
  });
}

const NOTHING_NEW: Outcome = { added: 0, changed: 0, returned: 0, gone: 0 };
const hasNews = ({ added, changed, returned, gone }: Outcome): boolean => added + changed + returned + gone > 0;

/** An index, one after it, and the keys under which that says something else; of support both say the same. */
export interface Since {
  from: string;
  to: string;
  changed: ReadonlySet<string>;
}

/**
 * The same for several releases inside a transaction, by release; those without an SBOM are left out, and all before the first index.
 * The same SBOMs against the same index again change nothing. Of a release that was compared with the index `since` starts from only
 * the parts that ask under a changed key are looked at. Locks in this order: releases, the index, findings, vulnerabilities, devices,
 * the ledger.
 */
export async function assessReleases(
  trx: Trx,
  scope: Scope,
  releaseIds: readonly string[],
  intel: IntelFiles,
  now: Date,
  since: Since | null = null,
): Promise<Map<string, Outcome>> {
  const today = now.toISOString().slice(0, 10);
  const releases = (await takeReleases(trx, scope, releaseIds)).flatMap(({ sbomId, ...release }) =>
    sbomId === null ? [] : [{ ...release, sbomId }],
  );
  const index = await holdIndex(trx, scope);
  if (index === undefined) return new Map();
  const open = intel.open(scope.organizationId, index.sha256);
  const outcomes = new Map(releases.map(({ id }) => [id, NOTHING_NEW]));
  const isSame = (release: Release) => isKnown(release) && release.assessedIndex === open.sha256;
  const concerned = releases.filter((release) => !isSame(release) || release.supportedOn !== today);
  if (concerned.length === 0) return outcomes;
  const listed = await sboms.readSboms(
    trx,
    scope,
    concerned.map(({ sbomId }) => sbomId),
  );
  const read = concerned.flatMap((release): Read[] => {
    const sbom = listed.get(release.sbomId);
    return sbom === undefined ? [] : [{ release, sbom }];
  });
  const changedFor = (release: Release) =>
    since?.to === open.sha256 && isKnown(release) && release.assessedIndex === since.from ? since.changed : null;
  await keepSupport(
    trx,
    scope,
    read.filter(({ release }) => changedFor(release) === null || release.supportedOn !== today),
    open.lookup,
    now,
  );
  for (const [id, outcome] of await compareAll(
    trx,
    scope,
    read.filter(({ release }) => !isSame(release)).map((one) => ({ ...one, changed: changedFor(one.release) })),
    open,
    now,
  ))
    outcomes.set(id, outcome);
  return outcomes;
}

const isKnown = ({ assessedSbomId, sbomId, assessedRules }: Release): boolean =>
  assessedSbomId === sbomId && assessedRules === ASSESSMENT_RULES;

async function compareAll(
  trx: Trx,
  scope: Scope,
  read: readonly ToCompare[],
  { lookup, sha256 }: OpenIntel,
  now: Date,
): Promise<ReadonlyMap<string, Outcome>> {
  if (read.length === 0) return new Map();
  const ids = read.map(({ release }) => release.id);
  const speaking = new Set(await statements.releasesWithVex(trx, scope, ids));
  const { found, looked, reasons } = await findInParts(trx, scope, read, lookup, now);
  const { outcomes, advisories } = await keepFindings(trx, scope, "parts", found, now, speaking);
  await keepTexts(trx, scope, read, lookup, advisories);
  await keepComponentReasons(trx, scope, looked, reasons);
  const settled = await settle(trx, scope, read, { outcomes, speaking }, now);
  const isNews = (id: string) => settled.has(id) || hasNews(outcomes.get(id) ?? NOTHING_NEW);
  const first = read.filter(({ release }) => !isKnown(release));
  const firstIds = new Set(first.map(({ release }) => release.id));
  const counts = await countReleases(
    trx,
    scope,
    ids.filter((id) => isNews(id) || firstIds.has(id)),
  );
  await keepCounts(trx, scope, counts, now);
  const { vulnerabilities } = lookup.about.counts;
  await compared.keepAssessed(trx, scope, ids, { at: now, index: sha256, rules: ASSESSMENT_RULES, vulnerabilities });
  await compared.keepKeys(
    trx,
    scope,
    first.map(({ release, sbom }) => ({
      releaseId: release.id,
      keys: [...askedKeys(componentsOf([{ path: "sbom", sbom }]))].map(keyNumber),
    })),
  );
  await recordOnDevices(
    trx,
    scope,
    read.flatMap(({ release: { id, deviceId, sbomId } }) => {
      const outcome = outcomes.get(id) ?? NOTHING_NEW;
      if (!hasNews(outcome)) return [];
      const after = { sbomId, index: sha256, outcome, counts: counts.get(id) };
      const subject = { type: "release", id };
      return [{ action: "release.assessed", subject, before: null, after, deviceId, releaseId: id }];
    }),
  );
  return outcomes;
}

/** Releases of a device have much the same parts: each vulnerability's texts are read and written once. */
async function keepTexts(
  trx: Trx,
  scope: Scope,
  read: readonly Read[],
  lookup: OpenIntel["lookup"],
  advisories: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  const seen = new Set<string>();
  const texts = read.flatMap(({ release, sbom }) => {
    const wanted = new Set((advisories.get(release.id) ?? []).filter((advisory) => !seen.has(advisory)));
    for (const advisory of wanted) seen.add(advisory);
    return textsOf(lookup, partsOf(sbom), wanted);
  });
  await keepLongTexts(trx, scope, texts);
}

/**
 * Carries decisions over to what is new, and weighs statements: release by release, each may start from the one before. Returns the
 * releases that it was about.
 */
async function settle(
  trx: Trx,
  scope: Scope,
  read: readonly Read[],
  { outcomes, speaking }: { outcomes: ReadonlyMap<string, Outcome>; speaking: ReadonlySet<string> },
  now: Date,
): Promise<Set<string>> {
  const grown = read.flatMap(({ release: { id } }) => ((outcomes.get(id)?.added ?? 0) > 0 ? [id] : []));
  const before = await getReleasesBefore(trx, scope, grown);
  const decided = await decisions.settledAmong(trx, scope, [...new Set(before.values())]);
  const settled = new Set<string>();
  if (decided.size + speaking.size === 0) return settled;
  await takeDevices(trx, scope, [...new Set(read.map(({ release }) => release.deviceId))]);
  for (const { release, sbom } of read) {
    const from = before.get(release.id) ?? "";
    const carries = decided.has(from) || settled.has(from);
    if (!carries && !speaking.has(release.id)) continue;
    if (carries) await carryOverDecisions(trx, scope, release, now);
    await weighVex(trx, scope, release.id, now, { sbom });
    settled.add(release.id);
  }
  return settled;
}
