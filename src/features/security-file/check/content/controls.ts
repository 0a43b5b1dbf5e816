import { ControlCategory } from "../../assurance/schema.ts";
import type { Model } from "../../model/look-up.ts";
import type { Item } from "../../schema.ts";
import { type ContentRule, of } from "./rule.ts";
import { testsOf } from "./traceability.ts";

/** Controls of each of the eight categories (FDA premarket guidance, V.B.1 and App. 1). */
export const controlRules: ContentRule[] = [
  {
    id: "D9",
    title: "Each of the eight categories is implemented and tested, or its alternative is traced to a risk",
    section: "FDA premarket V.B.1, App. 1",
    fix: "Implement and test a control of it; or say in a control that is not applicable what stands for it, and name it or its requirement in a risk",
    *find({ model }) {
      for (const [i, category] of ControlCategory.options.entries()) {
        const controls = model.file.controls.filter(
          (control) => control.category === category && control.purpose === "security",
        );
        const implemented = controls.filter(({ state }) => state === "implemented");
        if (
          implemented.some((control) => isTested(control, model)) ||
          controls.some((control) => isReplaced(control, model))
        )
          continue;
        const letter = String.fromCharCode("A".charCodeAt(0) + i);
        const said = implemented.length > 0 ? "no control of it passed a test" : "no control of it is implemented";
        yield { at: null, field: "controls", message: `${letter}, ${category.replace("-", " ")}: ${said}` };
      }
      for (const control of model.file.controls)
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

const isTested = (control: Item<"controls">, model: Model) =>
  testsOf(control, model).some(({ results }) => results.at(-1)?.outcome === "passed");

/** Not applicable, with a reason, and a risk knows of it: by its requirement, or by a threat that names it as mitigation. */
function isReplaced(control: Item<"controls">, model: Model): boolean {
  if (control.state !== "not-applicable" || control.reason.trim() === "") return false;
  const { risks, threats } = model.file;
  const against = threats
    .filter(({ mitigations }) => mitigations.some((one) => one.control === control.id))
    .map(({ id }) => id);
  return risks.some(
    (risk) =>
      risk.requirements.some((id) => control.requirements.includes(id)) ||
      risk.threats.some((id) => against.includes(id)),
  );
}
