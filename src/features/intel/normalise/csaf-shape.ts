import * as z from "zod";
import { CvssMembers } from "./metrics.ts";

/** The parts of a CSAF 2.0 document (docs.oasis-open.org/csaf) that are read; scores of 2.1 too. */
const text = z.string().nullish();
const ids = z.array(z.string()).nullish();

const Product = z.object({
  product_id: z.string(),
  name: z.string(),
  product_identification_helper: z
    .object({ cpe: text, purl: text, purls: z.array(z.string()).nullish() })
    .nullish()
    .catch(null),
});
export type CsafFullProduct = z.infer<typeof Product>;

/** Branches nest; only one level is checked at a time, so that depth cannot exhaust the stack. */
export const CsafBranch = z.object({
  category: z.string(),
  name: z.string(),
  product: Product.nullish(),
  branches: z.array(z.unknown()).nullish(),
});

const Relationship = z.object({
  product_reference: z.string(),
  relates_to_product_reference: z.string(),
  full_product_name: Product,
});

export const CsafTree = z.object({
  branches: z.array(z.unknown()).nullish(),
  full_product_names: z.array(Product).nullish(),
  relationships: z.array(Relationship).nullish(),
});
export type CsafTree = z.infer<typeof CsafTree>;

const Note = z.object({ category: z.string(), text: z.string() });

const Status = z.object({
  known_affected: ids,
  first_affected: ids,
  last_affected: ids,
  fixed: ids,
  first_fixed: ids,
  known_not_affected: ids,
  under_investigation: ids,
});

export const CsafVulnerability = z.object({
  cve: text,
  title: text,
  cwe: z.object({ id: text }).nullish(),
  cwes: z.array(z.object({ id: text })).nullish(),
  notes: z.array(Note).nullish(),
  product_status: Status.nullish(),
  references: z.array(z.object({ url: text })).nullish(),
  remediations: z.array(z.object({ category: z.string(), details: text, product_ids: ids, url: text })).nullish(),
  scores: z.array(CvssMembers.extend({ products: ids })).nullish(),
  metrics: z.array(z.object({ content: CvssMembers, products: ids })).nullish(),
});
export type CsafVulnerability = z.infer<typeof CsafVulnerability>;

export const CsafDocument = z.object({
  document: z.object({
    category: z.string(),
    title: z.string(),
    publisher: z.object({ name: z.string() }),
    aggregate_severity: z.object({ text: z.string() }).nullish(),
    notes: z.array(Note).nullish(),
    references: z.array(z.object({ category: text, url: text })).nullish(),
    tracking: z.object({
      id: z.string().min(1),
      current_release_date: z.string(),
      initial_release_date: text,
    }),
  }),
  product_tree: CsafTree.nullish(),
  vulnerabilities: z.array(z.unknown()).nullish(),
});
export type CsafDocument = z.infer<typeof CsafDocument>;
