import * as z from "zod";
import { ComponentScope } from "../../devices/sbom/schema.ts";
import { Ssvc } from "../schema.ts";
import { Support } from "../support/schema.ts";
import { VexRefusal, VexStatement } from "../vex/schema.ts";

export const Rating = z.enum(["critical", "high", "medium", "low", "none", "unknown"]);
export type Rating = z.infer<typeof Rating>;

export const Severity = z.object({
  source: z.string(),
  vector: z.string().nullable(),
  score: z.number().nullable(),
  rating: Rating,
});
export type Severity = z.infer<typeof Severity>;

export const ComponentName = z.object({
  name: z.string(),
  version: z.string().nullable(),
  purl: z.string().nullable(),
  cpe: z.string().nullable(),
});
export type ComponentName = z.infer<typeof ComponentName>;

/** Why we say so: the matching rule, the range that decided, the source and its record. */
export const Because = z.object({ rule: z.string(), range: z.string(), source: z.string(), record: z.string() });
export type Because = z.infer<typeof Because>;

/** What a source says of one component where another says otherwise. */
export const SourceSays = z.object({
  source: z.string(),
  record: z.string(),
  says: z.enum(["affected", "not-affected"]),
  fixedIn: z.array(z.string()),
});
export type SourceSays = z.infer<typeof SourceSays>;

/** One vulnerability that touches one component; the same vulnerability under several ids is one finding. */
export const Finding = z.object({
  component: ComponentName,
  /** Only where the SBOM says that the part is optional, or excluded: that the device is shipped without it. */
  scope: ComponentScope.exclude(["required"]).optional(),
  advisory: z.string(),
  aliases: z.array(z.string()),
  title: z.string(),
  severity: Severity,
  exploited: z.object({ since: z.string(), dueOn: z.string().nullable(), ransomware: z.boolean() }).nullable(),
  epss: z.object({ score: z.number(), percentile: z.number() }).nullable(),
  /** What CISA's coordinators say (SSVC), where a CVE record carries it. */
  ssvc: Ssvc.optional(),
  fixedIn: z.array(z.string()),
  /** The maker of the component or the record says it is no vulnerability, or not as described. */
  disputed: z.boolean(),
  because: Because,
  /** Only where sources disagree: one says affected and another not, or they name different first good versions. */
  disagreement: z.array(SourceSays).optional(),
});
export type Finding = z.infer<typeof Finding>;

/** A finding that a VEX statement answers: not affected, or fixed. It is no longer among the findings. */
export const Settled = Finding.extend({ vex: VexStatement });
export type Settled = z.infer<typeof Settled>;

/** How one part is supported on the assessed day. */
export const PartSupport = Support.extend({ component: ComponentName });
export type PartSupport = z.infer<typeof PartSupport>;

export const Assessment = z.object({
  assessedAt: z.string(),
  /** Records published after this date were left out. */
  asOf: z.string(),
  subject: z.object({ name: z.string(), version: z.string().nullable(), path: z.string() }),
  feeds: z.array(z.object({ name: z.string(), newestAt: z.string().nullable(), ageDays: z.number().nullable() })),
  components: z.int().nonnegative(),
  findings: z.array(Finding),
  /** Components no rule could look up (no version, no identity), each with the reason. */
  unmatched: z.array(z.object({ component: ComponentName, reason: z.string() })),
  /** Parts of the input that could not be read. */
  problems: z.array(z.object({ at: z.string(), reason: z.string() })),
  /** Every part, in the order of the SBOM; only where it was asked for. */
  support: z.array(PartSupport).optional(),
  /** Only where VEX was given. */
  settled: z.array(Settled).optional(),
  vex: z
    .object({
      statements: z.int().nonnegative(),
      used: z.int().nonnegative(),
      /** Statements that met no finding. */
      unused: z.array(VexStatement),
      refused: z.array(VexRefusal),
    })
    .optional(),
});
export type Assessment = z.infer<typeof Assessment>;
