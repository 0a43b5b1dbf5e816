import type { Generated } from "kysely";
import type { Json } from "../../platform/tables.ts";
import type { Rating } from "../intel/assess/schema.ts";
import type { EvidenceKind, EvidenceSummary } from "./schema.ts";
import type { Disposition, EvidenceOrigin, FindingState } from "./stored/schema.ts";

declare module "../../platform/tables.ts" {
  interface Database {
    evidence: EvidenceRow;
    evidenceProof: EvidenceProofRow;
    testFinding: TestFindingRow;
    evidenceFinding: EvidenceFindingRow;
  }
}

export interface EvidenceRow {
  organizationId: string;
  id: string;
  releaseId: string;
  sha256: string;
  fileName: string;
  sizeBytes: number;
  kind: EvidenceKind;
  toolName: string;
  summary: Json<EvidenceSummary>;
  note: string;
  provesFrom: string;
  provesUntil: string | null;
  cameInAt: Date;
  origin: EvidenceOrigin;
  byId: string;
  byName: string;
  supersedes: string | null;
  withdrawnAt: Date | null;
  withdrawnBy: string | null;
  withdrawnBecause: string | null;
}

export interface EvidenceProofRow {
  organizationId: string;
  id: string;
  evidenceId: string;
  releaseId: string;
  targetKind: "control" | "test";
  targetId: string;
  addedAt: Date;
  addedBy: string;
  removedAt: Date | null;
  removedBy: string | null;
}

export interface TestFindingRow {
  organizationId: string;
  id: string;
  releaseId: string;
  fingerprint: string;
  kind: EvidenceKind;
  toolName: string;
  rule: string;
  title: string;
  severity: Rating;
  weight: number;
  said: string;
  place: string;
  cwes: string[];
  cves: string[];
  description: string;
  note: string | null;
  firstSeenAt: Date;
  lastEvidenceId: string;
  state: Generated<FindingState>;
  disposition: Json<Disposition> | null;
  decidedAt: Date | null;
  decidedBy: string | null;
  revision: Generated<number>;
}

export interface EvidenceFindingRow {
  organizationId: string;
  evidenceId: string;
  findingId: string;
}
