import * as z from "zod";
import { Harm } from "../../devices/schema.ts";
import { ControlCategory } from "../assurance/schema.ts";
import { ItemId } from "../item/schema.ts";
import { Lifecycle, ThreatCategory } from "../threats/schema.ts";

/** Kinds of items that a rule looks at, one after the other. */
export const TargetKind = z.enum(["elements", "flows", "ports", "credentials", "updatePaths"]);
export type TargetKind = z.infer<typeof TargetKind>;

const word = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

/** When a rule applies: the name of a fact, or facts put together. Nothing else can be said. */
export type Condition = string | { all: Condition[] } | { any: Condition[] } | { not: Condition };

const MAX_DEPTH = 4;
const conditionOf = (depth: number): z.ZodType<Condition> => {
  if (depth === 0) return word;
  const inner = conditionOf(depth - 1);
  const several = z.array(inner).min(1).max(20);
  return z.union([
    word,
    z.strictObject({ all: several }),
    z.strictObject({ any: several }),
    z.strictObject({ not: inner }),
  ]);
};
export const Condition = conditionOf(MAX_DEPTH);

export const RuleId = z
  .string()
  .max(60)
  .regex(/^[a-z]+(\.[a-z0-9-]+)+$/);

const text = z.string().trim().min(1);

/** What can go wrong with every item of one kind for which the condition holds. */
export const ThreatRule = z.strictObject({
  /** "stride.flow-tampering"; begins with the catalogue's name. */
  id: RuleId,
  target: TargetKind,
  /** True: one threat for all the items together (a source in the life cycle), not one for each. */
  together: z.boolean().default(false),
  when: Condition,
  category: ThreatCategory,
  lifecycle: Lifecycle.default("operation"),
  /** `{name}`, `{from}`, `{to}`, `{element}`, `{functions}` are filled in. */
  name: text.max(250),
  description: text.max(2_000),
  /** More general rules that this one stands for where both apply to the same item. */
  insteadOf: z.array(RuleId).max(10).default([]),
  mitigations: z
    .array(z.strictObject({ name: text.max(250), category: ControlCategory }))
    .min(1)
    .max(8),
  /** Weaknesses and attack patterns of MITRE's lists. */
  references: z
    .array(z.string().regex(/^(CWE|CAPEC)-[1-9][0-9]{0,4}$/))
    .max(8)
    .default([]),
});
export type ThreatRule = z.infer<typeof ThreatRule>;

/** One edition of a family of rules. */
export const ThreatCatalogue = z.strictObject({
  catalog: z.string().regex(/^[a-z]+$/),
  title: text,
  edition: z.string().regex(/^[0-9]+\.[0-9]+\.[0-9]+$/),
  rules: z.array(ThreatRule).min(1).max(200),
});
export type ThreatCatalogue = z.infer<typeof ThreatCatalogue>;

/** A fact that held, and what it says of this item. */
export const FactFound = z.object({
  fact: z.string(),
  says: z.string(),
  /** True: no reason by itself (its kind, its scope), and not shown. */
  obvious: z.boolean(),
});
export type FactFound = z.infer<typeof FactFound>;

/** A threat that a rule sees in the model and nobody has answered yet. */
export const Proposal = z.object({
  /** Made of rule and target: the same model gives the same ids. Becomes the threat's id. */
  id: ItemId,
  rule: RuleId,
  name: z.string(),
  description: z.string(),
  category: ThreatCategory,
  lifecycle: Lifecycle,
  targets: z.array(ItemId),
  /** The item people find it under: the element struck, an update path, a credential. Null: the whole system. */
  group: z.object({ id: ItemId, name: z.string() }).nullable(),
  because: z.array(FactFound),
  mitigations: z.array(z.object({ name: z.string(), category: ControlCategory })),
  references: z.array(z.string()),
  /** Worst harm that its targets reach. Null: none is known. */
  harm: Harm.nullable(),
});
export type Proposal = z.infer<typeof Proposal>;

/** A threat that was answered while other facts held. */
export const LookAgain = z.object({
  threat: ItemId,
  name: z.string(),
  rule: RuleId,
  state: z.enum(["accepted", "rejected"]),
  /** Facts that hold now and did not then. */
  since: z.array(FactFound),
  /** Facts that held then and do not now. */
  gone: z.array(z.string()),
  /** False: the rule does not apply to it any more. */
  applies: z.boolean(),
});
export type LookAgain = z.infer<typeof LookAgain>;

export const Proposals = z.object({
  /** Worst harm first, then by what they strike. */
  proposals: z.array(Proposal),
  lookAgain: z.array(LookAgain),
  /** Threats of the file that answer a rule. */
  answered: z.number().int(),
});
export type Proposals = z.infer<typeof Proposals>;
