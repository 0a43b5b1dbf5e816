import * as z from "zod";
import { ControlCategory, TestMethod } from "../security-file/assurance/schema.ts";
import { CatalogueMetadata, ControlGroup, OscalControl, Parameter, Resource } from "./oscal/schema.ts";

/** What of an architecture a control is about (FDA premarket guidance, App. 2.B). */
export const ArchitectureFact = z.enum([
  "element",
  "trust-zone",
  "flow",
  "interface",
  "debug-interface",
  "protocol",
  "authentication",
  "authorisation",
  "role",
  "session",
  "credential",
  "key",
  "cryptography",
  "storage",
  "default",
  "error-behaviour",
  "logging",
  "update-path",
  "handoff",
  "function",
  "sbom",
]);
export type ArchitectureFact = z.infer<typeof ArchitectureFact>;

/** Kinds of component (IEC 62443-4-2) that have requirements of their own. */
export const ComponentKind = z.enum(["software-application", "embedded-device", "host-device", "network-device"]);
export type ComponentKind = z.infer<typeof ComponentKind>;

/** Lowest capability level (SL-C 1 to 4) that asks for a requirement. */
export const CapabilityLevel = z.literal([1, 2, 3, 4]);

/** Ids are those of OSCAL's tokens, so that every catalogue can leave as OSCAL. */
export const ControlId = z
  .string()
  .max(200)
  .regex(/^[\p{L}_][\p{L}\p{N}.\-_]*$/u, "An id begins with a letter and holds letters, digits, . - _ only");

/**
 * A catalogue of controls, of any origin. Its inside is OSCAL's catalogue model, which everything else fits in: what is ours beside it
 * (proof, architecture facts, capability level) is kept as properties of our namespace.
 */
export const Catalogue = z.object({
  /** The same for every edition of one catalogue. */
  catalogue: z.string().min(1).max(200),
  title: z.string().min(1).max(1_000),
  publisher: z.string().max(1_000),
  edition: z.string().min(1).max(200),
  /** The document's own id. */
  uuid: z.guid(),
  metadata: CatalogueMetadata,
  params: z.array(Parameter),
  groups: z.array(ControlGroup),
  /** Controls in no group. */
  controls: z.array(OscalControl),
  resources: z.array(Resource),
});
export type Catalogue = z.infer<typeof Catalogue>;

/** What an imported document said that is not kept, by its place. */
export const Loss = z.object({ at: z.string(), what: z.string() });
export type Loss = z.infer<typeof Loss>;

/** A control as people see it in a list. */
export const ShownControl = z.object({
  id: z.string(),
  label: z.string(),
  title: z.string(),
  statement: z.string().nullable(),
  section: z.string().nullable(),
  /** Kinds of test that can prove it. */
  proof: z.array(TestMethod),
  facts: z.array(ArchitectureFact),
  level: CapabilityLevel.nullable(),
  kinds: z.array(ComponentKind),
  /** FDA's category that it stands in, where it is FDA's. */
  category: ControlCategory.nullable(),
  withdrawn: z.boolean(),
  /** Labels of the groups it stands in, outermost first. */
  path: z.array(z.string()),
  /** The control that it enhances. */
  parent: z.string().nullable(),
});
export type ShownControl = z.infer<typeof ShownControl>;

/** A catalogue as lists show it. */
export const ShownCatalogue = z.object({
  catalogue: z.string(),
  title: z.string(),
  publisher: z.string(),
  edition: z.string(),
  controls: z.array(ShownControl),
});
export type ShownCatalogue = z.infer<typeof ShownCatalogue>;

/** A catalogue in the list of those an organisation can choose. */
export const CatalogueCard = z.object({
  /** As releases choose it: name and edition. */
  name: z.string(),
  /** Null: it comes with the program. */
  id: z.uuid().nullable(),
  title: z.string(),
  publisher: z.string(),
  edition: z.string(),
  controls: z.number().int(),
  importedBy: z.string().nullable(),
  importedAt: z.iso.datetime().nullable(),
  losses: z.array(Loss),
});
export type CatalogueCard = z.infer<typeof CatalogueCard>;

/** Which catalogues a release answers to, with their controls. */
export const ChosenCatalogues = z.object({
  names: z.array(z.string()),
  /** 0: nobody chose yet. */
  revision: z.number().int(),
  catalogues: z.array(ShownCatalogue),
  /** The program's others: a control may refer to them too. */
  others: z.array(ShownCatalogue),
});
export type ChosenCatalogues = z.infer<typeof ChosenCatalogues>;

export const CatalogueReceipt = z.object({ catalogue: CatalogueCard, unchanged: z.boolean() });
export type CatalogueReceipt = z.infer<typeof CatalogueReceipt>;
