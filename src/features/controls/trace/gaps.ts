import type { Item, ItemKind, SecurityFile } from "../../security-file/schema.ts";
import { type ChainLinks, chainLinks, newestResult } from "./links.ts";
import { type FindProvision, referencesOf } from "./refs.ts";
import type { Rule, TraceColumn, TraceGap } from "./schema.ts";

/**
 * Where the chain breaks: TR-1 threat to labeling, TR-2 elements to threats, functions, controls and tests, TR-3 assets to components,
 * and references that no catalogue has (REF). FDA premarket guidance, V.A, V.B and App. 2.
 */
export function traceGaps(file: SecurityFile, find: FindProvision): TraceGap[] {
  const links = chainLinks(file);
  return [
    ...file.threats.flatMap((one) => [...gapsOfThreat(one, links)]),
    ...file.risks.flatMap((one) => [...gapsOfRisk(one, links)]),
    ...file.requirements.flatMap((one) => [...gapsOfRequirement(one, links)]),
    ...file.controls.flatMap((one) => [...gapsOfControl(one, links)]),
    ...file.tests.flatMap((one) => [...gapsOfTest(one)]),
    ...file.elements.flatMap((one) => [...gapsOfElement(one, file, links)]),
    ...gapsOfAssets(file),
    ...referencesOf(file, find).unknown.map(({ own, ref }) =>
      gap(
        "REF",
        "controls",
        own,
        null,
        `No catalogue has ${ref.catalog} ${ref.id}`,
        "Correct the reference, or import the catalogue and choose it",
      ),
    ),
  ];
}

function gap(
  rule: Rule,
  kind: ItemKind,
  { id, name }: { id: string; name: string },
  missing: TraceColumn | null,
  message: string,
  fix: string,
): TraceGap {
  return { rule, at: { kind, id, name }, missing, message, fix };
}

function* gapsOfThreat(threat: Item<"threats">, links: ChainLinks): Generator<TraceGap> {
  if (threat.state === "rejected") return;
  const risks = links.risksOfThreat(threat.id);
  if (risks.length === 0)
    yield gap(
      "TR-1",
      "threats",
      threat,
      "risks",
      "The threat is in no risk",
      "Weigh it in a risk, or reject it with a reason",
    );
  if (links.controlsOfThreat(threat.id).length === 0 && risks.flatMap(links.requirementsOfRisk).length === 0)
    yield gap(
      "TR-1",
      "threats",
      threat,
      "controls",
      "No control works against the threat",
      "Name a control among its mitigations",
    );
}

function* gapsOfRisk(risk: Item<"risks">, links: ChainLinks): Generator<TraceGap> {
  if (risk.threats.length === 0)
    yield gap("TR-1", "risks", risk, "threats", "The risk comes from no threat", "Name the threats it weighs");
  const controls = risk.threats.flatMap(links.controlsOfThreat);
  if (risk.treatment === "reduce" && links.requirementsOfRisk(risk.id).length + controls.length === 0)
    yield gap(
      "TR-1",
      "risks",
      risk,
      "requirements",
      "Nothing is asked for to reduce the risk",
      "Name the requirement that reduces it",
    );
  if (risk.treatment === "transfer" && links.labelsAbout(risk.id).length === 0)
    yield gap(
      "TR-1",
      "risks",
      risk,
      "labels",
      "The risk is transferred and nobody is told",
      "Name the labeling that tells them",
    );
}

function* gapsOfRequirement(requirement: Item<"requirements">, links: ChainLinks): Generator<TraceGap> {
  const controls = links.controlsOfRequirement(requirement.id);
  const because = [...links.risksOfRequirement(requirement.id), ...controls.flatMap(links.threatsOfControl)];
  if (because.length === 0 && requirement.references.length === 0)
    yield gap(
      "TR-1",
      "requirements",
      requirement,
      "risks",
      "No risk, threat or catalogue asks for the requirement",
      "Name it in the risk it reduces, or refer to what asks for it",
    );
  if (controls.length === 0)
    yield gap(
      "TR-1",
      "requirements",
      requirement,
      "controls",
      "No control fulfils the requirement",
      "Name it in a control",
    );
  if ([requirement.id, ...controls].flatMap(links.testsOf).length === 0)
    yield gap("TR-1", "requirements", requirement, "tests", "No test verifies the requirement", "Name it in a test");
}

function* gapsOfControl(control: Item<"controls">, links: ChainLinks): Generator<TraceGap> {
  if (control.state === "not-applicable") return;
  const because = [...links.threatsOfControl(control.id), ...links.requirementsOfControl(control.id)];
  if (because.length === 0)
    yield gap(
      "TR-1",
      "controls",
      control,
      "requirements",
      "No requirement and no threat asks for the control",
      "Name the requirement it fulfils",
    );
  if (links.elementsOfControl(control.id).length === 0)
    yield gap(
      "TR-2",
      "controls",
      control,
      "elements",
      "The control works on no element",
      "Name the elements, flows or interfaces it protects",
    );
  if ([control.id, ...links.requirementsOfControl(control.id)].flatMap(links.testsOf).length === 0)
    yield gap("TR-1", "controls", control, "tests", "No test verifies the control", "Name it in a test");
}

function* gapsOfTest(test: Item<"tests">): Generator<TraceGap> {
  if (test.verifies.length === 0)
    yield gap(
      "TR-1",
      "tests",
      test,
      "controls",
      "The test verifies nothing of the file",
      "Name the control or requirement it verifies",
    );
  const newest = newestResult(test);
  if (newest === null) yield gap("TR-1", "tests", test, null, "The test has no result", "Run it and keep its result");
  else if (newest.outcome !== "passed")
    yield gap(
      "TR-1",
      "tests",
      test,
      null,
      `The newest result, of ${newest.on}, is “${newest.outcome}”`,
      "Correct what failed and run it again",
    );
}

function* gapsOfElement(element: Item<"elements">, file: SecurityFile, links: ChainLinks): Generator<TraceGap> {
  if (!element.inScope) return;
  const functions = file.functions.some((one) => one.elements.includes(element.id));
  const tied = links.threatsOfElement(element.id).length + links.controlsOfElement(element.id).length;
  if (!functions && tied === 0)
    yield gap(
      "TR-2",
      "elements",
      element,
      "threats",
      "Nothing is tied to the element: no function, no threat, no control",
      "Say what it does, what threatens it and what protects it",
    );
  const runsCode = element.kind === "process" || element.kind === "store";
  const within = (id: string | null): boolean =>
    id !== null && file.elements.some((one) => one.id === id && one.components.length > 0);
  if (runsCode && element.components.length === 0 && !within(element.parent))
    yield gap(
      "TR-3",
      "elements",
      element,
      null,
      "The element names no component of the SBOM",
      "Name the components it is made of",
    );
}

function gapsOfAssets(file: SecurityFile): TraceGap[] {
  const kept = new Set([...file.elements.flatMap((one) => one.assets), ...file.flows.flatMap((one) => one.assets)]);
  return file.assets
    .filter(({ id }) => !kept.has(id))
    .map((asset) =>
      gap(
        "TR-3",
        "assets",
        asset,
        null,
        "No element keeps the asset and no flow carries it",
        "Name it where it is kept or carried",
      ),
    );
}
