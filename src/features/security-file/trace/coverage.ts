import { ControlCategory } from "../assurance/schema.ts";
import type { SecurityFile } from "../schema.ts";
import { type ChainLinks, proofOf } from "./links.ts";
import type { CategoryCoverage, CategoryState, Referred, TraceGap } from "./schema.ts";

/** How a file covers each of FDA's eight categories (rule D9: implemented and tested, or an alternative that leads to a risk). */
export function coverageOf(
  file: SecurityFile,
  { categories, checkables }: Referred,
  links: ChainLinks,
): CategoryCoverage[] {
  const tests = new Map(file.tests.map((test) => [test.id, test]));
  const risks = new Set(file.risks.map(({ id }) => id));

  return ControlCategory.options.map((category) => {
    const own = file.controls.filter(
      (control) =>
        control.purpose === "security" &&
        (control.category === category ||
          (control.category === null && categories.get(control.id)?.has(category) === true)),
    );
    const controls = own.map((control) => ({
      id: control.id,
      state: control.state,
      proof: proofOf(
        [control.id, ...links.requirementsOfControl(control.id)]
          .flatMap(links.testsOf)
          .flatMap((id) => tests.get(id) ?? []),
      ),
    }));
    const leadsToRisk = own.some(
      (control) =>
        control.state === "not-applicable" &&
        ([
          ...links.threatsOfControl(control.id).flatMap(links.risksOfThreat),
          ...links.requirementsOfControl(control.id).flatMap(links.risksOfRequirement),
        ].length > 0 ||
          control.reason.split(/[^A-Za-z0-9._-]+/).some((word) => risks.has(word.replace(/[.]+$/, "")))),
    );
    return {
      category,
      state: stateOf(controls, leadsToRisk),
      controls,
      checkables: checkables.get(category)?.count ?? 0,
      named: [...(checkables.get(category)?.named ?? [])],
    };
  });
}

function stateOf(controls: CategoryCoverage["controls"], leadsToRisk: boolean): CategoryState {
  const active = controls.filter(({ state }) => state !== "not-applicable");
  if (active.length === 0) return leadsToRisk ? "alternative" : "missing";
  if (active.some(({ state }) => state === "planned")) return "planned";
  return active.every(({ proof }) => proof === "passed") ? "proven" : "implemented";
}

/** Categories that are neither implemented and tested nor answered by an alternative (D9). */
export const coverageGaps = (coverage: readonly CategoryCoverage[]): TraceGap[] =>
  coverage.flatMap(({ category, state, controls }) => {
    const problem = PROBLEMS[state];
    if (problem === null) return [];
    const open = controls.filter((one) => one.state === "planned" || one.proof !== "passed").map(({ id }) => id);
    const [message, fix] = problem;
    return [
      {
        rule: "D9" as const,
        at: null,
        missing: "controls" as const,
        field: "controls",
        message: `${category}: ${message}${open.length === 0 ? "" : ` (${open.join(", ")})`}`,
        fix,
      },
    ];
  });

const PROBLEMS: Record<CategoryState, readonly [message: string, fix: string] | null> = {
  proven: null,
  alternative: null,
  implemented: ["implemented, and not every control has passed its tests", "Test what is named and keep the results"],
  planned: ["not every control is implemented", "Implement what is named"],
  missing: [
    "no control, and no alternative that leads to a risk",
    "Add a control, or say why none applies and in which risk that is weighed",
  ],
};
