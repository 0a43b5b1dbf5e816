import type { Generated } from "kysely";
import type { Json } from "../../platform/tables.ts";
import type { EventKind } from "./calendar/schema.ts";
import type { ClockFacts, KeptDefinition } from "./clocks/clock-facts.ts";
import type { Evidence } from "./clocks/schema.ts";
import type { Cadence, NoticeKind } from "./notices/schema.ts";

declare module "../../platform/tables.ts" {
  interface Database {
    clock: ClockRow;
    clockSettings: ClockSettingsRow;
    notice: NoticeRow;
    mail: MailRow;
    noticeSettings: NoticeSettingsRow;
    webhook: WebhookRow;
    webhookDelivery: WebhookDeliveryRow;
    calendarEvent: CalendarEventRow;
    calendarFeed: CalendarFeedRow;
  }
}

export interface ClockSettingsRow {
  organizationId: string;
  timeZone: string;
  offInstruments: string[];
  revision: Generated<number>;
}

export interface ClockRow extends Omit<ClockFacts, "definition" | "startEvidence" | "stopEvidence" | "revision"> {
  organizationId: string;
  definition: Json<KeptDefinition>;
  startEvidence: Json<Evidence>;
  stopEvidence: Json<Evidence> | null;
  revision: Generated<number>;
}

export interface NoticeRow {
  organizationId: string;
  id: string;
  userId: string;
  kind: NoticeKind;
  subjectType: string;
  subjectId: string;
  change: string;
  title: string;
  happened: string;
  safe: string;
  nextStep: string;
  path: string;
  createdAt: Date;
  readAt: Date | null;
  mailAt: Date | null;
  mailId: string | null;
}

export interface MailRow {
  organizationId: string;
  id: string;
  userId: string;
  createdAt: Date;
  attempts: Generated<number>;
  nextTryAt: Date | null;
  sentAt: Date | null;
  failedAt: Date | null;
  reason: string | null;
}

export interface NoticeSettingsRow {
  organizationId: string;
  userId: string;
  timeZone: string;
  hour: number;
  weekday: number;
  cadence: Json<Partial<Record<NoticeKind, Cadence>>>;
}

export interface WebhookRow {
  organizationId: string;
  id: string;
  name: string;
  url: string;
  sealedSecret: string;
  kinds: NoticeKind[];
  enabled: boolean;
  createdBy: string;
  createdAt: Date;
  removedAt: Date | null;
  revision: Generated<number>;
}

export interface WebhookDeliveryRow {
  organizationId: string;
  id: string;
  webhookId: string;
  kind: string;
  change: string;
  body: string;
  createdAt: Date;
  attempts: Generated<number>;
  nextTryAt: Date | null;
  deliveredAt: Date | null;
  failedAt: Date | null;
  status: number | null;
  reason: string | null;
}

export interface CalendarEventRow {
  organizationId: string;
  id: string;
  uid: string;
  kind: EventKind;
  title: string;
  startsOn: string | null;
  endsOn: string | null;
  startsAt: Date | null;
  endsAt: Date | null;
  location: string;
  url: string | null;
  description: string;
  repeats: string | null;
  timeZone: string | null;
  imported: boolean;
  addedBy: string;
  changedAt: Date;
  removedAt: Date | null;
  revision: Generated<number>;
}

export interface CalendarFeedRow {
  organizationId: string;
  id: string;
  userId: string;
  tokenHash: string;
  createdAt: Date;
  lastReadAt: Date | null;
  revokedAt: Date | null;
}
