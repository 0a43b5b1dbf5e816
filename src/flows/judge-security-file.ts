import { referredBy } from "../features/controls/catalogue/refs.ts";
import { chosenCatalogues } from "../features/controls/controls.ts";
import { getRelease, sboms } from "../features/devices/devices.ts";
import { proofs, showAll, testFindings } from "../features/evidence/evidence.ts";
import { showFinding } from "../features/evidence/show.ts";
import { withEvidence } from "../features/security-file/assurance/with-evidence.ts";
import { checkFile } from "../features/security-file/check/check-file.ts";
import { proposeThreats } from "../features/security-file/propose/propose.ts";
import type { Proposals } from "../features/security-file/propose/schema.ts";
import { worstHarmIn } from "../features/security-file/propose/worst-harm.ts";
import type { Problem } from "../features/security-file/schema.ts";
import { type Loaded, loadFile, threatCatalogue } from "../features/security-file/security-file.ts";
import type { Scope, Trx } from "../platform/db.ts";

const MOST_EVIDENCE = 10_000;
const MOST_FINDINGS = 20_000;

/** A release's file together with the evidence and the findings of tests that are kept beside it: what checks and traces look at. */
export async function judgedFileOf(trx: Trx, scope: Scope, releaseId: string, now: Date): Promise<Loaded> {
  const release = await getRelease(trx, scope, releaseId);
  const loaded = await loadFile(trx, scope, releaseId);
  if (loaded.revision === 0) return loaded;
  const evidence = await showAll(trx, scope, await proofs.evidenceOf(trx, scope, releaseId, false, MOST_EVIDENCE), []);
  const first = { after: null, limit: MOST_FINDINGS };
  const findings = (await testFindings.pageOfFindings(trx, scope, { releaseId }, first)).map((row) =>
    showFinding(row, now.toISOString().slice(0, 10)),
  );
  return { ...loaded, file: withEvidence(loaded.file, { evidence, findings, version: release.version }) };
}

/** What is wrong with a release's file, and what is missing: as of today, and beside the parts of its SBOM. */
export async function checkSecurityFileOf(trx: Trx, scope: Scope, releaseId: string, now: Date): Promise<Problem[]> {
  const { file } = await judgedFileOf(trx, scope, releaseId, now);
  const { sbomId } = await getRelease(trx, scope, releaseId);
  const sbom = sbomId === null ? undefined : (await sboms.readSboms(trx, scope, [sbomId])).get(sbomId);
  const { catalogues, others } = await chosenCatalogues(trx, scope, releaseId);
  const referred = referredBy(file, [...catalogues, ...others]);
  return checkFile(file, { asOf: now.toISOString().slice(0, 10), sbom: sbom?.components ?? null, referred });
}

/** Threats that the rules see in a release's file and nobody has answered, worst harm first. */
export async function proposedThreatsOf(trx: Trx, scope: Scope, releaseId: string): Promise<Proposals> {
  await getRelease(trx, scope, releaseId);
  const { file } = await loadFile(trx, scope, releaseId);
  return proposeThreats(file, threatCatalogue(), worstHarmIn(file));
}
