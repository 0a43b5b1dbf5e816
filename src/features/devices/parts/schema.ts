import * as z from "zod";
import { Support, SupportSummary } from "../../intel/support/schema.ts";
import { ComponentScope, ComponentType, Hash, Problem, SbomFormat } from "../sbom/schema.ts";

/** NTIA minimum elements a component or a document can lack ("The Minimum Elements for an SBOM", 2021, section III). */
export const MissingElement = z.string();

export const QualityBrief = z.object({
  /** Share of components with every minimum element, 0 to 1. */
  complete: z.number(),
  components: z.number().int(),
  /** Minimum elements the document itself lacks. */
  documentLacks: z.array(z.string()),
  /** How many components lack each element. */
  lacking: z.array(z.object({ element: z.string(), count: z.number().int() })),
});
export type QualityBrief = z.infer<typeof QualityBrief>;

/** One SBOM that was uploaded; the bytes are kept as they came. */
export const SbomUpload = z.object({
  id: z.uuid(),
  releaseId: z.uuid(),
  fileName: z.string(),
  sha256: z.string(),
  sizeBytes: z.number().int(),
  format: SbomFormat,
  name: z.string().nullable(),
  createdAt: z.string().nullable(),
  tools: z.array(z.string()),
  components: z.number().int(),
  quality: QualityBrief,
  problems: z.array(Problem),
  uploadedAt: z.iso.datetime(),
  uploadedBy: z.string(),
  /** True: the one the release is assessed with. */
  current: z.boolean(),
});
export type SbomUpload = z.infer<typeof SbomUpload>;

/** What an upload answers. `unchanged`: the very same bytes were current already, nothing was stored. */
export const UploadReceipt = z.object({
  sbom: SbomUpload,
  unchanged: z.boolean(),
  /** `assessed`: findings are there now; `queued`: the job will write them; `no-advisories`: nothing to compare with yet. */
  assessment: z.enum(["assessed", "queued", "no-advisories"]),
});
export type UploadReceipt = z.infer<typeof UploadReceipt>;

/** A row of the parts list. */
export const Part = z.object({
  id: z.number().int(),
  type: ComponentType,
  /** As CycloneDX states it: needed to run, optional, or not shipped. Null: not stated. */
  scope: ComponentScope.nullable(),
  group: z.string().nullable(),
  name: z.string(),
  version: z.string().nullable(),
  purl: z.string().nullable(),
  supplier: z.string().nullable(),
  licenses: z.array(z.string()),
  /** Part this one is shown under: nested in it, else first depended on by it. Null: at the root. */
  parentId: z.number().int().nullable(),
  depth: z.number().int(),
  children: z.number().int(),
  missing: z.array(MissingElement),
  /** Open findings on this part, and how bad the worst is. */
  findings: z.number().int(),
  exploited: z.boolean(),
  worst: z.enum(["critical", "high", "medium", "low", "none", "unknown"]).nullable(),
  /** Null: it was looked up. Else why no advisory can match it. */
  unmatched: z.string().nullable(),
  /** How long it is supported, as on the day the release was last looked at. Null: never looked at. */
  support: Support.nullable(),
});
export type Part = z.infer<typeof Part>;

export const PartDetail = Part.extend({
  ref: z.string(),
  cpes: z.array(z.string()),
  hashes: z.array(Hash),
  dependsOn: z.array(z.object({ id: z.number().int(), name: z.string(), version: z.string().nullable() })),
  usedBy: z.array(z.object({ id: z.number().int(), name: z.string(), version: z.string().nullable() })),
  /** From the root down to this part. */
  path: z.array(z.object({ id: z.number().int(), name: z.string() })),
});
export type PartDetail = z.infer<typeof PartDetail>;

const PartName = z.object({ name: z.string(), version: z.string().nullable(), purl: z.string().nullable() });

/** One line of the difference between two SBOMs. */
export const PartChange = z.object({
  kind: z.enum(["added", "removed", "version", "supplier", "license", "hash"]),
  before: PartName.nullable(),
  after: PartName.nullable(),
  /** What was and what is, where it is not the version. */
  from: z.string().nullable(),
  to: z.string().nullable(),
});
export type PartChange = z.infer<typeof PartChange>;

export const SbomDifference = z.object({
  before: SbomUpload,
  after: SbomUpload,
  added: z.number().int(),
  removed: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  changes: z.array(PartChange),
  /** True: more changes than are listed. */
  truncated: z.boolean(),
});
export type SbomDifference = z.infer<typeof SbomDifference>;

/** How long the parts of a release are supported. */
export const ReleaseSupport = SupportSummary.extend({
  /** The day it was looked at. Null: not yet. */
  lookedAtOn: z.iso.date().nullable(),
  today: z.iso.date(),
  /** Last days of support and how many parts have each, past and future, in order. */
  ends: z.array(z.object({ on: z.iso.date(), count: z.number().int() })),
  /** Parts that are supported with no end announced. */
  open: z.number().int(),
  /** Parts that are out, and nobody says since when. */
  outUndated: z.number().int(),
});
export type ReleaseSupport = z.infer<typeof ReleaseSupport>;
