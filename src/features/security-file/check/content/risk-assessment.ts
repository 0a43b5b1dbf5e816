import { MAX_ELEMENTS } from "../../graph/graph.ts";
import { type ContentRule, of, traced } from "./rule.ts";

const PROBABILITY = /\b(probabilit(y|ies)|likelihood)\b|\d\s?%|\bper (year|annum)\b/i;
const DENIED = /\b(no|not|never|nor|without|instead of|rather than)\b/i;

/** How the risk assessment must be made (FDA premarket guidance, V.A.2). */
export const riskAssessmentRules: ContentRule[] = [
  {
    id: "RA-1",
    title: "Every threat is weighed in a risk",
    section: "FDA premarket V.A.2",
    fix: "Name the threat in a risk",
    find: (context) => traced(context, "RA-1"),
  },
  {
    id: "RA-2",
    title: "Scored before and after mitigation, by a stated method",
    section: "FDA premarket V.A.2",
    fix: "Give exploitability before and after, each with its reason",
    *find({ model }) {
      if (model.file.head.scoring.trim() === "")
        yield {
          at: null,
          field: "head.scoring",
          message: "Nothing says how exploitability is rated",
          fix: "Fill in head.scoring",
        };
      for (const risk of model.file.risks)
        for (const field of ["before", "after"] as const) {
          const rated = risk[field];
          if (rated === null)
            yield { at: of("risks", risk), field, message: `“${risk.name}” is not rated ${field} mitigation` };
          else if (field === "after" && rated.because.trim() === "")
            yield {
              at: of("risks", risk),
              field: `${field}.because`,
              message: `Nothing says why “${risk.name}” is ${rated.exploitability} after mitigation`,
            };
        }
    },
  },
  {
    id: "RA-3",
    title: "Acceptance criteria are stated, and kept",
    section: "FDA premarket V.A.2",
    fix: "Reduce it further, or choose another treatment",
    *find({ model, weighed }) {
      const { acceptance } = model.file.head;
      if (acceptance === null)
        yield {
          at: null,
          field: "head.acceptance",
          message: "There are no acceptance criteria",
          fix: "Add the organisation's matrix as head.acceptance",
        };
      if (model.file.risks.length > 0 && weighed.size === 0)
        yield {
          at: null,
          field: "elements",
          message: `No risk was weighed: ways to harm are followed in models of up to ${MAX_ELEMENTS} elements, and this one has ${model.file.elements.length}`,
          fix: "Describe parts that behave alike as one element with its number of instances",
        };
      for (const risk of model.file.risks)
        if (weighed.get(risk.id)?.after.acceptability === "unacceptable" && risk.treatment !== "avoid")
          yield {
            at: of("risks", risk),
            field: "after",
            message: `“${risk.name}” is not acceptable after mitigation, by ${acceptance?.name}`,
          };
    },
  },
  {
    id: "RA-4",
    title: "Exploitability, never probability",
    section: "FDA premarket V.A.2",
    fix: "Say how easily it is done: access, knowledge, tools, what is in the way",
    severity: "error",
    *find({ model }) {
      if (saysProbability(model.file.head.scoring))
        yield { at: null, field: "head.scoring", message: "The method counts with probability" };
      for (const risk of model.file.risks)
        for (const field of ["before", "after"] as const)
          if (saysProbability(risk[field]?.because ?? ""))
            yield {
              at: of("risks", risk),
              field: `${field}.because`,
              message: `“${risk.name}” is rated by probability`,
            };
    },
  },
  {
    id: "RA-5",
    title: "The risk reaches the safety file",
    section: "FDA premarket V.A.2",
    fix: "Name its hazardous situations, or state its severity where no patient is harmed",
    *find({ model, weighed }) {
      for (const risk of model.file.risks)
        if (weighed.get(risk.id)?.before.severity === null)
          yield {
            at: of("risks", risk),
            field: "situations",
            message: `“${risk.name}” leads to no harm and states no severity`,
          };
    },
  },
  {
    id: "RA-6",
    title: "Before mitigation, exploitability is the worst, or it is said why not",
    section: "FDA premarket V.A.2",
    fix: "Rate it high, or give the reason in before.because",
    *find({ model }) {
      for (const risk of model.file.risks)
        if (risk.before !== null && risk.before.exploitability !== "high" && risk.before.because.trim() === "")
          yield {
            at: of("risks", risk),
            field: "before.because",
            message: `“${risk.name}” begins with ${risk.before.exploitability} and does not say why`,
          };
    },
  },
  {
    id: "RA-9",
    title: "Harm to many patients is rated differently",
    section: "FDA premarket V.A.2, V.B.2",
    fix: "Fill in head.acceptance.manyPatients",
    *find({ model }) {
      const many = model.file.elements.find(({ instances, patientsEach }) => instances * patientsEach > 1);
      const { acceptance } = model.file.head;
      if (many !== undefined && acceptance !== null && acceptance.manyPatients === null)
        yield {
          at: null,
          field: "head.acceptance.manyPatients",
          message: `One installation has ${many.instances} of “${many.name}”, and one row of criteria for one patient and for many`,
        };
    },
  },
];

/** Whether a text rates by probability; a sentence that says it does not is none. */
const saysProbability = (text: string): boolean =>
  text.split(/[.;\n]/).some((sentence) => PROBABILITY.test(sentence) && !DENIED.test(sentence));
