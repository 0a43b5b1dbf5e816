import * as z from "zod";
import { Harm } from "../../devices/schema.ts";
import { Because, ComponentName, Rating, Severity } from "../assess/schema.ts";

/** What was decided about a finding. Open: `new`, `in-triage`, `affected`. */
export const STATES = ["new", "in-triage", "affected", "not-affected", "fixed", "accepted"] as const;
export const State = z.enum(STATES);
export type State = z.infer<typeof State>;

/** Why a component is not affected: CycloneDX 1.5 `impactAnalysisJustification`. */
export const JUSTIFICATIONS = [
  "code_not_present",
  "code_not_reachable",
  "requires_configuration",
  "requires_dependency",
  "requires_environment",
  "protected_by_compiler",
  "protected_at_runtime",
  "protected_at_perimeter",
  "protected_by_mitigating_control",
] as const;
export const Justification = z.enum(JUSTIFICATIONS);
export type Justification = z.infer<typeof Justification>;

/** What a person decides. `not-affected` needs a justification, `accepted` a note that says why. */
export const Decision = z
  .object({
    state: z.enum(["new", "in-triage", "affected", "not-affected", "fixed", "accepted"]),
    justification: Justification.nullable().default(null),
    note: z.string().trim().max(4_000).default(""),
  })
  .superRefine((decision, context) => {
    if (decision.state === "not-affected" && decision.justification === null)
      context.addIssue({ code: "custom", path: ["justification"], message: "Say why it is not affected" });
    if (decision.state !== "not-affected" && decision.justification !== null)
      context.addIssue({ code: "custom", path: ["justification"], message: 'Only "not affected" has a justification' });
    if (decision.state === "accepted" && decision.note === "")
      context.addIssue({ code: "custom", path: ["note"], message: "Say why the risk is accepted" });
  });
export type Decision = z.infer<typeof Decision>;

const Exploited = z.object({ since: z.string(), dueOn: z.string().nullable(), ransomware: z.boolean() });
const Epss = z.object({ score: z.number(), percentile: z.number() });

/** A row of the findings list. */
export const FindingRow = z.object({
  id: z.uuid(),
  revision: z.number().int(),
  device: z.object({ id: z.uuid(), name: z.string() }),
  release: z.object({ id: z.uuid(), version: z.string() }),
  component: ComponentName,
  advisory: z.string(),
  aliases: z.array(z.string()),
  title: z.string(),
  severity: Severity,
  exploited: Exploited.nullable(),
  epss: Epss.nullable(),
  /** Worst harm to a patient its part can reach. Null: not stated, or none reached. */
  harm: Harm.nullable(),
  /** False: the part reaches no function of the device, by a recorded fact. */
  reachesFunction: z.boolean(),
  fixedIn: z.array(z.string()),
  state: State,
  justification: Justification.nullable(),
  note: z.string(),
  assignee: z.object({ id: z.string(), name: z.string() }).nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: z.iso.datetime().nullable(),
  /** Decided for another version of the component than the one there now: look again. */
  suspect: z.boolean(),
  foundAt: z.iso.datetime(),
  /** The component left the release, or the advisory no longer names it. */
  goneAt: z.iso.datetime().nullable(),
});
export type FindingRow = z.infer<typeof FindingRow>;

/** One thing that happened to a finding. */
export const FindingEvent = z.object({
  at: z.iso.datetime(),
  by: z.string(),
  kind: z.enum([
    "found",
    "decided",
    "assigned",
    "undone",
    "component-changed",
    "gone",
    "returned",
    /** A decision of the release before holds on here, or has to be made again. */
    "carried-over",
    "decide-again",
    /** The statement of a trusted source set the state, or none does any more. */
    "vex-set",
    "vex-cleared",
  ]),
  from: State.nullable(),
  to: State.nullable(),
  justification: Justification.nullable(),
  note: z.string(),
  componentVersion: z.string().nullable(),
});
export type FindingEvent = z.infer<typeof FindingEvent>;

export const FindingDetail = FindingRow.extend({
  /** Why it stands where it stands, in one sentence. */
  standsHere: z.string(),
  because: Because,
  details: z.string(),
  references: z.array(z.string()),
  publishedAt: z.string().nullable(),
  modifiedAt: z.string().nullable(),
  cwes: z.array(z.string()),
  events: z.array(FindingEvent),
  /** The same vulnerability elsewhere in this organisation. */
  elsewhere: z.array(
    z.object({
      id: z.uuid(),
      device: z.object({ id: z.uuid(), name: z.string() }),
      release: z.object({ id: z.uuid(), version: z.string() }),
      component: ComponentName,
      state: State,
    }),
  ),
});
export type FindingDetail = z.infer<typeof FindingDetail>;

/** A query parameter that may come once, several times, or not. */
const several = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item).max(20).optional(),
  );
const flag = z.preprocess(
  (value) => (value === "true" ? true : value === "false" ? false : value),
  z.boolean().optional(),
);

export const SORTS = ["harm", "newest", "epss", "component"] as const;
/** `harm`: worst harm to a patient first, then exploited, then rating and score. */
export const FindingSort = z.enum(SORTS);
export type FindingSort = z.infer<typeof FindingSort>;

export const FindingFilter = z.object({
  deviceId: z.uuid().optional(),
  releaseId: z.uuid().optional(),
  state: several(State),
  rating: several(Rating),
  exploited: flag,
  /** Decided for another version than the one there now. */
  suspect: flag,
  /** Only those assigned to me. */
  mine: flag,
  /** A component's exact name. */
  component: z.string().max(500).optional(),
  /** An advisory id or alias, exactly. */
  advisory: z.string().max(200).optional(),
  /** Part of a component name, an advisory id or a title. */
  text: z.string().trim().max(200).optional(),
  /** Found at or after this instant. */
  foundSince: z.iso.datetime().optional(),
  /** True: only those whose component left. Default: only those still there. */
  gone: flag,
});
export type FindingFilter = z.infer<typeof FindingFilter>;

/** How many would change, what did, and what somebody else changed first. */
export const DecisionReceipt = z.object({
  /** Give this to undo to take the whole decision back. Null: nothing changed. */
  changeId: z.uuid().nullable(),
  changed: z.array(z.object({ id: z.uuid(), revision: z.number().int(), state: State })),
  conflicts: z.array(
    z.object({ id: z.uuid(), revision: z.number().int(), state: State, decidedBy: z.string().nullable() }),
  ),
});
export type DecisionReceipt = z.infer<typeof DecisionReceipt>;
