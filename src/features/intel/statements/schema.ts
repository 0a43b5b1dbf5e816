import * as z from "zod";
import { ComponentName, Severity } from "../assess/schema.ts";
import { State } from "../findings/schema.ts";
import { VexFormat, VexJustification, VexRefusal, VexStatus } from "../vex/schema.ts";

/** How far the word of a source is trusted; a person decides it once per source. */
export const TRUSTS = ["own", "supplier", "third-party", "unknown"] as const;
export const Trust = z.enum(TRUSTS);
export type Trust = z.infer<typeof Trust>;

/** What a statement does to a finding. `sets`: its state comes from it. `proposes`: a person is asked. `agrees`: it says what was decided. */
export const VexRole = z.enum(["sets", "proposes", "agrees", "speaks"]);
export type VexRole = z.infer<typeof VexRole>;

/** An author of statements. */
export const VexSource = z.object({
  id: z.uuid(),
  /** Empty: the document names nobody. Such a source stays unknown. */
  name: z.string(),
  trust: Trust,
  decidedBy: z.string().nullable(),
  decidedAt: z.iso.datetime().nullable(),
  revision: z.number().int(),
  statements: z.number().int(),
  firstSeenAt: z.iso.datetime(),
});
export type VexSource = z.infer<typeof VexSource>;

/** A VEX document given for a release; its bytes are kept as they came. */
export const VexDocument = z.object({
  id: z.uuid(),
  releaseId: z.uuid(),
  fileName: z.string(),
  sha256: z.string(),
  sizeBytes: z.number().int(),
  format: VexFormat,
  formatVersion: z.string(),
  statements: z.number().int(),
  /** Statements that speak of a finding of this release now. */
  speaking: z.number().int(),
  refused: z.array(VexRefusal),
  uploadedAt: z.iso.datetime(),
  uploadedBy: z.string(),
  withdrawnAt: z.iso.datetime().nullable(),
  withdrawnBy: z.string().nullable(),
});
export type VexDocument = z.infer<typeof VexDocument>;

/** What an upload answers. `unchanged`: the very same bytes were there already, nothing was stored. */
export const VexReceipt = z.object({
  document: VexDocument,
  unchanged: z.boolean(),
  /** Findings whose state was set, and findings a person is asked about. */
  set: z.number().int(),
  proposed: z.number().int(),
});
export type VexReceipt = z.infer<typeof VexReceipt>;

/** One statement as it stands beside a finding. */
export const SpokenVex = z.object({
  statementId: z.uuid(),
  source: z.object({
    id: z.uuid(),
    name: z.string(),
    trust: Trust,
    /** Who says that it is theirs: the document itself, or only whoever gave it. */
    namedBy: z.enum(["document", "uploader"]),
  }),
  document: z.object({ id: z.uuid(), fileName: z.string(), uploadedAt: z.iso.datetime(), uploadedBy: z.string() }),
  /** Place in the document. */
  at: z.string(),
  status: VexStatus,
  justification: VexJustification.nullable(),
  originalJustification: z.string().nullable(),
  impact: z.string().nullable(),
  action: z.string().nullable(),
  note: z.string().nullable(),
  issuedAt: z.string().nullable(),
  role: VexRole,
  /** The earlier release it was said for. */
  carriedFrom: z.string().nullable(),
  answer: z.enum(["taken", "turned-down"]).nullable(),
  answeredBy: z.string().nullable(),
  answeredAt: z.iso.datetime().nullable(),
});
export type SpokenVex = z.infer<typeof SpokenVex>;

/** A statement that would change a finding, and waits for a person. */
export const VexProposal = z.object({
  finding: z.object({
    id: z.uuid(),
    revision: z.number().int(),
    device: z.object({ id: z.uuid(), name: z.string() }),
    release: z.object({ id: z.uuid(), version: z.string() }),
    component: ComponentName,
    advisory: z.string(),
    title: z.string(),
    severity: Severity,
    state: State,
    decidedBy: z.string().nullable(),
  }),
  proposes: SpokenVex,
  /** The state it would get. */
  to: State,
  /** What others say of the same finding, newest first. */
  others: z.array(SpokenVex),
});
export type VexProposal = z.infer<typeof VexProposal>;
