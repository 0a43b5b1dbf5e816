import * as z from "zod";

/** The four statuses every VEX vocabulary shares (CISA, "Minimum Requirements for VEX", 2023). */
export const VEX_STATUSES = ["not_affected", "affected", "fixed", "under_investigation"] as const;
export const VexStatus = z.enum(VEX_STATUSES);
export type VexStatus = z.infer<typeof VexStatus>;

/** The five reasons of `not_affected`, as CISA, OpenVEX and CSAF flags write them. */
export const VEX_JUSTIFICATIONS = [
  "component_not_present",
  "vulnerable_code_not_present",
  "vulnerable_code_not_in_execute_path",
  "vulnerable_code_cannot_be_controlled_by_adversary",
  "inline_mitigations_already_exist",
] as const;
export const VexJustification = z.enum(VEX_JUSTIFICATIONS);
export type VexJustification = z.infer<typeof VexJustification>;

/** A product or component as a document names it. Version and range null: any version of it. */
export const VexPart = z.object({
  /** Bom-ref, BOM-Link, product id or IRI: has a meaning inside its own document, a BOM-Link also outside. */
  ref: z.string().nullable(),
  name: z.string().nullable(),
  version: z.string().nullable(),
  /** A VERS range. */
  range: z.string().nullable(),
  purls: z.array(z.string()),
  cpes: z.array(z.string()),
});
export type VexPart = z.infer<typeof VexPart>;

export const VexFormat = z.enum(["cyclonedx", "openvex", "csaf", "buildroot"]);
export type VexFormat = z.infer<typeof VexFormat>;

/** What one author says about one vulnerability in products, or in components of products. */
export const VexStatement = z.object({
  /** The vulnerability under all the ids the document gives it. */
  vulnerabilities: z.array(z.string().min(1)).min(1),
  products: z.array(VexPart).min(1),
  /** Empty: the products as a whole. Else only these parts of them. */
  subcomponents: z.array(VexPart),
  status: VexStatus,
  justification: VexJustification.nullable(),
  /** In the document's own vocabulary. */
  originalJustification: z.string().nullable(),
  /** Why it is not affected. */
  impact: z.string().nullable(),
  /** What to do where it is affected. */
  action: z.string().nullable(),
  note: z.string().nullable(),
  author: z.string().nullable(),
  /** Missing: the document names its author, or nobody does. */
  authorNamedBy: z.literal("uploader").optional(),
  source: z.object({
    format: VexFormat,
    document: z.string(),
    at: z.string(),
    /** What the document calls itself in all its editions, and which edition it is. Missing: it does not say, or was read before this was kept. */
    series: z.string().optional(),
    edition: z.string().optional(),
  }),
  /** An instant (ISO 8601, UTC); null where the document dates nothing. */
  issuedAt: z.string().nullable(),
  /** Of the document, or of the statement where it has its own. */
  version: z.string().nullable(),
});
export type VexStatement = z.infer<typeof VexStatement>;

/** A statement or file that was not taken over: where and why. */
export const VexRefusal = z.object({ at: z.string(), reason: z.string() });
export type VexRefusal = z.infer<typeof VexRefusal>;

export const VexReading = z.object({
  format: VexFormat,
  /** Of the format. */
  formatVersion: z.string(),
  statements: z.array(VexStatement),
  refused: z.array(VexRefusal),
});
export type VexReading = z.infer<typeof VexReading>;
