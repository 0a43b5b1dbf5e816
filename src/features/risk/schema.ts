import * as z from "zod";
import { DataKind, DeviceFunction, Harm } from "../devices/schema.ts";

/** Whose question it is. */
export const Asked = z.enum(["product-security", "clinical", "privacy"]);
export type Asked = z.infer<typeof Asked>;

export const RubricAnswer = z.enum(["yes", "no", "unknown"]);
export type RubricAnswer = z.infer<typeof RubricAnswer>;

const id = z.string().regex(/^X[A-Z]{1,5}$/);
/** Another question, or a value of a metric: `AV:N`. */
const next = z.union([id, z.string().regex(/^(AV:[NALP]|AC:[LH]|PR:[NLH]|UI:[NR]|S:[UC])$/)]);

/** An edition of the rubric: its questions, of whom they are asked, and where each answer leads. */
export const Rubric = z.strictObject({
  rubric: z.string(),
  title: z.string(),
  publisher: z.string(),
  edition: z.coerce.string(),
  cvss: z.literal("3.0"),
  source: z.url({ protocol: /^https$/ }),
  status: z.string(),
  metrics: z.array(z.strictObject({ metric: z.enum(["AV", "AC", "PR", "UI", "S"]), start: id })).length(5),
  questions: z.array(z.strictObject({ id, of: Asked, asks: z.string(), yes: next, no: next, unknown: next })),
  impacts: z.array(
    z.strictObject({ id, of: Asked, metric: z.enum(["C", "I", "A"]), data: DataKind, asks: z.string() }),
  ),
  patients: z.strictObject({ id, of: Asked, asks: z.string(), data: DataKind, least: z.number().int().positive() }),
});
export type Rubric = z.infer<typeof Rubric>;

const value = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

/** A decision table: every combination of its inputs, with the outcome its publisher gives it. */
export const DecisionTable = z
  .strictObject({
    table: value,
    title: z.string(),
    publisher: z.string(),
    edition: z.coerce.string(),
    source: z.url({ protocol: /^https$/ }),
    licence: z.string(),
    inputs: z.array(z.strictObject({ key: z.string(), name: z.string(), values: z.array(value).min(2) })).min(1),
    outcomes: z.array(value).min(2),
    rows: z.array(z.array(value)),
  })
  .superRefine(({ inputs, outcomes, rows }, context) => {
    const keys = new Set<string>();
    for (const row of rows) {
      const known =
        row.length === inputs.length + 1 &&
        inputs.every((input, i) => input.values.includes(row[i] ?? "")) &&
        outcomes.includes(row.at(-1) ?? "");
      if (!known) context.addIssue({ code: "custom", path: ["rows"], message: `${row.join(", ")} is no row of it` });
      keys.add(row.slice(0, -1).join());
    }
    const wanted = inputs.reduce((count, input) => count * input.values.length, 1);
    if (keys.size !== wanted || rows.length !== wanted)
      context.addIssue({ code: "custom", path: ["rows"], message: `It needs ${wanted} different rows` });
  });
export type DecisionTable = z.infer<typeof DecisionTable>;

/** What we propose, and the fact behind it. */
export const Proposed = z.object({ answer: z.string(), because: z.string() });
export type Proposed = z.infer<typeof Proposed>;

/** What a person answered, when, and why. */
export const Answered = z.object({
  answer: z.string(),
  note: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
});
export type Answered = z.infer<typeof Answered>;

/** A question about one vulnerability in one release, with what is known of its answer. */
export const Question = z.object({
  id: z.string(),
  of: Asked,
  asks: z.string(),
  choices: z.array(z.object({ answer: z.string(), word: z.string() })),
  /** An answer that goes against what we propose must say why. */
  proposed: Proposed.nullable(),
  answered: Answered.nullable(),
  /** False: what is known already decides the result without it. */
  needed: z.boolean(),
});
export type Question = z.infer<typeof Question>;

/** Exploitability, FDA 2016 section VI.A, in three steps. */
export const Exploitability = z.enum(["low", "medium", "high"]);
export type Exploitability = z.infer<typeof Exploitability>;

export const RiskWord = z.enum(["controlled", "uncontrolled"]);
export type RiskWord = z.infer<typeof RiskWord>;

/** What we propose for a vulnerability in a release (FDA, Postmarket Management of Cybersecurity, 2016, section VI). */
export const ControlProposal = z.object({
  risk: RiskWord,
  /** False: it is near the line, or something that matters is not known. */
  clear: z.boolean(),
  exploitability: Exploitability,
  /** Worst credible harm. Null: no patient harm (a loss of patient data alone is none). */
  harm: Harm.nullable(),
  reasons: z.array(z.string()),
});
export type ControlProposal = z.infer<typeof ControlProposal>;

/** A score beside what changed it. */
export const DeviceScore = z.object({
  version: z.string(),
  base: z.object({ vector: z.string(), score: z.number(), rating: z.string() }),
  device: z.object({ vector: z.string(), score: z.number(), rating: z.string() }),
  changes: z.array(z.object({ metric: z.string(), because: z.string() })),
});
export type DeviceScore = z.infer<typeof DeviceScore>;

export const RubricResult = z.object({
  title: z.string(),
  status: z.string(),
  vector: z.string(),
  score: z.number(),
  rating: z.string(),
  questions: z.array(Question),
  /** Of the questions that matter: how many a fact or a person answered. */
  known: z.number().int(),
  needed: z.number().int(),
});
export type RubricResult = z.infer<typeof RubricResult>;

export const TableResult = z.object({
  table: z.string(),
  title: z.string(),
  edition: z.string(),
  publisher: z.string(),
  source: z.string(),
  licence: z.string(),
  /** The most urgent outcome that the known inputs allow. */
  outcome: z.string(),
  /** Every outcome they allow; one: it is certain. */
  possible: z.array(z.string()),
  inputs: z.array(z.object({ key: z.string(), name: z.string(), value: z.string().nullable(), because: z.string() })),
});
export type TableResult = z.infer<typeof TableResult>;

export const RiskDecision = z.object({
  id: z.uuid(),
  risk: RiskWord,
  why: z.string(),
  decidedBy: z.string(),
  decidedAt: z.iso.datetime(),
  /** When the vulnerability was learned of: clocks count from here. */
  learnedAt: z.iso.datetime(),
  /** What we proposed then. */
  proposal: ControlProposal,
  /** What it was decided from is not what is known now: look again. */
  changed: z.boolean(),
});
export type RiskDecision = z.infer<typeof RiskDecision>;

export const ReachFact = z.object({
  /** Names of the functions the part can reach; none: it reaches none of them. */
  functions: z.array(z.string()),
  reason: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
});
export type ReachFact = z.infer<typeof ReachFact>;

/** How bad one vulnerability is in one release. */
export const Risk = z.object({
  advisory: z.string(),
  aliases: z.array(z.string()),
  title: z.string(),
  device: z.object({ id: z.uuid(), name: z.string() }),
  release: z.object({ id: z.uuid(), version: z.string() }),
  units: z.number().int(),
  harm: Harm.nullable(),
  reachesFunction: z.boolean(),
  standsHere: z.string(),
  parts: z.array(
    z.object({
      name: z.string(),
      version: z.string().nullable(),
      purl: z.string().nullable(),
      identity: z.string(),
      reach: ReachFact.nullable(),
      /** What the release's security file says of it. Null: there is none. */
      file: z
        .object({
          /** Elements it is in. None: the file does not say. */
          elements: z.array(z.string()),
          /** Functions it reaches by the graph. Null: the file does not decide it. */
          functions: z.array(z.string()).nullable(),
        })
        .nullable(),
    }),
  ),
  functions: z.array(DeviceFunction),
  exploited: z.object({ since: z.string(), dueOn: z.string().nullable(), ransomware: z.boolean() }).nullable(),
  epss: z.object({ score: z.number(), percentile: z.number() }).nullable(),
  severity: z.object({
    source: z.string(),
    vector: z.string().nullable(),
    score: z.number().nullable(),
    rating: z.string(),
  }),
  score: DeviceScore.nullable(),
  rubric: RubricResult,
  ssvc: z.array(TableResult),
  ssvcQuestions: z.array(Question),
  bedside: z.array(Question),
  proposal: ControlProposal,
  decision: RiskDecision.nullable(),
  /** Earlier decisions, newest first, taken back or followed by another. */
  earlier: z.array(RiskDecision.extend({ undoneBy: z.string().nullable() })),
  /** When it was first found in this release: it counts as learned of then, unless somebody says otherwise. */
  foundAt: z.iso.datetime(),
  /** Goes up with every answer and decision; send back the one you saw. */
  revision: z.number().int(),
});
export type Risk = z.infer<typeof Risk>;

export const NewAnswer = z.object({
  question: z.string().max(60),
  /** Null takes the answer back: what we propose counts again. */
  answer: z.string().max(40).nullable(),
  note: z.string().trim().max(4_000).default(""),
});
export type NewAnswer = z.infer<typeof NewAnswer>;

export const NewRiskDecision = z.object({
  risk: RiskWord,
  why: z.string().trim().max(4_000).default(""),
  /** When you learned of the vulnerability, if before the day it was found here. */
  learnedAt: z.iso.datetime().optional(),
  revision: z.number().int(),
});
export type NewRiskDecision = z.infer<typeof NewRiskDecision>;

/** A vulnerability in a release that waits for somebody's answer. */
export const Waiting = z.object({
  advisory: z.string(),
  title: z.string(),
  device: z.object({ id: z.uuid(), name: z.string() }),
  release: z.object({ id: z.uuid(), version: z.string() }),
  functions: z.array(DeviceFunction),
  harm: Harm.nullable(),
  exploited: z.boolean(),
  standsHere: z.string(),
  /** Harm answers given so far, of three. */
  answered: z.number().int(),
  decided: RiskWord.nullable(),
});
export type Waiting = z.infer<typeof Waiting>;
