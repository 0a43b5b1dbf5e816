import { type Support, type SupportLevel, UNSPOKEN } from "../../intel/support/schema.ts";
import type { Component, ComponentScope, Problem, Sbom, SbomFormat, SbomQuality } from "../sbom/schema.ts";
import type { Part, QualityBrief, SbomUpload } from "./schema.ts";

export interface SbomFacts {
  id: string;
  releaseId: string;
  sha256: string;
  fileName: string;
  sizeBytes: number;
  format: SbomFormat;
  name: string | null;
  createdAt: string | null;
  tools: string[];
  components: number;
  quality: QualityBrief;
  problems: Problem[];
  uploadedAt: Date;
  uploadedBy: string;
}

export const showUpload = (sbom: SbomFacts, currentId: string | null): SbomUpload => ({
  id: sbom.id,
  releaseId: sbom.releaseId,
  fileName: sbom.fileName,
  sha256: sbom.sha256,
  sizeBytes: sbom.sizeBytes,
  format: sbom.format,
  name: sbom.name,
  createdAt: sbom.createdAt,
  tools: sbom.tools,
  components: sbom.components,
  quality: sbom.quality,
  problems: sbom.problems,
  uploadedAt: sbom.uploadedAt.toISOString(),
  uploadedBy: sbom.uploadedBy,
  current: sbom.id === currentId,
});

export const briefQuality = ({ complete, components, documentLacks, lacking }: SbomQuality): QualityBrief => ({
  complete,
  components,
  documentLacks,
  lacking,
});

export interface ComponentFacts {
  ref: string;
  type: Component["type"];
  scope: ComponentScope | null;
  groupName: string | null;
  name: string;
  version: string | null;
  purl: string | null;
  source: string | null;
  cpes: string[];
  hashes: Component["hashes"];
  supplier: string | null;
  licenses: string[];
  nestedIn: string | null;
}

export const toComponent = (row: ComponentFacts): Component => ({
  ref: row.ref,
  type: row.type,
  ...(row.scope === null ? {} : { scope: row.scope }),
  group: row.groupName,
  name: row.name,
  version: row.version,
  purl: row.purl,
  ...(row.source === null ? {} : { source: row.source }),
  cpes: row.cpes,
  hashes: row.hashes,
  supplier: row.supplier,
  licenses: row.licenses,
  parent: row.nestedIn,
});

/** The document again, from what was kept of it; without dependencies, which comparing does not need. */
export const toSbom = (
  sbom: SbomFacts & { serial: string | null; authors: string[]; subject: Component | null },
  rows: readonly ComponentFacts[],
): Sbom => ({
  format: sbom.format,
  serial: sbom.serial,
  name: sbom.name,
  createdAt: sbom.createdAt,
  authors: sbom.authors,
  tools: sbom.tools,
  subject: sbom.subject,
  components: rows.map(toComponent),
  dependencies: [],
  problems: [],
});

const RATINGS: NonNullable<Part["worst"]>[] = ["critical", "high", "unknown", "medium", "low", "none"];

export interface PartFacts extends ComponentFacts {
  ordinal: number;
  parent: number | null;
  depth: number;
  children: number;
  missing: string[];
  unmatched: string | null;
  supportLevel: SupportLevel | null;
  supportEndsOn: string | null;
  support: Omit<Support, "level" | "endsOn"> | null;
  /** Its support was looked up, also where nothing of it is kept. */
  looked: boolean;
  findings: number;
  exploited: boolean;
  worst: number | null;
}

export const showPart = (row: PartFacts): Part => ({
  id: row.ordinal,
  type: row.type,
  scope: row.scope,
  group: row.groupName,
  name: row.name,
  version: row.version,
  purl: row.purl,
  supplier: row.supplier,
  licenses: row.licenses,
  parentId: row.parent,
  depth: row.depth,
  children: row.children,
  missing: row.missing,
  findings: row.findings,
  exploited: row.exploited,
  worst: row.worst === null ? null : (RATINGS[row.worst] ?? "unknown"),
  unmatched: row.unmatched,
  support:
    row.supportLevel === null || row.support === null
      ? row.looked
        ? UNSPOKEN
        : null
      : { level: row.supportLevel, endsOn: row.supportEndsOn, ...row.support },
});
