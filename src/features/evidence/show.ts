import type { ProofTarget } from "./coverage/schema.ts";
import type { EvidenceSummary } from "./schema.ts";
import type { Disposition, Evidence, EvidenceOrigin, FindingState, KeptFinding } from "./stored/schema.ts";

interface Row {
  id: string;
  releaseId: string;
  fileName: string;
  sizeBytes: number;
  sha256: string;
  summary: EvidenceSummary;
  note: string;
  provesFrom: string;
  provesUntil: string | null;
  cameInAt: Date;
  origin: EvidenceOrigin;
  byName: string;
  supersedes: string | null;
  supersededBy: string | null;
  withdrawnAt: Date | null;
  withdrawnBy: string | null;
  withdrawnBecause: string | null;
  findings: number;
  openFindings: number;
}

export function showEvidence(
  row: Row,
  proofs: readonly { id: string; targetKind: "control" | "test"; targetId: string }[],
  targets: readonly ProofTarget[],
): Evidence {
  const {
    id,
    releaseId,
    fileName,
    sizeBytes,
    sha256,
    summary,
    note,
    provesFrom,
    provesUntil,
    supersedes,
    supersededBy,
  } = row;
  return {
    ...{ id, releaseId, fileName, sizeBytes, sha256, summary, note, provesFrom, provesUntil, supersedes, supersededBy },
    cameInAt: row.cameInAt.toISOString(),
    origin: row.origin,
    by: row.byName,
    withdrawn:
      row.withdrawnAt === null
        ? null
        : { at: row.withdrawnAt.toISOString(), by: row.withdrawnBy ?? "", because: row.withdrawnBecause ?? "" },
    proves: proofs.map(({ id: proofId, targetKind, targetId }) => {
      const target = targets.find((one) => one.kind === targetKind && one.id === targetId);
      return { proofId, kind: targetKind, id: targetId, name: target?.name ?? targetId, known: target?.known ?? false };
    }),
    findings: Number(row.findings),
    openFindings: Number(row.openFindings),
  };
}

interface FindingRow extends Omit<KeptFinding, "decidedAt" | "firstSeenAt" | "overdue" | "disposition"> {
  state: FindingState;
  disposition: Disposition | null;
  decidedAt: Date | null;
  firstSeenAt: Date;
}

export function showFinding(row: FindingRow, today: string): KeptFinding {
  const { id, releaseId, kind, toolName, rule, title, severity, said, place, cwes, cves, description, note } = row;
  const { state, disposition, decidedBy, lastEvidenceId, goneIn, revision } = row;
  return {
    ...{ id, releaseId, kind, toolName, rule, title, severity, said, place, cwes, cves, description, note },
    ...{ state, disposition, decidedBy, lastEvidenceId, goneIn, revision },
    decidedAt: row.decidedAt?.toISOString() ?? null,
    firstSeenAt: row.firstSeenAt.toISOString(),
    overdue: disposition?.state === "deferred" && disposition.on < today,
  };
}
