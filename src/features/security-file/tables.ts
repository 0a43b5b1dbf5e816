import type { Json } from "../../platform/tables.ts";
import type { FileHead, ItemKind } from "./schema.ts";
import type { AcceptanceMatrix } from "./threats/schema.ts";

declare module "../../platform/tables.ts" {
  interface Database {
    securityFile: SecurityFileRow;
    securityFileItem: SecurityFileItemRow;
    securityFileChange: SecurityFileChangeRow;
    acceptanceMatrix: AcceptanceMatrixRow;
  }
}

export interface SecurityFileRow {
  organizationId: string;
  releaseId: string;
  revision: number;
  head: Json<FileHead>;
  headRevision: number;
  changedBy: string;
  changedAt: Date;
}

export interface SecurityFileItemRow {
  organizationId: string;
  releaseId: string;
  id: string;
  kind: ItemKind;
  body: Json<object>;
  revision: number;
}

/** What one item was, and is. */
export interface ItemChange {
  kind: ItemKind | "head";
  id: string;
  before: object | null;
  after: object | null;
}

export interface SecurityFileChangeRow {
  organizationId: string;
  releaseId: string;
  revision: number;
  changes: Json<ItemChange[]>;
  note: string;
  changedById: string;
  changedBy: string;
  changedAt: Date;
}

export interface AcceptanceMatrixRow {
  organizationId: string;
  id: string;
  name: string;
  edition: string;
  matrix: Json<AcceptanceMatrix>;
  addedBy: string;
  addedAt: Date;
}
