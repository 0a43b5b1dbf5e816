import * as z from "zod";
import { Harm } from "../../devices/schema.ts";
import { Because, ComponentName, Rating, Severity } from "../assess/schema.ts";
import { Decision, Justification, State } from "../findings/schema.ts";

const Named = z.object({ id: z.uuid(), name: z.string() });

/** One vulnerability and what it touches, in the whole organisation or in one device: a line of the inbox. */
export const Vulnerability = z.object({
  advisory: z.string(),
  /** Null: the line counts every device. Else only this one. */
  device: Named.nullable(),
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
  devices: z.array(Named),
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

/** One finding of a vulnerability: which part of which release, and the rule, range and record that say so. */
export const Touched = z.object({
  id: z.uuid(),
  revision: z.number().int(),
  device: Named,
  release: z.object({ id: z.uuid(), version: z.string() }),
  component: ComponentName,
  fixedIn: z.array(z.string()),
  state: State,
  justification: Justification.nullable(),
  suspect: z.boolean(),
  because: Because,
  /** Units of this release in the field (in use or in repair), and at how many sites. */
  units: z.number().int(),
  sites: z.number().int(),
});
export type Touched = z.infer<typeof Touched>;

/** What somebody decided about this vulnerability before, here or on another release. */
export const EarlierDecision = z.object({
  findingId: z.uuid(),
  device: Named,
  release: z.object({ id: z.uuid(), version: z.string() }),
  component: ComponentName,
  state: State,
  justification: Justification.nullable(),
  note: z.string(),
  decidedBy: z.string(),
  decidedAt: z.iso.datetime(),
});
export type EarlierDecision = z.infer<typeof EarlierDecision>;

/** What Cordon would decide, and on what evidence; a person accepts it or not. */
export const Proposal = z.object({
  rule: z.enum([
    "vex-statement",
    "same-part-elsewhere",
    "excluded-by-sbom",
    "fixed-version-present",
    "still-below-fix",
  ]),
  decision: Decision,
  /** One sentence; it becomes the note of the decision. */
  reason: z.string(),
  evidence: z.array(z.object({ text: z.string(), findingId: z.uuid().nullable() })),
  /** Which open findings it is for, with the revision that was judged, and the VEX statement where one proposes it. */
  findings: z.array(z.object({ id: z.uuid(), revision: z.number().int(), statementId: z.uuid().nullable() })),
});
export type Proposal = z.infer<typeof Proposal>;

export const VulnerabilityDetail = Vulnerability.extend({
  details: z.string(),
  references: z.array(z.string()),
  cwes: z.array(z.string()),
  publishedAt: z.string().nullable(),
  modifiedAt: z.string().nullable(),
  /** Its findings, open ones first, worst first; at most 200 of `findings.total`. */
  touches: z.array(Touched),
  /** Units in the field of the releases with an open finding, or of all touched ones when none is open. */
  field: z.object({ units: z.number().int(), sites: z.number().int() }),
  earlier: z.array(EarlierDecision),
  proposal: Proposal.nullable(),
});
export type VulnerabilityDetail = z.infer<typeof VulnerabilityDetail>;

const flag = z.preprocess(
  (value) => (value === "true" ? true : value === "false" ? false : value),
  z.boolean().optional(),
);

export const InboxFilter = z.object({
  /** `device`: one line per device and vulnerability, the most endangered device first. */
  by: z.enum(["vulnerability", "device"]).default("vulnerability"),
  /** `new`: some finding nobody looked at; `open`: some still open; `done`: none open. */
  show: z.enum(["new", "open", "done", "all"]).default("open"),
  exploited: flag,
  rating: Rating.optional(),
  text: z.string().trim().max(200).optional(),
  sort: z.enum(["harm", "newest", "epss"]).default("harm"),
});
export type InboxFilter = z.infer<typeof InboxFilter>;
