import type { SecurityFile } from "../schema.ts";
import type { ProofState } from "./schema.ts";

/** The links of the chain, each way. */
export interface ChainLinks {
  controlsOfThreat: Links;
  threatsOfControl: Links;
  risksOfThreat: Links;
  threatsOfRisk: Links;
  threatsOfElement: Links;
  requirementsOfRisk: Links;
  risksOfRequirement: Links;
  controlsOfRequirement: Links;
  requirementsOfControl: Links;
  /** Elements themselves: a port, flow or credential counts for the elements it belongs to, an update path for those it updates. */
  elementsOfControl: Links;
  controlsOfElement: Links;
  /** Tests of a control, requirement or threat; and what a test verifies. */
  testsOf: Links;
  verifiedBy: Links;
  labelsAbout: Links;
  toldBy: Links;
  /** Elements that an id of the design stands for. */
  elementsOf: (id: string) => readonly string[];
}
export type Links = (id: string) => readonly string[];

/** Turns a file's links into look-ups, once. */
export function chainLinks(file: SecurityFile): ChainLinks {
  const elementsOf = elementsBehind(file);
  const mitigations = file.threats.flatMap((threat) =>
    threat.mitigations.flatMap(({ control, state }) =>
      control === null || state === "dropped" ? [] : ([[threat.id, control]] as const),
    ),
  );
  const riskThreats = file.risks.flatMap((risk) => risk.threats.map((threat) => [threat, risk.id] as const));
  const riskRequirements = file.risks.flatMap((risk) => risk.requirements.map((one) => [risk.id, one] as const));
  const fulfils = file.controls.flatMap((control) => control.requirements.map((one) => [control.id, one] as const));
  const places = file.controls.flatMap((control) =>
    [...new Set(control.elements.flatMap(elementsOf))].map((element) => [control.id, element] as const),
  );
  const verifies = file.tests.flatMap((test) => test.verifies.map((one) => [test.id, one] as const));
  const tells = [
    ...file.labels.flatMap((label) => label.about.map((one) => [label.id, one] as const)),
    ...file.risks.flatMap(({ id, transfer }) => (transfer?.label ? [[transfer.label, id] as const] : [])),
  ];
  return {
    controlsOfThreat: forward(mitigations),
    threatsOfControl: backward(mitigations),
    risksOfThreat: forward(riskThreats),
    threatsOfRisk: backward(riskThreats),
    threatsOfElement: backward(
      file.threats.flatMap((threat) =>
        [...new Set(threat.targets.flatMap(elementsOf))].map((element) => [threat.id, element] as const),
      ),
    ),
    requirementsOfRisk: forward(riskRequirements),
    risksOfRequirement: backward(riskRequirements),
    requirementsOfControl: forward(fulfils),
    controlsOfRequirement: backward(fulfils),
    elementsOfControl: forward(places),
    controlsOfElement: backward(places),
    testsOf: backward(verifies),
    verifiedBy: forward(verifies),
    labelsAbout: backward(tells),
    toldBy: forward(tells),
    elementsOf,
  };
}

type Pair = readonly [string, string];

const forward = (pairs: readonly Pair[]): Links => {
  const groups = new Map<string, Set<string>>();
  for (const [from, to] of pairs) {
    const group = groups.get(from) ?? new Set();
    groups.set(from, group.add(to));
  }
  const lists = new Map([...groups].map(([from, to]) => [from, [...to]]));
  return (id) => lists.get(id) ?? [];
};
const backward = (pairs: readonly Pair[]): Links => forward(pairs.map(([from, to]) => [to, from] as const));

function elementsBehind(file: SecurityFile): (id: string) => readonly string[] {
  const known = new Map<string, readonly string[]>(file.elements.map(({ id }) => [id, [id]]));
  for (const port of file.ports) known.set(port.id, [port.element]);
  for (const flow of file.flows) known.set(flow.id, [flow.from, flow.to]);
  for (const path of file.updatePaths)
    known.set(
      path.id,
      path.updates.flatMap((id) => known.get(id) ?? []),
    );
  const holders = (of: (element: SecurityFile["elements"][number]) => readonly string[]) =>
    Map.groupBy(
      file.elements.flatMap((element) => of(element).map((id) => ({ id, element: element.id }))),
      ({ id }) => id,
    );
  for (const [id, own] of holders((element) => element.assets))
    known.set(
      id,
      own.map(({ element }) => element),
    );
  const credentials = Map.groupBy(
    file.flows.flatMap((flow) => flow.path.credentials.map((id) => ({ id, flow }))),
    ({ id }) => id,
  );
  for (const [id, uses] of credentials) known.set(id, [...new Set(uses.flatMap(({ flow }) => [flow.from, flow.to]))]);
  for (const path of file.updatePaths)
    known.set(
      path.id,
      path.updates.flatMap((id) => known.get(id) ?? []),
    );
  return (id) => known.get(id) ?? [];
}

type OwnTest = SecurityFile["tests"][number];

/** Of several results the newest day counts, of one day the last written. */
export const newestResult = ({ results }: Pick<OwnTest, "results">) =>
  results.reduce<OwnTest["results"][number] | null>(
    (best, one) => (best === null || one.on >= best.on ? one : best),
    null,
  );

/** How tests stand together: one that failed fails them all. */
export function proofOf(tests: readonly Pick<OwnTest, "results">[]): ProofState {
  const newest = tests.map(newestResult);
  if (newest.length === 0) return "untested";
  if (newest.some((result) => result?.outcome === "failed")) return "failed";
  if (newest.every((result) => result?.outcome === "passed")) return "passed";
  return newest.some((result) => result?.outcome === "passed") ? "partly" : "not-run";
}
