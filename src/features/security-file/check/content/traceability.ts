import { newestResult } from "../../trace/links.ts";
import { type ContentRule, few, of, type SbomPart, traced } from "./rule.ts";

/** That every link of the chain is there (FDA premarket guidance, V.A, V.B; IEC 81001-5-1, 5.7). */
export const traceabilityRules: ContentRule[] = [
  {
    id: "TR-1",
    title: "Threat, risk, requirement, control, element, test and result hang together",
    section: "FDA premarket V.A, V.B.1, V.C",
    fix: "Add the missing link",
    *find(context) {
      yield* traced(context, "TR-1");
      for (const test of context.model.file.tests) {
        const newest = newestResult(test);
        if (newest?.outcome === "passed" && newest.evidence.length === 0)
          yield {
            at: of("tests", test),
            field: `results.${test.results.indexOf(newest)}.evidence`,
            message: `Nothing proves that “${test.name}” passed on ${newest.on}`,
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
    find: (context) => traced(context, "TR-2"),
  },
  {
    id: "TR-3",
    title: "Elements and the SBOM name the same parts, and assets are kept somewhere",
    section: "FDA premarket V.A.4, App. 2.B",
    fix: "Name each part of the SBOM in the element that is made of it",
    *find(context) {
      yield* traced(context, "TR-3");
      const { model, sbom } = context;
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
  {
    id: "REF",
    title: "What a control refers to is in a catalogue",
    section: "FDA premarket V.B.1, App. 1",
    fix: "Correct the reference, or import the catalogue and choose it",
    find: (context) => traced(context, "REF"),
  },
];

const isNamed = (part: SbomPart, ref: string) => namesOf(part).includes(ref);
const shown = ({ group, name }: SbomPart) => (group === null ? name : `${group}/${name}`);

/** Every way to name a part: its package URL with and without version and qualifiers, `group/name`, the name. */
function namesOf(part: SbomPart): string[] {
  const { purl, name } = part;
  const whole =
    purl === null ? [] : [purl, purl.split("?")[0] ?? purl, (purl.split("?")[0] ?? purl).replace(/@[^@/]*$/, "")];
  return [...whole, shown(part), name];
}
