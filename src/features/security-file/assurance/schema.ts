import * as z from "zod";
import { Ids, ItemId, item, Line, Name, Prose } from "../item/schema.ts";

/** The eight categories of security controls (FDA premarket guidance, V.B.1 and App. 1). */
export const ControlCategory = z.enum([
  "authentication",
  "authorization",
  "cryptography",
  "integrity",
  "confidentiality",
  "event-logging",
  "resiliency",
  "updates",
]);
export type ControlCategory = z.infer<typeof ControlCategory>;

/** A provision of a catalogue: `fda-premarket-2026-02-03` and `FDA-AUTH-1`, `iec-62443-4-2` and `CR 1.1`. */
export const CatalogRef = z.strictObject({
  catalog: z.string().trim().min(1).max(100),
  id: z.string().trim().min(1).max(100),
});
export type CatalogRef = z.infer<typeof CatalogRef>;

export const Requirement = z.strictObject({
  ...item,
  /** How one sees that it is met. */
  acceptance: Prose,
  references: z.array(CatalogRef).max(100).default([]),
});
export type Requirement = z.infer<typeof Requirement>;

export const ControlState = z.enum(["planned", "implemented", "not-applicable"]);
export type ControlState = z.infer<typeof ControlState>;

export const Control = z.strictObject({
  ...item,
  /** A `safety` measure is listed where it opens something to an attacker. */
  purpose: z.enum(["security", "safety"]).default("security"),
  category: ControlCategory.nullable().default(null),
  state: ControlState.default("planned"),
  /** Required when not applicable: the reason, or the alternative and its risk. */
  reason: Prose,
  requirements: Ids,
  references: z.array(CatalogRef).max(100).default([]),
  /** Elements, flows, interfaces, credentials or update paths it works on. */
  elements: Ids,
  /** How old a proof may be, in days. Null: a proof does not age. */
  freshnessDays: z.number().int().min(1).max(3_650).nullable().default(null),
  /** How it can get in the way of care (a security control) or of security (a safety measure). Empty: it does not. */
  sideEffect: Line,
  /** The hazardous situations, or threats, where that is treated: each names this control in turn. */
  treatedIn: Ids,
});
export type Control = z.infer<typeof Control>;

/** Kinds of test (FDA premarket guidance, V.C: TE-1 to TE-4). */
export const TestMethod = z.enum([
  "requirement",
  "threat-mitigation",
  "abuse",
  "fuzzing",
  "attack-surface",
  "known-vulnerabilities",
  "composition-analysis",
  "static-analysis",
  "dynamic-analysis",
  "penetration",
  "review",
]);
export type TestMethod = z.infer<typeof TestMethod>;

/** What is done about a finding of a test (TE-6): none stays silent. */
export const Disposition = z.strictObject({
  state: z.enum(["fixed", "accepted", "deferred", "not-applicable"]),
  because: Name,
  /** The release that fixes it: required when deferred. */
  release: z.string().trim().max(200).nullable().default(null),
  /** Deferred: the day by which that release fixes it. Else the day it was decided. */
  on: z.iso.date().nullable().default(null),
});

export const TestFinding = z.strictObject({
  id: ItemId,
  name: Name,
  severity: z.enum(["critical", "high", "medium", "low", "info"]),
  disposition: Disposition.nullable().default(null),
});

export type TestFinding = z.infer<typeof TestFinding>;

export const TestResult = z.strictObject({
  outcome: z.enum(["passed", "failed", "blocked"]),
  on: z.iso.date(),
  /** Version that was tested. */
  release: z.string().trim().max(200).default(""),
  evidence: Ids,
});
export type TestResult = z.infer<typeof TestResult>;

export const Test = z.strictObject({
  ...item,
  method: TestMethod,
  /** Controls, requirements, threats or interfaces it tests. */
  verifies: Ids,
  /** People who did not build it (TE-4). */
  independent: z.boolean().default(false),
  tool: Line,
  /** The newest last. Empty: never run. */
  results: z.array(TestResult).max(1_000).default([]),
  findings: z.array(TestFinding).max(5_000).default([]),
});
export type Test = z.infer<typeof Test>;

export const EvidenceOrigin = z.enum(["upload", "pipeline", "command-line", "assessment", "supplier"]);
export type EvidenceOrigin = z.infer<typeof EvidenceOrigin>;

/** A document that proves something, with two times: the period it proves, and when it came in. */
export const Evidence = z.strictObject({
  ...item,
  /** Path inside the folder, written with `/`. Null: kept elsewhere. */
  file: z.string().min(1).max(500).nullable().default(null),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable()
    .default(null),
  origin: EvidenceOrigin.default("upload"),
  tool: z.strictObject({ name: Name, version: Line, settings: Line }).nullable().default(null),
  provesFrom: z.iso.date(),
  /** Null: from the day on, as long as the control's freshness allows. */
  provesUntil: z.iso.date().nullable().default(null),
  receivedOn: z.iso.date(),
  /** Controls and tests it proves. */
  proves: Ids,
});
export type Evidence = z.infer<typeof Evidence>;

/** What users are told (FDA premarket guidance, VI.A). */
export const Label = z.strictObject({
  ...item,
  /** Where it stands: "Security guide, section 4". */
  place: Line,
  /** Risks that are transferred, controls users must keep, interfaces that are listed. */
  about: Ids,
});
export type Label = z.infer<typeof Label>;
