import type { Generated, GeneratedAlways } from "kysely";
import type { Json } from "../../platform/tables.ts";
import type { Because, Rating, Severity } from "./assess/schema.ts";
import type { DeviceProposal } from "./device-advisories/schema.ts";
import type { FdaRecall, ReportCounts } from "./fda/schema.ts";
import type { DecisionState } from "./findings/decision-state.ts";
import type { FindingEvent, Justification, State } from "./findings/schema.ts";
import type { SourceState } from "./loading/schema.ts";
import type { FeedAge, Ssvc } from "./schema.ts";
import type { Trust, VexRole } from "./statements/schema.ts";
import type { VexFormat, VexRefusal, VexStatement } from "./vex/schema.ts";

declare module "../../platform/tables.ts" {
  interface Database {
    intelSource: IntelSourceRow;
    intelSourceState: IntelSourceStateRow;
    intelRun: IntelRunRow;
    intelIndex: IntelIndexRow;
    vulnerability: VulnerabilityRow;
    vulnerabilityAlias: VulnerabilityAliasRow;
    findingName: FindingNameRow;
    finding: FindingTableRow;
    findingEvent: FindingEventRow;
    vexSource: VexSourceRow;
    vexRule: VexRuleRow;
    vexDocument: VexDocumentRow;
    vexStatement: VexStatementRow;
    findingVex: FindingVexRow;
    savedFilter: SavedFilterRow;
    savedFilterDefault: SavedFilterDefaultRow;
    devicePair: DevicePairRow;
    deviceMatch: DeviceMatchRow;
    deviceRecall: DeviceRecallRow;
    deviceReportCount: DeviceReportCountRow;
  }
}

type ExploitedJson = Json<{ since: string; dueOn: string | null; ransomware: boolean }>;
type EpssJson = Json<{ score: number; percentile: number }>;

export interface IntelSourceRow {
  organizationId: string;
  id: string;
  name: string;
  location: string;
  enabled: boolean;
  plugIn: string | null;
  choice: Generated<string[]>;
  revision: Generated<number>;
}

export interface IntelSourceStateRow {
  organizationId: string;
  sourceId: string;
  cursor: Json<SourceState["cursor"]>;
  documents: Json<SourceState["documents"]>;
  seen: Json<SourceState["seen"]>;
  triedAt: Date | null;
  succeededAt: Date | null;
  changedAt: Date | null;
  failure: Json<NonNullable<SourceState["failure"]>> | null;
  problems: Json<SourceState["problems"]>;
  records: number;
  sizeBytes: number;
  anew: Generated<boolean>;
}

export interface IntelRunRow {
  organizationId: string;
  id: string;
  startedAt: Date;
  startedBy: string;
}

export interface IntelIndexRow {
  organizationId: string;
  sha256: string;
  sizeBytes: number;
  advisories: number;
  feeds: Json<FeedAge[]>;
  builtAt: Date;
  madeOf: string | null;
}

export interface VulnerabilityRow {
  organizationId: string;
  advisory: string;
  aliases: string[];
  title: string;
  severity: Json<Severity>;
  rating: Rating;
  exploited: ExploitedJson | null;
  epss: EpssJson | null;
  epssRank: number;
  ssvc: Json<Ssvc> | null;
  factsHash: string;
  details: Generated<string>;
  refs: Generated<string[]>;
  cwes: Generated<string[]>;
  publishedAt: string | null;
  modifiedAt: string | null;
  priority: Generated<number>;
  harm: Generated<number>;
  total: Generated<number>;
  open: Generated<number>;
  new: Generated<number>;
  inTriage: Generated<number>;
  affected: Generated<number>;
  suspect: Generated<number>;
  releases: Generated<number>;
  devices: Generated<number>;
  isOpen: GeneratedAlways<boolean>;
  isNew: GeneratedAlways<boolean>;
  foundAt: Date;
}

export interface VulnerabilityAliasRow {
  organizationId: string;
  alias: string;
  advisory: string;
}

export interface FindingNameRow {
  organizationId: string;
  name: string;
  advisory: string;
}

export interface FindingTableRow {
  organizationId: string;
  id: string;
  deviceId: string;
  releaseId: string;
  advisory: string;
  aliases: string[];
  title: string;
  identity: string;
  componentName: string;
  componentVersion: string | null;
  purl: string | null;
  cpe: string | null;
  rating: Rating;
  severity: Json<Severity>;
  exploited: ExploitedJson | null;
  epss: EpssJson | null;
  epssRank: number;
  fixedIn: string[];
  because: Json<Because>;
  priority: number;
  harm: number;
  harmFunction: string | null;
  factsHash: string;
  state: Generated<State>;
  justification: Justification | null;
  note: Generated<string>;
  assigneeId: string | null;
  assigneeName: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  decidedVersion: string | null;
  decidedThrough: "person" | "vex" | null;
  suspect: Generated<boolean>;
  lastChangeId: string | null;
  revision: Generated<number>;
  foundAt: Date;
  goneAt: Date | null;
}

export interface FindingEventRow {
  organizationId: string;
  id: string;
  findingId: string;
  at: Date;
  byName: string;
  kind: FindingEvent["kind"];
  fromState: State | null;
  toState: State | null;
  justification: Justification | null;
  note: string;
  componentVersion: string | null;
  changeId: string | null;
  before: Json<DecisionState> | null;
}

export interface VexSourceRow {
  organizationId: string;
  id: string;
  key: string;
  name: string;
  trust: Generated<Trust>;
  decidedBy: string | null;
  decidedAt: Date | null;
  revision: Generated<number>;
  firstSeenAt: Date;
}

export interface VexRuleRow {
  organizationId: string;
  sets: Trust[];
  revision: Generated<number>;
}

export interface VexDocumentRow {
  organizationId: string;
  id: string;
  releaseId: string;
  fileName: string;
  sha256: string;
  sizeBytes: number;
  zstd: Buffer;
  format: VexFormat;
  formatVersion: string;
  statements: number;
  refused: Json<VexRefusal[]>;
  uploadedAt: Date;
  uploadedBy: string;
  withdrawnAt: Date | null;
  withdrawnBy: string | null;
}

export interface VexStatementRow {
  organizationId: string;
  id: string;
  documentId: string;
  releaseId: string;
  sourceId: string;
  ordinal: number;
  trust: Trust;
  status: string;
  statement: Json<VexStatement>;
}

export interface FindingVexRow {
  organizationId: string;
  findingId: string;
  statementId: string;
  releaseId: string;
  role: VexRole;
  carriedFrom: string | null;
  carriedVersion: string | null;
  answer: "taken" | "turned-down" | null;
  answeredBy: string | null;
  answeredAt: Date | null;
}

export interface SavedFilterRow {
  organizationId: string;
  id: string;
  ownerId: string;
  ownerName: string;
  name: string;
  search: string;
  shared: boolean;
  revision: Generated<number>;
  createdAt: Date;
}

export interface SavedFilterDefaultRow {
  organizationId: string;
  userId: string;
  filterId: string;
}

export interface DevicePairRow {
  organizationId: string;
  id: string;
  deviceId: string;
  key: string;
  saidVendor: string;
  saidName: string;
  verdict: "same" | "other" | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  revision: Generated<number>;
  firstSeenAt: Date;
}

export interface DeviceMatchRow {
  organizationId: string;
  pairId: string;
  releaseId: string;
  advisory: string;
  title: string;
  source: string;
  publishedAt: string | null;
  grade: DeviceProposal["grade"];
  says: DeviceProposal["says"];
  evidence: Json<string[]>;
  cves: string[];
  fixedIn: string[];
}

export interface DeviceRecallRow {
  organizationId: string;
  deviceId: string;
  number: string;
  on: string | null;
  grade: "strong" | "weak";
  evidence: Json<string[]>;
  recall: Json<FdaRecall>;
  firstSeenAt: Date;
}

export interface DeviceReportCountRow {
  organizationId: string;
  deviceId: string;
  counts: Json<ReportCounts>;
}
