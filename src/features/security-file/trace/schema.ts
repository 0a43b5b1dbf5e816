import * as z from "zod";
import { type CatalogRef, ControlCategory, ControlState } from "../assurance/schema.ts";
import { ItemId } from "../item/schema.ts";
import { ItemKind } from "../schema.ts";

/** The columns of the matrix, in the order of the chain: what threatens, what is asked, what is done, where, how it is proven, who is told. */
export const TraceColumn = z.enum(["threats", "risks", "requirements", "controls", "elements", "tests", "labels"]);
export type TraceColumn = z.infer<typeof TraceColumn>;

/** What can be followed: the columns, from either end. */
export const TraceFrom = z.enum(["requirements", "controls", "threats", "risks", "elements", "tests", "labels"]);
export type TraceFrom = z.infer<typeof TraceFrom>;

/** How a control stands with its tests, by the newest result of each. */
export const ProofState = z.enum(["passed", "failed", "partly", "not-run", "untested"]);
export type ProofState = z.infer<typeof ProofState>;

export const Rule = z.enum(["SRM-7", "TM-5", "RA-1", "TR-1", "TR-2", "TR-3", "D9", "REF"]);
export type Rule = z.infer<typeof Rule>;

/** A place where the chain breaks. */
export const TraceGap = z.object({
  rule: Rule,
  at: z.object({ kind: ItemKind, id: ItemId, name: z.string() }).nullable(),
  /** The column in which something is missing. */
  missing: TraceColumn.nullable(),
  /** The field of the item: "requirements". */
  field: z.string().nullable(),
  message: z.string(),
  fix: z.string(),
});
export type TraceGap = z.infer<typeof TraceGap>;

/** One line of the matrix: an item, and per column what it leads to, by id. */
export const TraceRow = z.object({
  id: ItemId,
  cells: z.record(TraceColumn, z.array(ItemId)),
  gaps: z.array(TraceGap),
});
export type TraceRow = z.infer<typeof TraceRow>;

/**
 * `proven`: implemented and its tests passed. `alternative`: not applicable, with a reason that leads to a risk.
 */
export const CategoryState = z.enum(["proven", "implemented", "planned", "alternative", "missing"]);
export type CategoryState = z.infer<typeof CategoryState>;

/** What the catalogues that a file answers to say of its references. */
export interface Referred {
  /** FDA's categories that a control's references are in, by the control's id. */
  categories: ReadonlyMap<string, ReadonlySet<ControlCategory>>;
  /** References that no catalogue has. */
  unknown: readonly { control: string; ref: CatalogRef }[];
  /** Of each category: how many checkables there are, and which a control names. */
  checkables: ReadonlyMap<ControlCategory, { count: number; named: readonly string[] }>;
}

/** How one of FDA's eight categories is covered (rule D9). */
export const CategoryCoverage = z.object({
  category: ControlCategory,
  state: CategoryState,
  controls: z.array(z.object({ id: ItemId, state: ControlState, proof: ProofState })),
  /** The category's checkables, and which of them a control names. */
  checkables: z.number().int(),
  named: z.array(z.string()),
});
export type CategoryCoverage = z.infer<typeof CategoryCoverage>;
