import { getRelease, recordOnDevices, takeRelease } from "../features/devices/devices.ts";
import { coverageOf, type Proof } from "../features/evidence/coverage/coverage.ts";
import { expiring } from "../features/evidence/coverage/expiry.ts";
import type { ProofTarget, TargetCoverage } from "../features/evidence/coverage/schema.ts";
import { targetsOf, targetsToProve, withVerified } from "../features/evidence/coverage/targets.ts";
import { getEvidence, linkEvidence, proofs, showAll, testFindings } from "../features/evidence/evidence.ts";
import { showFinding } from "../features/evidence/show.ts";
import type { Disposition, Evidence, KeptFinding, ProofRef } from "../features/evidence/stored/schema.ts";
import { dispositionsIn } from "../features/security-file/assurance/evidence-files.ts";
import type { SecurityFile } from "../features/security-file/schema.ts";
import { loadAssurance, loadFile } from "../features/security-file/security-file.ts";
import { Fault } from "../lib/fault.ts";
import type { Scope, Trx } from "../platform/db.ts";

type Assurance = Pick<SecurityFile, "controls" | "tests">;

/** Controls and tests of a release's security file. */
export const assuranceOf = (trx: Trx, scope: Scope, releaseId: string): Promise<Assurance> =>
  loadAssurance(trx, scope, releaseId);

export const provable = (assurance: Assurance): ProofTarget[] => targetsOf(assurance);

const MOST_DAYS = 1_100;
const YEAR_DAYS = 365;
const DAY_MS = 86_400_000;
const dayOf = (at: Date) => at.toISOString().slice(0, 10);

/** How every control of a release stands on one day, for those who only want to know what runs out. */
export async function standingOn(trx: Trx, scope: Scope, releaseId: string, day: string): Promise<TargetCoverage[]> {
  const assurance = await assuranceOf(trx, scope, releaseId);
  const given = withVerified(assurance, (await proofs.proofsOfRelease(trx, scope, releaseId)).map(toProof));
  const from = dayOf(new Date(Date.parse(day) - YEAR_DAYS * DAY_MS));
  return coverageOf(targetsToProve(assurance, given), given, { from, until: day, asOf: day, today: day }).targets;
}

export interface CoverageAsked {
  releaseId: string;
  from?: string | undefined;
  until?: string | undefined;
  asOf?: string | undefined;
  expiringWithinDays: number;
}

/** On which days of a period (else the last year) each control was proven, and what expires. */
export async function weighEvidence(trx: Trx, scope: Scope, asked: CoverageAsked, now: Date) {
  await getRelease(trx, scope, asked.releaseId);
  const today = dayOf(now);
  const until = asked.until ?? today;
  const from = asked.from ?? dayOf(new Date(Date.parse(until) - 364 * DAY_MS));
  if (from > until || (Date.parse(until) - Date.parse(from)) / DAY_MS > MOST_DAYS)
    throw new Fault("bad_input", `A period has its first day first and at most ${MOST_DAYS} days`, { at: "from" });
  const assurance = await assuranceOf(trx, scope, asked.releaseId);
  const given = withVerified(assurance, (await proofs.proofsOfRelease(trx, scope, asked.releaseId)).map(toProof));
  const coverage = coverageOf(targetsToProve(assurance, given), given, {
    from,
    until,
    asOf: asked.asOf ?? today,
    today,
  });
  return { ...coverage, expiring: expiring(coverage, asked.expiringWithinDays) };
}

const toProof = (row: Awaited<ReturnType<typeof proofs.proofsOfRelease>>[number]): Proof => ({
  evidenceId: row.evidenceId,
  target: { kind: row.targetKind, id: row.targetId },
  from: row.provesFrom,
  until: row.provesUntil,
  cameInOn: dayOf(row.cameInAt),
  openFindings: row.openFindings,
});

async function shown(trx: Trx, scope: Scope, id: string): Promise<Evidence> {
  const row = await getEvidence(trx, scope, id);
  const [evidence] = await showAll(trx, scope, [row], provable(await assuranceOf(trx, scope, row.releaseId)));
  if (evidence === undefined) throw new Error("evidence without a picture");
  return evidence;
}

export const oneEvidence = shown;

/** Somebody says what evidence proves. */
export async function linkToProofs(
  trx: Trx,
  scope: Scope,
  id: string,
  proves: readonly ProofRef[],
  now: Date,
): Promise<Evidence> {
  const evidence = await getEvidence(trx, scope, id);
  const { deviceId } = await takeRelease(trx, scope, evidence.releaseId);
  refuseWithdrawn(evidence);
  const linked = await linkEvidence(trx, scope, { evidenceId: id, releaseId: evidence.releaseId }, proves, now);
  if (linked.length > 0)
    await recordOnDevices(trx, scope, [
      {
        action: "evidence.linked",
        subject: { type: "evidence", id },
        before: null,
        after: { proves: linked.map(({ targetKind, targetId }) => `${targetKind} ${targetId}`) },
        deviceId,
        releaseId: evidence.releaseId,
      },
    ]);
  return shown(trx, scope, id);
}

/** Somebody takes back that evidence proves something; that it was said stays. */
export async function unlinkProof(trx: Trx, scope: Scope, proofId: string, now: Date): Promise<Evidence> {
  const proof = await proofs.findProof(trx, scope, proofId);
  if (proof === undefined) throw new Fault("not_found", `There is no proof ${proofId}`, { at: "id" });
  const { deviceId } = await takeRelease(trx, scope, proof.releaseId);
  await proofs.removeProof(trx, scope, proofId, now);
  await recordOnDevices(trx, scope, [
    {
      action: "evidence.unlinked",
      subject: { type: "evidence", id: proof.evidenceId },
      before: { proves: `${proof.targetKind} ${proof.targetId}` },
      after: null,
      deviceId,
      releaseId: proof.releaseId,
    },
  ]);
  return shown(trx, scope, proof.evidenceId);
}

/** Evidence turns out not to be: it stays with the reason, and proves nothing. */
export async function withdraw(trx: Trx, scope: Scope, id: string, because: string, now: Date): Promise<Evidence> {
  const evidence = await getEvidence(trx, scope, id);
  const { deviceId } = await takeRelease(trx, scope, evidence.releaseId);
  refuseWithdrawn(evidence);
  await proofs.withdrawEvidence(trx, scope, id, because, now);
  await recordOnDevices(trx, scope, [
    {
      action: "evidence.withdrawn",
      subject: { type: "evidence", id },
      before: { withdrawn: false },
      after: { withdrawn: true, because },
      deviceId,
      releaseId: evidence.releaseId,
    },
  ]);
  return shown(trx, scope, id);
}

function refuseWithdrawn({ withdrawnAt }: { withdrawnAt: Date | null }): void {
  if (withdrawnAt !== null)
    throw new Fault("conflict", "This evidence was withdrawn", { fix: "Give it again if it counts" });
}

const DECIDED: Readonly<Record<Disposition["state"], string>> = {
  fixed: "test-finding.fixed",
  accepted: "test-finding.accepted",
  deferred: "test-finding.deferred",
  "not-applicable": "test-finding.not-applicable",
};

/** Somebody decides what is done about findings: all of them, or none when one was changed meanwhile. */
export async function decideTestFindings(
  trx: Trx,
  scope: Scope,
  wanted: readonly { id: string; revision: number }[],
  disposition: Disposition | null,
  now: Date,
): Promise<KeptFinding[]> {
  const ids = wanted.map(({ id }) => id);
  const rows = new Map((await testFindings.lockFindings(trx, scope, ids)).map((row) => [row.id, row]));
  if (disposition?.state === "fixed") await refuseUnshown(trx, scope, disposition, [...rows.values()]);
  const stories: Parameters<typeof recordOnDevices>[2][number][] = [];
  const deviceOf = new Map<string, string>();
  for (const { id, revision } of wanted) {
    const row = rows.get(id);
    if (row === undefined) throw new Fault("not_found", `There is no finding of a test ${id}`, { at: "id" });
    if (row.revision !== revision)
      throw new Fault("conflict", "Somebody changed this since you opened it", { at: id, fix: "Look at it again" });
    const { releaseId } = row;
    const deviceId = deviceOf.get(releaseId) ?? (await getRelease(trx, scope, releaseId)).deviceId;
    deviceOf.set(releaseId, deviceId);
    await testFindings.decideFinding(trx, scope, id, disposition, revision + 1, now);
    stories.push({
      action: disposition === null ? "test-finding.opened-again" : DECIDED[disposition.state],
      subject: { type: "test-finding", id },
      before: { state: row.state, disposition: row.disposition },
      after: { state: disposition?.state ?? "open", disposition },
      deviceId,
      releaseId,
    });
  }
  await recordOnDevices(trx, scope, stories);
  const byId = new Map((await testFindings.findingsById(trx, scope, ids)).map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row === undefined ? [] : [showFinding(row, dayOf(now))];
  });
}

const MOST_AT_ONCE = 1_000;

/** Findings that stand open get the disposition that the release's security file already gives a finding of the same name. */
export async function takeDispositions(trx: Trx, scope: Scope, releaseId: string, now: Date): Promise<void> {
  const { file } = await loadFile(trx, scope, releaseId);
  const first = { after: null, limit: MOST_AT_ONCE };
  const open = await testFindings.pageOfFindings(trx, scope, { releaseId, state: "open" }, first);
  for (const { finding, disposition } of dispositionsIn(file, open))
    await decideTestFindings(trx, scope, [finding], disposition, now);
}

/** "Fixed" names the release that has the fix, or evidence of the same release that shows it. */
async function refuseUnshown(
  trx: Trx,
  scope: Scope,
  { release, evidenceId }: Extract<Disposition, { state: "fixed" }>,
  findings: readonly { releaseId: string }[],
): Promise<void> {
  if (release === null && evidenceId === null)
    throw new Fault("bad_input", "What shows that it is fixed?", {
      at: "disposition",
      fix: "Name evidence, or the release that has the fix",
    });
  if (evidenceId === null) return;
  const evidence = await getEvidence(trx, scope, evidenceId);
  refuseWithdrawn(evidence);
  const [first] = findings;
  if (first !== undefined && evidence.releaseId !== first.releaseId && release === null)
    throw new Fault("bad_input", "The evidence is of another release", {
      at: "disposition",
      fix: "Name that release too",
    });
}
