import * as z from "zod";

/** Public formats of threat models that are read and written. */
export const FORMAT_NAMES = ["threat-dragon", "otm", "tm-bom", "cyclonedx-tm", "threagile", "pytm"] as const;
export const FormatName = z.enum(FORMAT_NAMES);
export type FormatName = z.infer<typeof FormatName>;

/** `dropped`: not there any more. `changed`: there, but not as it was. `kept-as-text`: a line of the description says it. `not-needed`: how it was drawn, who wrote it. */
export const LossOutcome = z.enum(["dropped", "changed", "kept-as-text", "not-needed"]);
export type LossOutcome = z.infer<typeof LossOutcome>;

/** Something that did not fit when a model went from one format into another. */
export const Loss = z.object({
  /** What it stood at, in the file that was read. */
  at: z.object({
    /** "flow", "technical asset"; or a list of a security file: "harms". */
    kind: z.string(),
    id: z.string().nullable(),
    name: z.string(),
    /** JSON pointer (RFC 6901) into the file that was read. Null: a security file's item, which its id finds. */
    pointer: z.string().nullable(),
  }),
  /** Null: the whole object. */
  field: z.string().nullable(),
  /** What it said, cut to what one line shows. */
  value: z.string(),
  why: z.string(),
  outcome: LossOutcome,
  /** What was done instead. Empty: nothing. */
  instead: z.string(),
});
export type Loss = z.infer<typeof Loss>;

/** What `--losses` writes. `total` counts those too that were too many to list. */
export const LossReport = z.object({
  format: FormatName,
  direction: z.enum(["import", "export"]),
  total: z.number().int(),
  losses: z.array(Loss),
});
export type LossReport = z.infer<typeof LossReport>;
