import type { VexFormat, VexRefusal, VexStatement } from "../vex/schema.ts";
import type { SpokenVex, Trust, VexDocument, VexRole, VexSource } from "./schema.ts";

/** A document as it is kept. */
export interface DocumentRow {
  id: string;
  releaseId: string;
  fileName: string;
  sha256: string;
  sizeBytes: number;
  format: VexFormat;
  formatVersion: string;
  statements: number;
  speaking: number;
  refused: VexRefusal[];
  uploadedAt: Date;
  uploadedBy: string;
  withdrawnAt: Date | null;
  withdrawnBy: string | null;
}

export const showDocument = (row: DocumentRow): VexDocument => ({
  ...row,
  uploadedAt: row.uploadedAt.toISOString(),
  withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
});

/** An author of statements as kept. */
export interface SourceRow {
  id: string;
  name: string;
  trust: Trust;
  decidedBy: string | null;
  decidedAt: Date | null;
  revision: number;
  statements: number;
  firstSeenAt: Date;
}

export const showSource = (row: SourceRow): VexSource => ({
  ...row,
  decidedAt: row.decidedAt?.toISOString() ?? null,
  firstSeenAt: row.firstSeenAt.toISOString(),
});

/** What one statement says of a finding, with whose it is and what was answered. */
export interface SpokenRow {
  statementId: string;
  role: VexRole;
  statement: VexStatement;
  trust: Trust;
  sourceId: string;
  sourceName: string;
  documentId: string;
  fileName: string;
  uploadedAt: Date;
  uploadedBy: string;
  carriedFrom: string | null;
  answer: "taken" | "turned-down" | null;
  answeredBy: string | null;
  answeredAt: Date | null;
}

export const showSpoken = (row: SpokenRow): SpokenVex => {
  const { status, justification, originalJustification, impact, action, note, issuedAt, source } = row.statement;
  return {
    statementId: row.statementId,
    source: {
      id: row.sourceId,
      name: row.sourceName,
      trust: row.trust,
      namedBy: row.statement.authorNamedBy ?? "document",
    },
    document: {
      id: row.documentId,
      fileName: row.fileName,
      uploadedAt: row.uploadedAt.toISOString(),
      uploadedBy: row.uploadedBy,
    },
    at: source.at,
    status,
    justification,
    originalJustification,
    impact,
    action,
    note,
    issuedAt,
    role: row.role,
    carriedFrom: row.carriedFrom,
    answer: row.answer,
    answeredBy: row.answeredBy,
    answeredAt: row.answeredAt?.toISOString() ?? null,
  };
};
