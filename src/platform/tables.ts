import type { ColumnType, Generated } from "kysely";

/**
 * Every table Cordon's queries may name. A feature adds its own rows from its `tables.ts`, so that the platform knows no feature:
 *
 *     declare module "../../platform/tables.ts" { interface Database { device: DeviceRow } }
 *
 * SQL names are snake_case, row properties camelCase (CamelCasePlugin; keys inside jsonb are left alone).
 * `timestamptz` reads as Date, `date` as a "YYYY-MM-DD" string, `bigint` and `count(*)` as number.
 */
export interface Database {
  organization: OrganizationRow;
  ledgerHead: LedgerHeadRow;
  ledgerEntry: LedgerEntryRow;
  ledgerKey: LedgerKeyRow;
  ledgerCheckpoint: LedgerCheckpointRow;
  jobRun: JobRunRow;
  blob: BlobRow;
}

/** jsonb: written as a JSON string (`JSON.stringify`), read as the parsed value. */
export type Json<T> = ColumnType<T, string, string>;

export interface OrganizationRow {
  organizationId: string;
  name: string;
  createdAt: Generated<Date>;
}

export interface LedgerHeadRow {
  organizationId: string;
  sequence: number;
  hash: string;
}

export interface LedgerEntryRow {
  organizationId: string;
  sequence: number;
  at: Date;
  actorKind: "user" | "key" | "system";
  actorId: string;
  actorName: string;
  action: string;
  subjectType: string;
  subjectId: string;
  beforeHash: string | null;
  afterHash: string | null;
  previousHash: string;
  hash: string;
}

export interface LedgerKeyRow {
  organizationId: string;
  keyId: string;
  ed25519: string;
  mlDsa65: string;
}

export interface LedgerCheckpointRow extends LedgerKeyRow {
  sequence: number;
  hash: string;
  previousSequence: number;
  at: Date;
}

export interface JobRunRow {
  organizationId: string;
  id: string;
  job: string;
  key: string | null;
  state: Generated<"waiting" | "running" | "done" | "failed">;
  done: Generated<number>;
  total: number | null;
  message: Generated<string>;
  result: Json<unknown> | null;
  createdAt: Generated<Date>;
  startedAt: Date | null;
  endedAt: Date | null;
}

export interface BlobRow {
  organizationId: string;
  sha256: string;
  objectId: string;
  sizeBytes: number;
  keyId: string;
  wrappedKey: Buffer;
  storedAt: Date;
}
