import * as z from "zod";

/** The parts of an OSV record (ossf.github.io/osv-schema) that are read. Ranges keep their events in the order given. */
const Severity = z.object({ type: z.string().nullish(), score: z.union([z.string(), z.number()]).nullish() });

const Event = z.object({
  introduced: z.string().optional(),
  fixed: z.string().optional(),
  last_affected: z.string().optional(),
  limit: z.string().optional(),
});
export type OsvEvent = z.infer<typeof Event>;

const Range = z.object({
  type: z.string(),
  repo: z.string().nullish(),
  events: z.array(Event).nullish(),
});
export type OsvRange = z.infer<typeof Range>;

const AffectedItem = z.object({
  package: z.object({ ecosystem: z.string(), name: z.string() }).nullish(),
  ranges: z.array(Range).nullish(),
  versions: z.array(z.string()).nullish(),
  severity: z.array(Severity).nullish(),
});
export type OsvAffected = z.infer<typeof AffectedItem>;

const strings = z.array(z.string()).nullish();

export const OsvRecord = z.object({
  id: z.string().min(1),
  modified: z.string(),
  published: z.string().nullish(),
  withdrawn: z.string().nullish(),
  aliases: strings,
  related: strings,
  upstream: strings,
  summary: z.string().nullish(),
  details: z.string().nullish(),
  severity: z.array(Severity).nullish(),
  affected: z.array(AffectedItem).nullish(),
  references: z.array(z.object({ url: z.string().nullish() })).nullish(),
  database_specific: z.object({ severity: z.unknown(), cwe_ids: z.unknown() }).partial().nullish().catch(null),
});
export type OsvRecord = z.infer<typeof OsvRecord>;
