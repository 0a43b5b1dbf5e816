import * as z from "zod";
import { ComponentName, SourceSays } from "../assess/schema.ts";
import { Scheme } from "../schema.ts";

/** Where a version stands against a range. `not-decided`: no version, or the order cannot read it or a bound. */
export const Place = z.enum(["before", "inside", "after", "not-decided"]);
export type Place = z.infer<typeof Place>;

export const PlacedRange = z.object({ range: z.string(), place: Place, fixed: z.string().nullable() });
export type PlacedRange = z.infer<typeof PlacedRange>;

/**
 * What one record, or one item of it, says of the component. `platform-absent`: it would hold on a platform that is not among
 * the parts; `other-product`: it names something else; `withdrawn`: its source took it back.
 */
export const Says = z.enum([
  "affected",
  "not-affected",
  "not-decided",
  "platform-absent",
  "other-product",
  "withdrawn",
]);
export type Says = z.infer<typeof Says>;

/** One affected item of a record that names the component. */
export const ExplainedItem = z.object({
  /** What the item and the component share: `Maven org.example:core`, `openssl:openssl`. */
  identity: z.string(),
  rule: z.string(),
  version: z.string().nullable(),
  says: Says,
  /** One sentence: which range, list, exception, platform or attribute decided. */
  why: z.string(),
  scheme: Scheme,
  ranges: z.array(PlacedRange),
  exceptions: z.array(PlacedRange),
  /** Exact versions the item lists, and whether this one is among them. */
  listed: z.object({ count: z.number().int(), here: z.boolean() }),
  everyVersion: z.boolean(),
  /** Of which one must be among the parts (CPE 2.3 names); empty: none. */
  platforms: z.array(z.string()),
  /** Ranges that cannot be decided, as the source wrote them. */
  undecidable: z.array(z.string()),
  /** First good versions after this one, where the item names them. */
  fixedIn: z.array(z.string()),
});
export type ExplainedItem = z.infer<typeof ExplainedItem>;

export const ExplainedRecord = z.object({
  id: z.string(),
  source: z.string(),
  /** Of the source: its newest record, and its age in days at the time of the answer. Null: the source dates nothing. */
  newestAt: z.string().nullable(),
  ageDays: z.number().int().nullable(),
  publishedAt: z.string().nullable(),
  modifiedAt: z.string().nullable(),
  withdrawnAt: z.string().nullable(),
  says: Says,
  why: z.string(),
  /** True: the distribution the component comes from; its word goes before the upstream's. */
  ownDistribution: z.boolean(),
  items: z.array(ExplainedItem),
  /** What else the record names, the first few, and how many. */
  otherProducts: z.array(z.string()),
  otherCount: z.number().int(),
});
export type ExplainedRecord = z.infer<typeof ExplainedRecord>;

/** One thing the component was looked up by. `records`: how many entries the intelligence has under it. */
export const ExplainedIdentity = z.object({
  identity: z.string(),
  rule: z.string(),
  how: z.string(),
  version: z.string().nullable(),
  records: z.number().int(),
});
export type ExplainedIdentity = z.infer<typeof ExplainedIdentity>;

/**
 * `affected`: an assessment lists it; `not-affected`: a record names the component and its version, platform or distribution
 * clears it; `not-named`: no record of the vulnerability names it; `not-decided`: nothing can be said.
 */
export const Verdict = z.enum(["affected", "not-affected", "not-named", "not-decided"]);
export type Verdict = z.infer<typeof Verdict>;

/** Why one component is, or is not, affected by one vulnerability. */
export const Explanation = z.object({
  component: ComponentName,
  advisory: z.string(),
  aliases: z.array(z.string()),
  title: z.string(),
  verdict: Verdict,
  /** What decided, in sentences; the first is the answer. */
  because: z.array(z.string()),
  rejected: z.boolean(),
  disputed: z.boolean(),
  identities: z.array(ExplainedIdentity),
  /** Why an identity the component carries could not be used. */
  troubles: z.array(z.string()),
  /** Those that name the component first. */
  records: z.array(ExplainedRecord),
  /** Null: the sources that speak of the component agree. */
  disagreement: z.array(SourceSays).nullable(),
});
export type Explanation = z.infer<typeof Explanation>;

/** The answer of `cordon explain --format json`: one explanation for each vulnerability the advisory speaks of. */
export const ExplainAnswer = z.object({
  explainedAt: z.string(),
  asked: z.object({ component: z.string(), advisory: z.string() }),
  explanations: z.array(Explanation),
});
export type ExplainAnswer = z.infer<typeof ExplainAnswer>;
