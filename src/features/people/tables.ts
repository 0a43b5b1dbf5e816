import type { Role } from "./schema.ts";

declare module "../../platform/tables.ts" {
  interface Database {
    member: MemberRow;
    invitation: InvitationRow;
    apiKey: ApiKeyRow;
  }
}

export interface MemberRow {
  organizationId: string;
  userId: string;
  name: string;
  email: string;
  roles: Role[];
  state: "active" | "deactivated";
  joinedAt: Date;
}

export interface InvitationRow {
  organizationId: string;
  id: string;
  tokenHash: string;
  purpose: "first-administrator" | "invitation" | "recovery";
  email: string;
  name: string;
  roles: Role[];
  invitedBy: string;
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
  withdrawnAt: Date | null;
}

export interface ApiKeyRow {
  organizationId: string;
  id: string;
  userId: string;
  name: string;
  start: string;
  hash: string;
  scopes: string[];
  createdBy: string;
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}
