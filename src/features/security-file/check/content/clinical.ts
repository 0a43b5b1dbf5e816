import { type ContentRule, of } from "./rule.ts";

/** From a function to a harm without a break (ISO 14971, 5.3 to 5.5). */
export const clinicalRules: ContentRule[] = [
  {
    id: "CL-1",
    title: "Each function has elements that do it, and hazards when it fails",
    section: "ISO 14971 5.3, 5.4",
    fix: "Name the hazards of its failure",
    *find({ model }) {
      const hazardous = new Set(model.file.hazards.flatMap(({ functions }) => functions));
      for (const one of model.file.functions) {
        const at = of("functions", one);
        if (one.elements.length === 0)
          yield {
            at,
            field: "elements",
            message: `No element does “${one.name}”`,
            fix: "Name the elements it depends on",
          };
        if (!hazardous.has(one.id)) yield { at, message: `No hazard comes from “${one.name}”` };
      }
    },
  },
  {
    id: "CL-2",
    title: "Each hazard leads to a situation",
    section: "ISO 14971 5.4",
    fix: "Name a hazardous situation in which people are exposed to it",
    *find({ model }) {
      const met = new Set(model.file.situations.flatMap(({ hazards }) => hazards));
      for (const hazard of model.file.hazards)
        if (!met.has(hazard.id)) yield { at: of("hazards", hazard), message: `Nobody is exposed to “${hazard.name}”` };
    },
  },
  {
    id: "CL-3",
    title: "Each situation leads to a harm, and it is said who would notice",
    section: "ISO 14971 5.4, 5.5",
    fix: "Name the harm it can end in",
    *find({ model }) {
      for (const situation of model.file.situations) {
        const at = of("situations", situation);
        if (situation.harms.length === 0) yield { at, field: "harms", message: `“${situation.name}” harms nobody` };
        if (situation.noticedBy === "")
          yield {
            at,
            field: "noticedBy",
            message: `Nothing says how somebody would notice “${situation.name}”`,
            fix: "Say what a person at the bed sees or hears; or that nothing shows it",
          };
      }
    },
  },
  {
    id: "CL-4",
    title: "Each harm is reached",
    section: "ISO 14971 5.4",
    fix: "Name it in a situation, or take it out",
    *find({ model }) {
      const reached = new Set(model.file.situations.flatMap(({ harms }) => harms));
      for (const harm of model.file.harms)
        if (!reached.has(harm.id)) yield { at: of("harms", harm), message: `Nothing leads to “${harm.name}”` };
    },
  },
];
