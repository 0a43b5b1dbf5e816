import * as z from "zod";

/**
 * How well a part is supported (FDA 2023, V.A.4(b)): `active`, `security-only`, `limited` (only extended or partial support is
 * left), `ended`, `unmaintained` (reported as abandoned), `unknown` (the reason says what is missing).
 */
export const SupportLevel = z.enum(["active", "security-only", "limited", "ended", "unmaintained", "unknown"]);
export type SupportLevel = z.infer<typeof SupportLevel>;

export const SupportRule = z.enum([
  "package",
  "same-product",
  "cpe",
  "linux-kernel",
  "distribution",
  "debian-list",
  "none",
]);
export type SupportRule = z.infer<typeof SupportRule>;

export const Support = z.object({
  level: SupportLevel,
  /** Last day of the support that `level` speaks of; for `ended` of the last support there was. Null: not announced or not known. */
  endsOn: z.iso.date().nullable(),
  cycle: z.string().nullable(),
  /** Newest version of the cycle as the source has it. */
  latest: z.string().nullable(),
  because: z.object({
    rule: SupportRule,
    source: z.string().nullable(),
    record: z.string().nullable(),
    said: z.string(),
  }),
});
export type Support = z.infer<typeof Support>;

/** `soon`: ends within twelve months; `longer`: goes on after them, or no end is announced. */
export const SUPPORT_BUCKETS = ["ended", "unmaintained", "limited", "soon", "longer", "unknown"] as const;
export const SupportBucket = z.enum(SUPPORT_BUCKETS);
export type SupportBucket = z.infer<typeof SupportBucket>;

const count = z.number().int();

/** Parts of a release by the state of their support, and what ends next. */
export const SupportSummary = z.object({
  counts: z.object({ ended: count, unmaintained: count, limited: count, soon: count, longer: count, unknown: count }),
  next: z.object({ on: z.iso.date(), name: z.string() }).nullable(),
});
export type SupportSummary = z.infer<typeof SupportSummary>;

/** A day on which the support of a product's cycle ends, and how many components that is the end of. */
export interface SupportEnding {
  /** Product and cycle: `OpenSSL 1.1.1`, `Debian 11`; with the kind of support where it is not the ordinary one: `Debian 11 (Debian LTS)`. */
  name: string;
  endsOn: string;
  said: string;
  components: number;
}

/** What is said of most parts of a real SBOM. It is not kept with each of them. */
export const UNSPOKEN: Support = {
  level: "unknown",
  endsOn: null,
  cycle: null,
  latest: null,
  because: { rule: "none", source: null, record: null, said: "No record of support speaks of it" },
};
