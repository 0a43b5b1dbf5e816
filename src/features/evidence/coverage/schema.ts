import * as z from "zod";

/** What must be proven: a control or a test of a release's security file. `freshnessDays` null: a proof does not age. */
export const ProofTarget = z.object({
  kind: z.enum(["control", "test"]),
  id: z.string(),
  name: z.string(),
  freshnessDays: z.number().int().nullable(),
  /** False: the security file has no such item (any more). */
  known: z.boolean(),
});
export type ProofTarget = z.infer<typeof ProofTarget>;

/** Days from the first to the last, both with. */
export const DaySpan = z.object({ from: z.iso.date(), until: z.iso.date() });
export type DaySpan = z.infer<typeof DaySpan>;

/**
 * Why days are not proven: nothing was given up to then; a proof had run out; a proof is there and has findings without a
 * disposition.
 */
export const GapReason = z.enum(["never-proven", "expired", "open-findings"]);
export type GapReason = z.infer<typeof GapReason>;

export const TargetCoverage = ProofTarget.extend({
  days: z.number().int(),
  provenDays: z.number().int(),
  proven: z.array(DaySpan.extend({ evidence: z.array(z.uuid()) })),
  gaps: z.array(DaySpan.extend({ reason: GapReason })),
  /** Whether it is proven today, and until which day as things stand. `provenUntil` null: without end, or not proven today. */
  today: z.enum(["proven", "expired", "open-findings", "never-proven"]),
  provenUntil: z.iso.date().nullable(),
});
export type TargetCoverage = z.infer<typeof TargetCoverage>;

/** How many of the targets were proven on each day. */
export const DayCount = z.object({ on: z.iso.date(), proven: z.number().int() });

/** Proven days of an audit period. Days after today are not counted: nothing is known of them yet. */
export const Coverage = z.object({
  from: z.iso.date(),
  until: z.iso.date(),
  /** Evidence that came in later is left out. */
  asOf: z.iso.date(),
  today: z.iso.date(),
  targets: z.array(TargetCoverage),
  days: z.array(DayCount),
  /** Target-days: every target on every day counted. */
  total: z.object({
    days: z.number().int(),
    provenDays: z.number().int(),
    fullDays: z.number().int(),
    calendarDays: z.number().int(),
  }),
});
export type Coverage = z.infer<typeof Coverage>;
