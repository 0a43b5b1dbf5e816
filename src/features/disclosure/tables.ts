import type { Generated } from "kysely";
import type { CaseMessage, CaseReceipt, CaseState, CaseVia } from "./schema.ts";

declare module "../../platform/tables.ts" {
  interface Database {
    disclosureIntake: DisclosureIntakeRow;
    disclosureCase: DisclosureCaseRow;
    disclosureMessage: DisclosureMessageRow;
    disclosureAttachment: DisclosureAttachmentRow;
    disclosureReceipt: DisclosureReceiptRow;
    disclosureCount: DisclosureCountRow;
  }
}

export interface DisclosureIntakeRow {
  organizationId: string;
  enabled: boolean;
  slug: string;
  name: string;
  contactEmail: string;
  policy: string;
  languages: string[];
  pgpKey: string | null;
  mailReceipts: boolean;
  salt: string;
  lastNumber: number;
  revision: number;
}

export interface DisclosureCaseRow {
  organizationId: string;
  id: string;
  number: string;
  via: CaseVia;
  sourceId: string | null;
  title: string;
  product: string;
  version: string;
  reproduce: string;
  impact: string;
  contact: string;
  creditWish: string;
  state: CaseState;
  stateSince: Date;
  ownerId: string | null;
  ownerName: string | null;
  deviceId: string | null;
  releaseId: string | null;
  advisory: string | null;
  embargoOn: string | null;
  credit: string;
  tokenHash: string;
  unread: boolean;
  revision: number;
  receivedAt: Date;
}

export interface DisclosureMessageRow {
  organizationId: string;
  id: string;
  caseId: string;
  at: Date;
  side: CaseMessage["side"];
  byName: string;
  text: string;
}

export interface DisclosureAttachmentRow {
  organizationId: string;
  id: string;
  caseId: string;
  fileName: string;
  sizeBytes: number;
  sha256: string;
  sealed: Buffer;
}

export interface DisclosureReceiptRow {
  organizationId: string;
  caseId: string;
  state: CaseReceipt["state"];
  reason: string | null;
  at: Date;
  inReplyTo: string | null;
  sealedToken: Buffer | null;
  attempts: Generated<number>;
  nextTryAt: Date | null;
}

export interface DisclosureCountRow {
  organizationId: string;
  bucket: string;
  hour: Date;
  count: number;
}
