import { type ContentRule, of, traced } from "./rule.ts";

/** Controls of each of the eight categories (FDA premarket guidance, V.B.1 and App. 1). */
export const controlRules: ContentRule[] = [
  {
    id: "D9",
    title: "Each of the eight categories is implemented and tested, or its alternative is traced to a risk",
    section: "FDA premarket V.B.1, App. 1",
    fix: "Implement and test a control of it; or say in a control that is not applicable what stands for it, and name it or its requirement in a risk",
    *find(context) {
      yield* traced(context, "D9");
      for (const control of context.model.file.controls)
        if (control.state === "not-applicable" && control.reason.trim() === "")
          yield {
            at: of("controls", control),
            field: "reason",
            message: `“${control.name}” is not applicable, without a reason`,
            fix: "Give the reason, or the alternative and its risk",
          };
    },
  },
  {
    id: "D9-REQ",
    title: "Requirements say how one sees that they are met",
    section: "FDA premarket V.B.1",
    fix: "Fill in “acceptance”",
    *find({ model }) {
      for (const requirement of model.file.requirements)
        if (requirement.acceptance.trim() === "")
          yield {
            at: of("requirements", requirement),
            field: "acceptance",
            message: `Nothing says when “${requirement.name}” is met`,
          };
    },
  },
];
