import { Fault } from "../../lib/fault.ts";
import { newId } from "../../lib/ids.ts";
import { storable, storableJson } from "../../lib/storable.ts";
import type { Scope, Trx } from "../../platform/db.ts";
import type { ProofTarget } from "./coverage/schema.ts";
import {
  countFindings,
  decideFinding,
  findingsById,
  lockFindings,
  openByRelease,
  pageOfFindings,
} from "./findings/store.ts";
import { fingerprints, needsDisposition } from "./fingerprint.ts";
import type { EvidenceFacts } from "./schema.ts";
import { showEvidence } from "./show.ts";
import {
  addProofs,
  type EvidenceWithCounts,
  evidenceOf,
  findEvidence,
  findProof,
  findSameBytes,
  insertEvidence,
  keepFindings,
  namesOf,
  proofsOf,
  proofsOfRelease,
  releasesWithProofs,
  removeProof,
  withdrawEvidence,
} from "./store.ts";
import {
  type Evidence,
  type EvidenceClaim,
  type EvidenceOrigin,
  type ProofRef,
  RATING_WEIGHT,
} from "./stored/schema.ts";

/** What evidence keeps by id, as people call it. */
export const nameEvidenceThings = namesOf;

export interface ArrivedEvidence {
  releaseId: string;
  fileName: string;
  sha256: string;
  sizeBytes: number;
  facts: EvidenceFacts;
  claim: EvidenceClaim;
  origin: EvidenceOrigin;
}

const DAY_MS = 86_400_000;

/** Keeps evidence with its findings. The days it proves begin when it was performed, unless something else is claimed. */
export async function keepEvidence(trx: Trx, scope: Scope, arrived: ArrivedEvidence, now: Date) {
  const { releaseId, facts, claim } = arrived;
  const { findings, ...summary } = facts;
  const id = newId();
  const toolName = summary.tool?.name ?? "";
  const provesFrom = claim.from ?? (summary.performedFrom ?? now.toISOString()).slice(0, 10);
  refusePeriod(provesFrom, claim.until, now);
  await insertEvidence(trx, scope, {
    id,
    releaseId,
    sha256: arrived.sha256,
    fileName: arrived.fileName,
    sizeBytes: arrived.sizeBytes,
    kind: facts.kind,
    toolName,
    summary: storableJson(summary),
    note: storable(claim.note),
    provesFrom,
    provesUntil: claim.until,
    cameInAt: now,
    origin: arrived.origin,
    byId: scope.actor.id,
    byName: scope.actor.name,
    supersedes: claim.supersedes,
  });
  const prints = fingerprints(facts);
  const kept = findings.flatMap((finding, i) =>
    needsDisposition(finding)
      ? [{ ...finding, id: newId(), fingerprint: prints[i] ?? "", weight: RATING_WEIGHT[finding.severity] }]
      : [],
  );
  const performedUntil = summary.performedUntil === null ? now : new Date(summary.performedUntil);
  const { added, reopened } = await keepFindings(
    trx,
    scope,
    { evidenceId: id, releaseId, kind: facts.kind, toolName, performedUntil },
    kept,
    now,
  );
  return { id, provesFrom, findings: kept.length, added, reopened };
}

function refusePeriod(from: string, until: string | null, now: Date): void {
  const tomorrow = new Date(now.getTime() + DAY_MS).toISOString().slice(0, 10);
  if (from > tomorrow)
    throw new Fault("bad_input", "The first day is in the future: nothing is proven before it is done", { at: "from" });
  if (until !== null && until < from)
    throw new Fault("bad_input", "The last day is before the first", { at: "until", fix: `It begins on ${from}` });
}

/** Says what evidence proves; what was said already is left out. Returns what is new. */
export const linkEvidence = async (
  trx: Trx,
  scope: Scope,
  of: { evidenceId: string; releaseId: string },
  proves: readonly ProofRef[],
  now: Date,
) => {
  const distinct = [...new Map(proves.map((one) => [`${one.kind} ${one.id}`, one])).values()];
  return addProofs(
    trx,
    scope,
    of,
    distinct.map((one) => ({ ...one, proofId: newId() })),
    now,
  );
};

/** Rows as the API shows them; `targets` give the names. */
export async function showAll(
  trx: Trx,
  scope: Scope,
  rows: readonly EvidenceWithCounts[],
  targets: readonly ProofTarget[],
): Promise<Evidence[]> {
  const proofs = Map.groupBy(
    await proofsOf(
      trx,
      scope,
      rows.map(({ id }) => id),
    ),
    ({ evidenceId }) => evidenceId,
  );
  return rows.map((row) => showEvidence(row, proofs.get(row.id) ?? [], targets));
}

/** Fault `not_found`. */
export async function getEvidence(trx: Trx, scope: Scope, id: string) {
  const found = await findEvidence(trx, scope, id);
  if (found === undefined) throw new Fault("not_found", `There is no evidence ${id}`, { at: "id" });
  return found;
}

/** What evidence keeps; the stories are `flows/evidence-arrived.ts` and `flows/weigh-evidence.ts`. */
export const proofs = {
  evidenceOf,
  findProof,
  findSameBytes,
  proofsOfRelease,
  releasesWithProofs,
  removeProof,
  withdrawEvidence,
};
export const testFindings = { countFindings, decideFinding, findingsById, lockFindings, openByRelease, pageOfFindings };
