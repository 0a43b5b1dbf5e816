import * as z from "zod";
import {
  compared,
  getReleasesBefore,
  keepComponentReasons,
  keepCounts,
  named,
  recordOnDevices,
  sboms,
  takeDevices,
  takeRelease,
  takeReleases,
} from "../features/devices/devices.ts";
import type { Sbom } from "../features/devices/sbom/schema.ts";
import { assess, componentsOf } from "../features/intel/assess/assess.ts";
import { nameOf } from "../features/intel/assess/findings.ts";
import { ASSESSMENT_RULES } from "../features/intel/assess/rules.ts";
import { identityOf } from "../features/intel/findings/identity.ts";
import {
  countReleases,
  currentIndex,
  decisions,
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
import { harmOfParts } from "./harm-of-parts.ts";
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
    const index = await currentIndex(trx, scope);
    if (index === undefined) return null;
    const suspects = await countSuspects(trx, scope, releaseId);
    const open = intel.open(scope.organizationId, index.sha256);
    const outcome = (await assessReleases(trx, scope, [releaseId], open, now)).get(releaseId) ?? null;
    if (outcome !== null && outcome.added + outcome.changed + outcome.returned > 0) {
      await tellNewFindings(trx, scope, { run: now.toISOString(), since: now, releaseId }, now);
      await tellSuspects(trx, scope, releaseId, suspects, now);
    }
    return outcome;
  });
}

const NOTHING_NEW: Outcome = { added: 0, changed: 0, returned: 0, gone: 0 };
const hasNews = ({ added, changed, returned, gone }: Outcome): boolean => added + changed + returned + gone > 0;

type Release = Awaited<ReturnType<typeof takeReleases>>[number];

/** A release and what it is made of. */
interface Read {
  release: Release & { sbomId: string };
  sbom: Sbom;
}

/**
 * The same for several releases inside a transaction, by release; those without an SBOM are left out. The same SBOMs against the same
 * index again change nothing. `sameSupport`: an index that says the same of support. Locks in this order: releases, findings, vulnerabilities, devices, the ledger.
 */
export async function assessReleases(
  trx: Trx,
  scope: Scope,
  releaseIds: readonly string[],
  open: OpenIntel,
  now: Date,
  sameSupport: string | null = null,
): Promise<Map<string, Outcome>> {
  const today = now.toISOString().slice(0, 10);
  const releases = (await takeReleases(trx, scope, releaseIds)).flatMap(({ sbomId, ...release }) =>
    sbomId === null ? [] : [{ ...release, sbomId }],
  );
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
  const isLooked = (release: Release) =>
    isKnown(release) && release.assessedIndex === sameSupport && release.supportedOn === today;
  await keepSupport(
    trx,
    scope,
    read.filter(({ release }) => !isLooked(release)),
    open.lookup,
    now,
  );
  for (const [id, outcome] of await compareAll(
    trx,
    scope,
    read.filter(({ release }) => !isSame(release)),
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
  read: readonly Read[],
  { lookup, sha256 }: OpenIntel,
  now: Date,
): Promise<ReadonlyMap<string, Outcome>> {
  if (read.length === 0) return new Map();
  const ids = read.map(({ release }) => release.id);
  const speaking = new Set(await statements.releasesWithVex(trx, scope, ids));
  const { found, reasons } = await findAll(trx, scope, read, lookup, now);
  const { outcomes, advisories } = await keepFindings(trx, scope, "parts", found, now, speaking);
  await keepTexts(trx, scope, read, lookup, advisories);
  await keepComponentReasons(
    trx,
    scope,
    read.map(({ release }) => release.sbomId),
    reasons,
  );
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

const partsOf = ({ subject, components }: Sbom) => (subject === null ? components : [subject, ...components]);

/** What the intelligence says of the parts of each release, and which parts it could not be asked about. */
async function findAll(trx: Trx, scope: Scope, read: readonly Read[], lookup: OpenIntel["lookup"], now: Date) {
  const devices = new Map(
    (
      await named.devicesById(
        trx,
        scope,
        read.map(({ release }) => release.deviceId),
      )
    ).map((device) => [device.id, device.functions]),
  );
  const harms = await harmOfParts(
    trx,
    scope,
    read.map(({ release }) => ({ id: release.id, functions: devices.get(release.deviceId) ?? [] })),
  );
  const all = read.map(({ release: { id: releaseId, deviceId, version, sbomId }, sbom }) => {
    const subject = { name: sbom.name ?? "", version, path: releaseId };
    const { findings, unmatched } = assess({ subject, sboms: [{ path: "sbom", sbom }] }, lookup, { now, asOf: null });
    const reached = (identity: string, part: ReturnType<typeof nameOf>) => harms(releaseId, { ...part, identity });
    const identities = new Set(partsOf(sbom).map((part) => identityOf(nameOf(part))));
    const whyNot = new Map(unmatched.map(({ component, reason }) => [JSON.stringify(component), reason]));
    const reasons = sbom.components.flatMap((component, ordinal) => {
      const reason = whyNot.size === 0 ? undefined : whyNot.get(JSON.stringify(nameOf(component)));
      return reason === undefined ? [] : [{ sbomId, ordinal, reason }];
    });
    return { found: { deviceId, releaseId, reached, findings, identities }, reasons };
  });
  return { found: all.map(({ found }) => found), reasons: all.flatMap(({ reasons }) => reasons) };
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
    await weighVex(trx, scope, release.id, now, sbom);
    settled.add(release.id);
  }
  return settled;
}
