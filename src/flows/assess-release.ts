import * as z from "zod";
import {
  compared,
  keepAssessed,
  keepComponentReasons,
  keepCounts,
  recordOnDevices,
  sboms,
  takeRelease,
} from "../features/devices/devices.ts";
import { assess, componentsOf } from "../features/intel/assess/assess.ts";
import { nameOf } from "../features/intel/assess/findings.ts";
import { ASSESSMENT_RULES } from "../features/intel/assess/rules.ts";
import { identityOf } from "../features/intel/findings/identity.ts";
import { countRelease, currentIndex, keepFindings, keepLongTexts, type Outcome } from "../features/intel/intel.ts";
import { askedKeys, keyNumber } from "../features/intel/match/asked-keys.ts";
import { textsOf } from "../features/intel/texts.ts";
import { reachedHarm } from "../features/risk/harm/reached-harm.ts";
import { risks } from "../features/risk/risk.ts";
import { type Db, inScope, type Scope, type Trx } from "../platform/db.ts";
import { defineJob } from "../platform/jobs/job.ts";
import { carryOverDecisions } from "./carry-over.ts";
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
    const outcome = await assessWith(trx, scope, releaseId, intel.open(scope.organizationId, index.sha256), now);
    if (outcome !== null && outcome.added + outcome.changed + outcome.returned > 0) {
      await tellNewFindings(trx, scope, { run: now.toISOString(), since: now, releaseId }, now);
      await tellSuspects(trx, scope, releaseId, suspects, now);
    }
    return outcome;
  });
}

const NOTHING_NEW: Outcome = { added: 0, changed: 0, returned: 0, gone: 0 };

/** The same inside a transaction. The same SBOM against the same index again changes nothing. */
export async function assessWith(
  trx: Trx,
  scope: Scope,
  releaseId: string,
  { lookup, sha256 }: OpenIntel,
  now: Date,
): Promise<Outcome | null> {
  const release = await takeRelease(trx, scope, releaseId);
  const { sbomId, deviceId } = release;
  if (sbomId === null) return null;
  const isKnown = release.assessedSbomId === sbomId && release.assessedRules === ASSESSMENT_RULES;
  const isSame = isKnown && release.assessedIndex === sha256;
  if (isSame && release.supportedOn === now.toISOString().slice(0, 10)) return NOTHING_NEW;

  const facts = new Map((await risks.reachOf(trx, scope, [releaseId])).map((fact) => [fact.identity, fact.functions]));
  const { sbom, functions } = await sboms.readSbomOf(trx, scope, deviceId, sbomId);
  await keepSupport(trx, scope, releaseId, { sbomId, sbom }, lookup, now);
  if (isSame) return NOTHING_NEW;
  const subject = { name: sbom.name ?? "", version: release.version, path: releaseId };
  const read = [{ path: "sbom", sbom }];
  const { findings, unmatched } = assess({ subject, sboms: read }, lookup, { now, asOf: null });
  const parts = sbom.subject === null ? sbom.components : [sbom.subject, ...sbom.components];
  const identities = new Set(parts.map((part) => identityOf(nameOf(part))));
  const { advisories, ...outcome } = await keepFindings(
    trx,
    scope,
    { deviceId, releaseId, reached: (identity) => reachedHarm(functions, facts.get(identity) ?? null) },
    findings,
    identities,
    now,
  );
  await keepLongTexts(trx, scope, textsOf(lookup, parts, new Set(advisories)));

  const reasons = new Map(unmatched.map(({ component, reason }) => [JSON.stringify(component), reason]));
  await keepComponentReasons(
    trx,
    scope,
    sbomId,
    sbom.components.flatMap((component, ordinal) => {
      const reason = reasons.get(JSON.stringify(nameOf(component)));
      return reason === undefined ? [] : [{ ordinal, reason }];
    }),
  );
  if (outcome.added > 0) await carryOverDecisions(trx, scope, release, now);
  await weighVex(trx, scope, releaseId, now, sbom);
  const counts = await countRelease(trx, scope, releaseId);
  await keepCounts(trx, scope, { deviceId, releaseId }, counts, now);
  await keepAssessed(trx, scope, releaseId, {
    assessedAt: now,
    assessedSbomId: sbomId,
    assessedIndex: sha256,
    assessedRules: ASSESSMENT_RULES,
    assessedVulnerabilities: lookup.about.counts.vulnerabilities,
  });
  if (!isKnown) await compared.keepKeys(trx, scope, releaseId, [...askedKeys(componentsOf(read))].map(keyNumber));
  if (outcome.added + outcome.changed + outcome.returned + outcome.gone > 0)
    await recordOnDevices(trx, scope, [
      {
        action: "release.assessed",
        subject: { type: "release", id: releaseId },
        before: null,
        after: { sbomId, index: sha256, outcome, counts },
        deviceId,
        releaseId,
      },
    ]);
  return outcome;
}
