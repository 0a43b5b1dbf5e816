import * as z from "zod";
import { ControlCategory, TestMethod } from "../../security-file/assurance/schema.ts";
import { ArchitectureFact, CapabilityLevel, ComponentKind, ControlId } from "../schema.ts";

const line = z.string().trim().min(1).max(1_000);

const Requirement = z.strictObject({
  id: ControlId,
  label: line.optional(),
  title: line,
  section: line.optional(),
  statement: line.optional(),
  level: CapabilityLevel.optional(),
  kinds: z.array(ComponentKind).min(1).optional(),
  /** Where the requirement stands when it depends on the kind of component: ids in the same file. */
  byKind: z.array(ControlId).min(1).optional(),
  proof: z.array(TestMethod).min(1).optional(),
  facts: z.array(ArchitectureFact).min(1).optional(),
});

export const FileControl = Requirement.extend({ enhancements: z.array(Requirement).min(1).optional() });
export type FileControl = z.infer<typeof FileControl>;

/** A file of `catalogs/controls/`: one edition of one catalogue, in our words. */
export const CatalogueFile = z.strictObject({
  catalogue: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: line,
  publisher: line,
  edition: z.string().regex(/^\d{4}(-\d{2}-\d{2})?$/, "An edition is a year or a date"),
  status: z.enum(["in-force", "superseded"]),
  source: z.url(),
  licence: line,
  counts: z.strictObject({
    groups: z.number().int(),
    controls: z.number().int(),
    enhancements: z.number().int(),
  }),
  groups: z
    .array(
      z.strictObject({
        id: ControlId,
        label: line.optional(),
        /** FDA's category that this group is. */
        category: ControlCategory.optional(),
        title: line,
        section: line.optional(),
        statement: line.optional(),
        controls: z.array(FileControl).min(1),
      }),
    )
    .min(1),
});
export type CatalogueFile = z.infer<typeof CatalogueFile>;

/** A file of `catalogs/control-mappings/`: which controls of two catalogues speak of the same thing. */
export const MappingFile = z.strictObject({
  mapping: z.string(),
  title: line,
  author: line,
  edition: z.iso.date(),
  rows: z.array(
    z.strictObject({
      from: ControlId,
      components: z.array(ControlId).min(1).optional(),
      families: z
        .array(z.string().regex(/^[A-Z]{2}$/))
        .min(1)
        .optional(),
      mds2: z.array(ControlId).min(1).optional(),
    }),
  ),
});
export type MappingFile = z.infer<typeof MappingFile>;
