import { recordOnDevices, takeRelease } from "../features/devices/devices.ts";
import {
  type ArrivedEvidence,
  getEvidence,
  keepEvidence,
  linkEvidence,
  proofs,
  showAll,
} from "../features/evidence/evidence.ts";
import type { EvidenceClaim, EvidenceOrigin, EvidenceReceipt } from "../features/evidence/stored/schema.ts";
import { Fault } from "../lib/fault.ts";
import { storable } from "../lib/storable.ts";
import { type Blob, type Blobs, keepBlob } from "../platform/blobs/blobs.ts";
import { type Db, inScope, type Scope, type Trx } from "../platform/db.ts";
import { readStored } from "./read-evidence-apart.ts";
import { assuranceOf, provable } from "./weigh-evidence.ts";

export interface EvidenceArrival {
  releaseId: string;
  fileName: string;
  pieces: AsyncIterable<Uint8Array>;
  claim: EvidenceClaim;
  origin: EvidenceOrigin;
}

/**
 * Evidence came for a release: its bytes are stored encrypted, read from there, and kept with what they prove and what they found, in
 * one transaction. The very same bytes again only add what they are said to prove. Fault `bad_input` or `too_large` when it cannot
 * be read: then nothing is kept.
 */
export async function evidenceArrived(
  db: Db,
  blobs: Blobs,
  scope: Scope,
  arrival: EvidenceArrival,
  now: Date,
): Promise<EvidenceReceipt> {
  const taken = await blobs.take(scope.organizationId, arrival.pieces);
  let isKept = false;
  try {
    const fileName = storable(arrival.fileName).slice(0, 200);
    const facts = await readStored(blobs, taken, fileName, arrival.claim.kind);
    const { sha256, sizeBytes } = taken;
    const { receipt, blob } = await inScope(db, scope, (trx) =>
      keepArrived(trx, scope, taken, { ...arrival, fileName, sha256, sizeBytes, facts }, now),
    );
    isKept = blob?.objectId === taken.objectId;
    return receipt;
  } catch (error) {
    // Whether a transaction that failed with anything but a Fault was committed is not known: a file too many is swept away later.
    if (!(error instanceof Fault)) isKept = true;
    throw error;
  } finally {
    if (!isKept) await blobs.drop(taken);
  }
}

async function keepArrived(
  trx: Trx,
  scope: Scope,
  taken: Blob,
  arrived: ArrivedEvidence,
  now: Date,
): Promise<{ receipt: EvidenceReceipt; blob: Blob | null }> {
  const { releaseId, claim } = arrived;
  const release = await takeRelease(trx, scope, releaseId);
  const assurance = await assuranceOf(trx, scope, releaseId);
  const known = await proofs.findSameBytes(trx, scope, releaseId, taken.sha256);
  if (claim.supersedes !== null) await refuseOther(trx, scope, releaseId, claim.supersedes);
  const blob = known === undefined ? await keepBlob(trx, scope, taken, now) : null;
  const kept = known === undefined ? await keepEvidence(trx, scope, arrived, now) : null;
  const evidenceId = kept?.id ?? known?.id ?? "";
  const linked = await linkEvidence(trx, scope, { evidenceId, releaseId }, claim.proves, now);
  const proves = linked.map(({ targetKind, targetId }) => `${targetKind} ${targetId}`);
  if (kept !== null || linked.length > 0)
    await recordOnDevices(trx, scope, [
      {
        action: kept === null ? "evidence.linked" : "evidence.added",
        subject: { type: "evidence", id: evidenceId },
        before: null,
        after:
          kept === null
            ? { proves }
            : {
                ...{
                  sha256: taken.sha256,
                  kind: arrived.facts.kind,
                  fileName: arrived.fileName,
                  origin: arrived.origin,
                },
                ...{ provesFrom: kept.provesFrom, provesUntil: claim.until, supersedes: claim.supersedes, proves },
                ...{ findings: kept.findings, newFindings: kept.added, reopened: kept.reopened },
              },
        deviceId: release.deviceId,
        releaseId,
      },
    ]);
  const [evidence] = await showAll(trx, scope, [await getEvidence(trx, scope, evidenceId)], provable(assurance));
  if (evidence === undefined) throw new Error("evidence that was kept is not there");
  return {
    blob,
    receipt: {
      evidence,
      unchanged: known !== undefined,
      newFindings: kept?.added ?? 0,
      reopened: kept?.reopened.length ?? 0,
    },
  };
}

async function refuseOther(trx: Trx, scope: Scope, releaseId: string, supersedes: string): Promise<void> {
  const earlier = await getEvidence(trx, scope, supersedes);
  if (earlier.releaseId !== releaseId)
    throw new Fault("not_found", "What it takes the place of is no evidence of this release", { at: "supersedes" });
}
