import type { Generated } from "kysely";
import type { Json } from "../../platform/tables.ts";
import type { Support, SupportLevel, SupportSummary } from "../intel/support/schema.ts";
import type { QualityBrief } from "./parts/schema.ts";
import type { Component, ComponentScope, Problem, SbomFormat } from "./sbom/schema.ts";
import type { DataHeld, DeviceFunction, DeviceInterface, NetworkPosition, Phase, UnitStatus } from "./schema.ts";

declare module "../../platform/tables.ts" {
  interface Database {
    device: DeviceRow;
    release: ReleaseRow;
    releasePhase: ReleasePhaseRow;
    releaseDay: ReleaseDayRow;
    releaseKey: ReleaseKeyRow;
    releaseSupportEnd: ReleaseSupportEndRow;
    unit: UnitRow;
    deviceEntry: DeviceEntryRow;
    sbomFile: SbomFileRow;
    sbom: SbomRow;
    component: ComponentRow;
    componentDependency: ComponentDependencyRow;
    partName: PartNameRow;
  }
}

export interface DeviceRow {
  organizationId: string;
  id: string;
  name: string;
  model: string;
  manufacturer: string;
  ownerTeam: string;
  intendedUse: string;
  functions: Json<DeviceFunction[]>;
  currentReleaseId: string | null;
  harm: number;
  danger: Generated<number>;
  revision: Generated<number>;
  createdAt: Date;
  updatedAt: Date;
  /** Hash of what it was last compared with. */
  matchedWith: string | null;
}

export interface ReleaseRow {
  organizationId: string;
  id: string;
  deviceId: string;
  version: string;
  notes: string;
  phase: Phase;
  phaseSince: string;
  endOfSupportOn: string | null;
  interfaces: Json<DeviceInterface[]>;
  networkPosition: NetworkPosition | null;
  dataHeld: Json<DataHeld[]> | null;
  patientRecords: number | null;
  sbomId: string | null;
  assessedAt: Date | null;
  assessedSbomId: string | null;
  assessedIndex: string | null;
  assessedVulnerabilities: number | null;
  assessedRules: number | null;
  /** The day whose ends of support `support` and the parts speak of. */
  supportedOn: string | null;
  support: Json<SupportSummary> | null;
  revision: Generated<number>;
  createdAt: Date;
}

export interface ReleasePhaseRow {
  organizationId: string;
  releaseId: string;
  ordinal: number;
  phase: Phase;
  since: string;
  note: string;
  recordedAt: Date;
  recordedBy: string;
}

export interface ReleaseKeyRow {
  organizationId: string;
  key: string;
  releaseId: string;
}

export interface ReleaseSupportEndRow {
  organizationId: string;
  releaseId: string;
  name: string;
  endsOn: string;
  said: string;
  components: number;
}

export interface ReleaseDayRow {
  organizationId: string;
  releaseId: string;
  onDay: string;
  open: number;
  new: number;
  inTriage: number;
  affected: number;
  exploited: number;
  critical: number;
  high: number;
  medium: number;
  low: number;
  suspect: number;
}

export interface UnitRow {
  organizationId: string;
  id: string;
  deviceId: string;
  releaseId: string;
  serial: string;
  site: string;
  status: UnitStatus;
  installedOn: string | null;
  revision: Generated<number>;
}

export interface DeviceEntryRow {
  organizationId: string;
  deviceId: string;
  sequence: number;
  releaseId: string | null;
}

export interface SbomFileRow {
  organizationId: string;
  sha256: string;
  sizeBytes: number;
  zstd: Buffer;
}

export interface SbomRow {
  organizationId: string;
  id: string;
  releaseId: string;
  sha256: string;
  fileName: string;
  sizeBytes: number;
  format: Json<SbomFormat>;
  serial: string | null;
  name: string | null;
  createdAt: string | null;
  authors: Json<string[]>;
  tools: Json<string[]>;
  subject: Json<Component> | null;
  components: number;
  quality: Json<QualityBrief>;
  problems: Json<Problem[]>;
  uploadedAt: Date;
  uploadedBy: string;
}

export interface ComponentRow {
  organizationId: string;
  sbomId: string;
  ordinal: number;
  ref: string;
  type: Component["type"];
  scope: ComponentScope | null;
  groupName: string | null;
  name: string;
  version: string | null;
  purl: string | null;
  source: string | null;
  cpes: string[];
  hashes: Json<Component["hashes"]>;
  supplier: string | null;
  licenses: string[];
  nestedIn: string | null;
  identity: string;
  parent: number | null;
  depth: number;
  children: number;
  missing: string[];
  unmatched: string | null;
  supportLevel: SupportLevel | null;
  supportEndsOn: string | null;
  support: Json<Omit<Support, "level" | "endsOn">> | null;
}

export interface ComponentDependencyRow {
  organizationId: string;
  sbomId: string;
  fromOrdinal: number;
  toOrdinal: number;
}

export interface PartNameRow {
  organizationId: string;
  name: string;
  releaseId: string;
}
