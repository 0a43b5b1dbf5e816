import * as z from "zod";
import { Harm } from "../../devices/schema.ts";
import { Exploitability } from "../../risk/schema.ts";
import { Ids, ItemId, item, Line, Name, Prose } from "../item/schema.ts";

export const ThreatCategory = z.enum([
  "spoofing",
  "tampering",
  "repudiation",
  "information-disclosure",
  "denial-of-service",
  "elevation-of-privilege",
  "alarm-suppression",
  "therapy-change",
  "replayed-command",
  "wrong-patient",
  "service-port",
  "update-interruption",
  "unsafe-fail-over",
  "other",
]);
export type ThreatCategory = z.infer<typeof ThreatCategory>;

/** Where in the product's life a threat has its source (FDA premarket guidance, V.A.1; rule TM-4). */
export const Lifecycle = z.enum([
  "operation",
  "supply-chain",
  "manufacturing",
  "deployment",
  "interoperation",
  "maintenance",
  "decommissioning",
]);
export type Lifecycle = z.infer<typeof Lifecycle>;

export const MitigationState = z.enum(["planned", "implemented", "verified", "dropped"]);
export type MitigationState = z.infer<typeof MitigationState>;

export const Mitigation = z.strictObject({
  name: Name,
  /** The control that does it. Null: not yet a control of this file. */
  control: ItemId.nullable().default(null),
  state: MitigationState,
  /** Required when dropped. */
  note: Line,
});
export type Mitigation = z.infer<typeof Mitigation>;

/** `accepted`: it is part of the model. `rejected`: does not apply here, with the reason. */
export const ThreatState = z.enum(["accepted", "rejected"]);
export type ThreatState = z.infer<typeof ThreatState>;

export const Threat = z.strictObject({
  ...item,
  category: ThreatCategory,
  lifecycle: Lifecycle.default("operation"),
  /** Elements, flows, interfaces, assets, credentials or update paths it strikes. */
  targets: Ids,
  state: ThreatState.default("accepted"),
  /** Why it is rejected; or why it was changed from what a rule proposed. */
  reason: Prose,
  /** The rule that proposed it. Null: a person wrote it. */
  rule: z.string().max(100).nullable().default(null),
  /** The facts of the rule that held when it was answered: when others hold, it asks to be looked at again. */
  facts: z.array(z.string().max(60)).max(50).default([]),
  /** Hazards it can bring about, where that is narrower than what its targets reach. Empty: all those. */
  hazards: Ids,
  mitigations: z.array(Mitigation).max(100).default([]),
  /** Safety measures that open it (an emergency access): each names this threat in turn. */
  causedBy: Ids,
});
export type Threat = z.infer<typeof Threat>;

/** How easily, never how often: with the reason, and a vector or score where one was taken. */
export const Rated = z.strictObject({
  exploitability: Exploitability,
  because: Prose,
  /** CVSS vector, where it was scored so. */
  vector: z.string().max(500).nullable().default(null),
});
export type Rated = z.infer<typeof Rated>;

export const Treatment = z.enum(["reduce", "avoid", "transfer", "accept", "undecided"]);
export type Treatment = z.infer<typeof Treatment>;

/** One or more threats weighed by what they do to a patient: before and after mitigation. */
export const Risk = z.strictObject({
  ...item,
  threats: Ids,
  /** Hazardous situations it leads to, where that is narrower than what its threats reach. Empty: all those. */
  situations: Ids,
  /** Null: not rated yet. */
  before: Rated.nullable().default(null),
  after: Rated.nullable().default(null),
  /** Severity where no patient is harmed (a loss of data): stated by a person. Null: the worst harm reached. */
  severity: Harm.nullable().default(null),
  severityAfter: Harm.nullable().default(null),
  treatment: Treatment.default("undecided"),
  /** Why the residual risk is acceptable: benefit against risk (ISO 14971, 7.4). */
  residual: Prose,
  /** To whom, and the labeling that tells them (SRM-7). */
  transfer: z
    .strictObject({ to: Name, informs: Line, label: ItemId.nullable().default(null) })
    .nullable()
    .default(null),
  requirements: Ids,
});
export type Risk = z.infer<typeof Risk>;

export const Acceptability = z.enum(["acceptable", "reduce", "unacceptable"]);
export type Acceptability = z.infer<typeof Acceptability>;

const row = z.record(Harm, Acceptability);
const cells = z.record(Exploitability, row);

/** An organisation's acceptance criteria: exploitability × severity. `reduce`: acceptable only with a reason why no more can be done. */
export const AcceptanceMatrix = z.strictObject({
  name: Name,
  edition: z.string().trim().min(1).max(50),
  cells,
  /** Where more than one patient can be harmed by one act (RA-9). Null: the same. */
  manyPatients: cells.nullable().default(null),
  note: Prose,
});
export type AcceptanceMatrix = z.infer<typeof AcceptanceMatrix>;
