import * as z from "zod";
import { FunctionKind, Harm as Severity } from "../../devices/schema.ts";
import { Ids, item, Line } from "../item/schema.ts";

/** What the device does for a patient or a ward, and the elements that do it. */
export const ClinicalFunction = z.strictObject({
  ...item,
  kind: FunctionKind,
  /** Its loss or degradation is an unacceptable risk (IEC 60601-1, 3.27). */
  essential: z.boolean().default(false),
  /** Elements it depends on. */
  elements: Ids,
});
export type ClinicalFunction = z.infer<typeof ClinicalFunction>;

/** How a function fails when an attacker has a hand in it. */
export const Failure = z.enum(["stops", "wrong", "late", "unwanted", "unnoticed", "disclosed"]);
export type Failure = z.infer<typeof Failure>;

/** A potential source of harm (ISO 14971, 3.4). */
export const Hazard = z.strictObject({
  ...item,
  functions: Ids,
  failures: z.array(Failure).max(6).default([]),
});
export type Hazard = z.infer<typeof Hazard>;

/** Circumstances in which people are exposed to a hazard (ISO 14971, 3.5). */
export const Situation = z.strictObject({
  ...item,
  hazards: Ids,
  harms: Ids,
  /** Clinical states in which it can arise. */
  clinicalStates: Ids,
  /** How somebody at the bedside would notice. Empty: not stated. */
  noticedBy: Line,
  /** Security controls that can bring it about (a lock-out in an emergency): each names this situation in turn. */
  causedBy: Ids,
});
export type Situation = z.infer<typeof Situation>;

/** Injury or damage to a patient's health (ISO 14971, 3.3). */
export const PatientHarm = z.strictObject({ ...item, severity: Severity });
export type PatientHarm = z.infer<typeof PatientHarm>;
