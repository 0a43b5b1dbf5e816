import * as z from "zod";
import { Harm } from "../../devices/schema.ts";
import { Exploitability } from "../../risk/schema.ts";
import { HarmPath } from "../graph/schema.ts";
import { Acceptability, AcceptanceMatrix, Treatment } from "../threats/schema.ts";

/** A place in the matrix. Null: not known. */
export const Place = z.object({
  exploitability: Exploitability.nullable(),
  severity: Harm.nullable(),
  acceptability: Acceptability.nullable(),
});
export type Place = z.infer<typeof Place>;

/**
 * What is left of a risk when all is done (ISO 14971, 7.3 and 7.4). `needs-reason`: on the line, and nobody says why no more can be
 * done. `benefit`: unacceptable by the matrix, with a reason why the benefit outweighs it.
 */
export const Residual = z.enum([
  "not-rated",
  "acceptable",
  "with-reason",
  "needs-reason",
  "benefit",
  "unacceptable",
  "avoided",
]);
export type Residual = z.infer<typeof Residual>;

/** A risk weighed by what its threats reach. */
export const WeighedRisk = z.object({
  id: z.string(),
  name: z.string(),
  threats: z.number().int(),
  before: Place,
  after: Place,
  /** A severity that a person stated beside a harm reached that is worse. */
  statedBelow: Harm.nullable(),
  /** Patients one compromise of what its threats strike can reach, at worst. More than one: the stricter cells count (RA-9). */
  patients: z.number().int(),
  manyPatients: z.boolean(),
  treatment: Treatment,
  residual: Residual,
  /** What the rating after mitigation counts on although it is not there yet. */
  countsOnPlanned: z.array(z.string()),
  /** What stands against the conclusion: "transferred without the labeling that tells them". */
  open: z.array(z.string()),
  /** The worst harm and the shortest way to it. Null: none is reached. */
  worst: HarmPath.nullable(),
});
export type WeighedRisk = z.infer<typeof WeighedRisk>;

/** What is ranked, most urgent first: a risk, or a threat that no risk weighs. */
export const Ranked = z.object({
  kind: z.enum(["risk", "threat"]),
  id: z.string(),
  name: z.string(),
  /** Null: nobody rated it, which counts as high. */
  exploitability: Exploitability.nullable(),
  severity: Harm.nullable(),
  patients: z.number().int(),
  sentence: z.string(),
});
export type Ranked = z.infer<typeof Ranked>;

/** The conclusion over all risks of a file (SRM-3; ISO 14971, 8). */
export const ResidualConclusion = z.object({
  /** Null: something is not rated yet. */
  acceptable: z.boolean().nullable(),
  counts: z.record(Residual, z.number().int()),
  sentence: z.string(),
});
export type ResidualConclusion = z.infer<typeof ResidualConclusion>;

/** All risks of a release. */
export const WeighedRisks = z.object({
  /** By what they are judged: the file's own criteria, else the default ones. */
  matrix: AcceptanceMatrix,
  isDefault: z.boolean(),
  risks: z.array(WeighedRisk),
  threats: z.array(Ranked),
  conclusion: ResidualConclusion,
});
export type WeighedRisks = z.infer<typeof WeighedRisks>;
