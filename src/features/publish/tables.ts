import type { Generated } from "kysely";
import type { Json } from "../../platform/tables.ts";
import type { AdvisoryContent, AdvisoryState, PublisherCategory, Tlp } from "./schema.ts";

declare module "../../platform/tables.ts" {
  interface Database {
    providerPath: { path: string; organizationId: string };
    publisher: PublisherRow;
    publisherKey: PublisherKeyRow;
    securityAdvisory: SecurityAdvisoryRow;
    securityAdvisoryRevision: SecurityAdvisoryRevisionRow;
  }
}

export interface PublisherRow {
  organizationId: string;
  name: string;
  category: PublisherCategory;
  namespace: string;
  contact: string;
  issuingAuthority: string;
  postalAddress: string;
  email: string;
  phone: string;
  idPrefix: string;
  nextNumber: Generated<number>;
  path: string;
  providerOn: boolean;
  providerOnSince: Date | null;
  listOnAggregators: boolean;
  mirrorOnAggregators: boolean;
  keyFingerprint: string | null;
  keyPublic: string | null;
  revision: Generated<number>;
  updatedAt: Date;
}

/** A public key that documents were signed with. */
export interface PublisherKeyRow {
  organizationId: string;
  fingerprint: string;
  publicKey: string;
}

export interface SecurityAdvisoryRow {
  organizationId: string;
  id: string;
  trackingId: string;
  content: Json<AdvisoryContent>;
  state: AdvisoryState;
  publishedNumber: number | null;
  changed: Generated<boolean>;
  revision: Generated<number>;
  createdAt: Date;
  createdBy: string;
  updatedAt: Date;
  updatedBy: string;
}

export interface SecurityAdvisoryRevisionRow {
  organizationId: string;
  advisoryId: string;
  number: number;
  category: string;
  status: "interim" | "final";
  tlp: Tlp;
  trackingId: string;
  title: string;
  summary: string;
  fileName: string;
  year: number;
  document: string;
  sha256: string;
  sha512: string;
  signature: string;
  keyFingerprint: string;
  releasedAt: Date;
  publishedAt: Date;
  publishedById: string;
  publishedBy: string;
}
