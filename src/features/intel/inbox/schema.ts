import * as z from "zod";
import { Harm } from "../../devices/schema.ts";
import { Rating, Severity } from "../assess/schema.ts";

/** One vulnerability and what it touches in the whole organisation: a line of the inbox. */
export const Vulnerability = z.object({
  advisory: z.string(),
  aliases: z.array(z.string()),
  title: z.string(),
  severity: Severity,
  exploited: z.object({ since: z.string(), dueOn: z.string().nullable(), ransomware: z.boolean() }).nullable(),
  epss: z.object({ score: z.number(), percentile: z.number() }).nullable(),
  /** Findings by state, of components that are there now. */
  findings: z.object({
    total: z.number().int(),
    open: z.number().int(),
    new: z.number().int(),
    inTriage: z.number().int(),
    affected: z.number().int(),
    suspect: z.number().int(),
  }),
  releases: z.number().int(),
  /** Devices touched, at most ten names. */
  devices: z.array(z.object({ id: z.uuid(), name: z.string() })),
  deviceCount: z.number().int(),
  /** Worst harm it can reach in any of them. Null: not stated, or none reached. */
  harm: Harm.nullable(),
  /** False: in every release its part reaches no function, by a recorded fact. */
  reachesFunction: z.boolean(),
  /** Why it stands where it stands, in one sentence. */
  standsHere: z.string(),
  components: z.array(z.string()),
  foundAt: z.iso.datetime(),
});
export type Vulnerability = z.infer<typeof Vulnerability>;

export const VulnerabilityDetail = Vulnerability.extend({
  details: z.string(),
  references: z.array(z.string()),
  cwes: z.array(z.string()),
  publishedAt: z.string().nullable(),
  modifiedAt: z.string().nullable(),
});
export type VulnerabilityDetail = z.infer<typeof VulnerabilityDetail>;

const flag = z.preprocess(
  (value) => (value === "true" ? true : value === "false" ? false : value),
  z.boolean().optional(),
);

export const InboxFilter = z.object({
  /** `new`: some finding nobody looked at; `open`: some still open; `done`: none open. */
  show: z.enum(["new", "open", "done", "all"]).default("open"),
  exploited: flag,
  rating: Rating.optional(),
  text: z.string().trim().max(200).optional(),
  sort: z.enum(["harm", "newest", "epss"]).default("harm"),
});
export type InboxFilter = z.infer<typeof InboxFilter>;
