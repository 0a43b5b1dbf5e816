import * as z from "zod";
import type { Rating } from "../../intel/assess/schema.ts";
import { EvidenceKind, EvidenceSummary, TestFinding } from "../schema.ts";

const Because = z.string().trim().min(1).max(4_000);
const TargetId = z.string().trim().min(1).max(100);

/** How it came: a person's upload, a pipeline's API key, the command. */
export const EvidenceOrigin = z.enum(["person", "pipeline", "command-line"]);
export type EvidenceOrigin = z.infer<typeof EvidenceOrigin>;

export const ProofRef = z.object({ kind: z.enum(["control", "test"]), id: TargetId });
export type ProofRef = z.infer<typeof ProofRef>;

/** What is said about a file as it is given. */
export const EvidenceClaim = z
  .object({
    proves: z.array(ProofRef).max(200).default([]),
    /** The days it proves. From: else the day it was performed, else today. Until: else as long as what it proves allows. */
    from: z.iso.date().nullable().default(null),
    until: z.iso.date().nullable().default(null),
    /** Refuses a file of another kind. */
    kind: EvidenceKind.nullable().default(null),
    note: z.string().trim().max(4_000).default(""),
    /** Evidence that this takes the place of. */
    supersedes: z.uuid().nullable().default(null),
  })
  .refine(({ from, until }) => from === null || until === null || from <= until, {
    path: ["until"],
    error: "the last day is before the first",
  });
export type EvidenceClaim = z.infer<typeof EvidenceClaim>;

export const EvidenceProof = ProofRef.extend({
  proofId: z.uuid(),
  name: z.string(),
  /** False: the security file has no such item. */
  known: z.boolean(),
});
export type EvidenceProof = z.infer<typeof EvidenceProof>;

export const Evidence = z.object({
  id: z.uuid(),
  releaseId: z.uuid(),
  fileName: z.string(),
  sizeBytes: z.number().int(),
  sha256: z.string(),
  summary: EvidenceSummary,
  note: z.string(),
  provesFrom: z.iso.date(),
  provesUntil: z.iso.date().nullable(),
  cameInAt: z.iso.datetime(),
  origin: EvidenceOrigin,
  by: z.string(),
  supersedes: z.uuid().nullable(),
  supersededBy: z.uuid().nullable(),
  withdrawn: z.object({ at: z.iso.datetime(), by: z.string(), because: z.string() }).nullable(),
  proves: z.array(EvidenceProof),
  findings: z.number().int(),
  /** Without a disposition: while there is one, the evidence proves nothing. */
  openFindings: z.number().int(),
});
export type Evidence = z.infer<typeof Evidence>;

export const EvidenceReceipt = z.object({
  evidence: Evidence,
  /** True: these very bytes were there already for this release. */
  unchanged: z.boolean(),
  newFindings: z.number().int(),
  /** Were called fixed and are found again. */
  reopened: z.number().int(),
});
export type EvidenceReceipt = z.infer<typeof EvidenceReceipt>;

export const FindingState = z.enum(["open", "fixed", "accepted", "deferred", "not-applicable"]);
export type FindingState = z.infer<typeof FindingState>;

/**
 * What is done about a finding (FDA premarket guidance V.C: each has a disposition, and what is deferred names the release that fixes
 * it, when, and whether devices in the field get it before).
 */
export const Disposition = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("fixed"),
    because: z.string().trim().max(4_000).default(""),
    /** The release that has the fix, or evidence that shows it: one of both. */
    release: z.string().trim().min(1).max(200).nullable().default(null),
    evidenceId: z.uuid().nullable().default(null),
  }),
  z.object({ state: z.literal("accepted"), because: Because }),
  z.object({
    state: z.literal("deferred"),
    because: Because,
    release: z.string().trim().min(1).max(200),
    on: z.iso.date(),
    /** Whether units in the field get something until then, and what. */
    interim: z.string().trim().max(1_000).default(""),
  }),
  z.object({ state: z.literal("not-applicable"), because: Because }),
]);
export type Disposition = z.infer<typeof Disposition>;

export const KeptFinding = TestFinding.extend({
  id: z.uuid(),
  releaseId: z.uuid(),
  kind: EvidenceKind,
  toolName: z.string(),
  state: FindingState,
  disposition: Disposition.nullable(),
  decidedAt: z.iso.datetime().nullable(),
  decidedBy: z.string().nullable(),
  firstSeenAt: z.iso.datetime(),
  lastEvidenceId: z.uuid(),
  /** Newer evidence of the same tool that no longer has it. */
  goneIn: z.uuid().nullable(),
  /** Deferred, and the day has passed. */
  overdue: z.boolean(),
  revision: z.number().int(),
});
export type KeptFinding = z.infer<typeof KeptFinding>;

export const RATING_WEIGHT: Readonly<Record<Rating, number>> = {
  critical: 5,
  high: 4,
  unknown: 3,
  medium: 2,
  low: 1,
  none: 0,
};
