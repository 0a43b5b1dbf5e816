import type { Model } from "../../model/look-up.ts";
import type { Item } from "../../schema.ts";
import { idsAround } from "./covered.ts";
import { type ContentRule, few, of, type SbomPart } from "./rule.ts";

/** That every link of the chain is there (FDA premarket guidance, V.A, V.B; IEC 81001-5-1, 5.7). */
export const traceabilityRules: ContentRule[] = [
  {
    id: "TR-1",
    title: "Threat, risk, requirement, control, element, test and result hang together",
    section: "FDA premarket V.A, V.B.1, V.C",
    fix: "Add the missing link",
    *find({ model }) {
      const { risks, requirements, controls, tests } = model.file;
      const required = new Set(controls.flatMap((control) => control.requirements));
      for (const risk of risks)
        if (risk.treatment === "reduce" && risk.requirements.length === 0)
          yield {
            at: of("risks", risk),
            field: "requirements",
            message: `“${risk.name}” is reduced by no requirement`,
          };
      for (const requirement of requirements)
        if (!required.has(requirement.id))
          yield {
            at: of("requirements", requirement),
            message: `No control meets “${requirement.name}”`,
            fix: "Name the requirement in a control",
          };
      for (const control of controls) {
        const at = of("controls", control);
        if (control.state === "not-applicable" || control.purpose === "safety") continue;
        if (control.requirements.length === 0)
          yield { at, field: "requirements", message: `“${control.name}” meets no requirement` };
        if (control.elements.length === 0)
          yield { at, field: "elements", message: `“${control.name}” works on nothing` };
        if (control.state === "implemented" && testsOf(control, model).length === 0)
          yield {
            at,
            message: `No test verifies “${control.name}”`,
            fix: "Name the control, or its requirement, in a test",
          };
      }
      for (const test of tests) {
        const at = of("tests", test);
        const last = test.results.at(-1);
        if (test.verifies.length === 0) yield { at, field: "verifies", message: `“${test.name}” verifies nothing` };
        if (last === undefined)
          yield { at, field: "results", message: `“${test.name}” was never run`, fix: "Run it, and add its result" };
        else if (last.outcome !== "passed")
          yield {
            at,
            field: `results.${test.results.length - 1}`,
            message: `“${test.name}” ${last.outcome} on ${last.on}`,
            fix: "Correct what it found and run it again",
          };
        else if (last.evidence.length === 0)
          yield {
            at,
            field: `results.${test.results.length - 1}.evidence`,
            message: `Nothing proves that “${test.name}” passed on ${last.on}`,
            fix: "Add the report as evidence",
          };
      }
    },
  },
  {
    id: "TR-2",
    title: "Elements of the pictures lead to controls",
    section: "FDA premarket V.B.2, App. 2.B",
    fix: "Name it, its interfaces or its flows in a control",
    *find({ model }) {
      const worked = new Set(model.file.controls.flatMap(({ elements }) => elements));
      for (const element of model.file.elements)
        if (element.inScope && element.kind !== "user" && !idsAround(element.id, model).some((id) => worked.has(id)))
          yield { at: of("elements", element), message: `No control works on “${element.name}”` };
    },
  },
  {
    id: "TR-3",
    title: "Elements and the SBOM name the same parts",
    section: "FDA premarket V.A.4, App. 2.B",
    fix: "Name each part of the SBOM in the element that is made of it",
    *find({ model, sbom }) {
      if (sbom === null) return;
      const { elements } = model.file;
      for (const element of elements) {
        const gone = element.components.filter((ref) => !sbom.some((part) => isNamed(part, ref)));
        if (gone.length > 0)
          yield {
            at: of("elements", element),
            field: "components",
            message: `The SBOM has no ${few(gone)}, of which “${element.name}” is made`,
            fix: "Correct the name, or the SBOM",
          };
      }
      const refs = new Set(elements.flatMap(({ components }) => components));
      const loose = sbom.filter((part) => !namesOf(part).some((name) => refs.has(name)));
      if (loose.length > 0)
        yield {
          at: null,
          field: "elements",
          message: `${loose.length} of ${sbom.length} parts of the SBOM belong to no element: ${few(loose.map(shown))}`,
        };
    },
  },
];

/** Tests that verify a control, itself or by a requirement it meets. */
export const testsOf = (control: Item<"controls">, model: Model): Item<"tests">[] =>
  model.file.tests.filter(({ verifies }) =>
    verifies.some((id) => id === control.id || control.requirements.includes(id)),
  );

const isNamed = (part: SbomPart, ref: string) => namesOf(part).includes(ref);
const shown = ({ group, name }: SbomPart) => (group === null ? name : `${group}/${name}`);

/** Every way to name a part: its package URL with and without version and qualifiers, `group/name`, the name. */
function namesOf(part: SbomPart): string[] {
  const { purl, name } = part;
  const whole =
    purl === null ? [] : [purl, purl.split("?")[0] ?? purl, (purl.split("?")[0] ?? purl).replace(/@[^@/]*$/, "")];
  return [...whole, shown(part), name];
}
