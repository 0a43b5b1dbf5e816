import type { Json } from "../../platform/tables.ts";
import type { Mds2Answer } from "./mds2/schema.ts";
import type { Catalogue, Loss, ShownControl } from "./schema.ts";

declare module "../../platform/tables.ts" {
  interface Database {
    catalog: CatalogRow;
    catalogControl: CatalogControlRow;
    releaseCatalogs: ReleaseCatalogsRow;
    mds2Form: Mds2FormRow;
  }
}

export interface CatalogRow {
  organizationId: string;
  id: string;
  name: string;
  edition: string;
  title: string;
  publisher: string;
  fileName: string;
  hash: string;
  document: Json<Catalogue>;
  losses: Json<Loss[]>;
  importedBy: string;
  importedAt: Date;
}

export interface CatalogControlRow {
  organizationId: string;
  catalogId: string;
  position: number;
  controlId: string;
  label: string;
  title: string;
  parentId: string | null;
  shown: Json<ShownControl>;
}

export interface ReleaseCatalogsRow {
  organizationId: string;
  releaseId: string;
  names: string[];
  revision: number;
  changedBy: string;
  changedAt: Date;
}

export interface Mds2FormRow {
  organizationId: string;
  id: string;
  releaseId: string;
  fileName: string;
  hash: string;
  answers: Json<Mds2Answer[]>;
  unanswered: string[];
  losses: Json<Loss[]>;
  uploadedBy: string;
  uploadedAt: Date;
}
