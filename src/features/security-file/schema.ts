import * as z from "zod";
import { Control, Evidence, Label, Requirement, Test } from "./assurance/schema.ts";
import { ClinicalFunction, Hazard, PatientHarm, Situation } from "./clinical/schema.ts";
import {
  Asset,
  Assumption,
  Credential,
  Element,
  Flow,
  Layout,
  Port,
  State,
  UpdatePath,
  UseCase,
  Zone,
} from "./design/schema.ts";
import { ItemId, Line, Prose } from "./item/schema.ts";
import { AcceptanceMatrix, Risk, Threat } from "./threats/schema.ts";

/** Every kind of item, under the name its list has in the file, in the order a reader meets them. */
export const ITEMS = {
  zones: Zone,
  elements: Element,
  ports: Port,
  assets: Asset,
  credentials: Credential,
  flows: Flow,
  updatePaths: UpdatePath,
  states: State,
  useCases: UseCase,
  assumptions: Assumption,
  functions: ClinicalFunction,
  hazards: Hazard,
  situations: Situation,
  harms: PatientHarm,
  threats: Threat,
  risks: Risk,
  requirements: Requirement,
  controls: Control,
  tests: Test,
  evidence: Evidence,
  labels: Label,
  layouts: Layout,
} as const;

export const ItemKind = z.enum(Object.keys(ITEMS) as [keyof typeof ITEMS, ...(keyof typeof ITEMS)[]]);
export type ItemKind = z.infer<typeof ItemKind>;
export type Item<K extends ItemKind = ItemKind> = z.infer<(typeof ITEMS)[K]>;

/** What holds for the whole file. */
export const FileHead = z.strictObject({
  /** Named, with the reason it was chosen (TM-2). */
  methodology: Line,
  methodologyBecause: Prose,
  /** How exploitability is rated before and after mitigation (RA-2). */
  scoring: Prose,
  /** Null: no acceptance criteria yet (RA-3). */
  acceptance: AcceptanceMatrix.nullable().default(null),
  /** Lifecycle sources without a threat, each with its reason (TM-4). */
  lifecycleNotApplicable: z
    .array(z.strictObject({ lifecycle: z.string().max(50), because: z.string().trim().min(1).max(2_000) }))
    .max(20)
    .default([]),
  /** Views that are missing, each with its reason. */
  viewNotApplicable: z
    .array(z.strictObject({ view: z.string().max(50), because: z.string().trim().min(1).max(2_000) }))
    .max(10)
    .default([]),
});
export type FileHead = z.infer<typeof FileHead>;

const MAX_ITEMS = 50_000;

const lists = Object.fromEntries(
  Object.entries(ITEMS).map(([kind, schema]) => [kind, z.array(schema).max(MAX_ITEMS).default([])]),
) as unknown as { [K in ItemKind]: z.ZodDefault<z.ZodArray<(typeof ITEMS)[K]>> };

/** The security file of one release: its design, what it does for patients, what can go wrong, and what proves that it does not. */
export const SecurityFile = z.strictObject({
  cordon: z.literal("security-file/1"),
  head: FileHead.prefault({}),
  ...lists,
});
export type SecurityFile = z.infer<typeof SecurityFile>;

/** Something wrong with a file: `error` breaks it (a link into nothing), `gap` is what is still missing. */
export const Problem = z.object({
  /** "TM-4", "AV-U", "dangling-link". */
  rule: z.string(),
  severity: z.enum(["error", "gap"]),
  /** The item at fault. Null: the whole file. */
  at: z.object({ kind: ItemKind, id: ItemId, name: z.string() }).nullable(),
  /** The field of it: "targets.2". */
  field: z.string().nullable(),
  message: z.string(),
  fix: z.string(),
});
export type Problem = z.infer<typeof Problem>;
