import type { Item, ItemKind, SecurityFile } from "../../security-file/schema.ts";
import { type ChainLinks, chainLinks, newestResult } from "./links.ts";
import { type FindProvision, referencesOf } from "./refs.ts";
import type { Rule, TraceColumn, TraceGap } from "./schema.ts";

/**
 * Where the chain breaks: TR-1 threat to labeling, TR-2 elements to controls, TR-3 assets to the elements that keep them,
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
    ...gapsOfElements(file),
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
      "Nothing asks for the requirement",
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
  // A safety measure is verified in the safety file.
  if (control.state === "not-applicable" || control.purpose === "safety") return;
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
  if (control.elements.length === 0)
    yield gap(
      "TR-1",
      "controls",
      control,
      "elements",
      "The control works on no element",
      "Name the elements, flows or interfaces it protects",
    );
  const tests = [control.id, ...links.requirementsOfControl(control.id)].flatMap(links.testsOf);
  if (control.state === "implemented" && tests.length === 0)
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

/** A control of an element is one of itself, its interfaces, its flows, or the ways of its updates. */
function gapsOfElements(file: SecurityFile): TraceGap[] {
  const worked = new Set(file.controls.flatMap((control) => control.elements));
  const around = [
    ...file.ports.map(({ id, element }) => [id, element] as const),
    ...file.flows.flatMap(({ id, from, to }) => [[id, from] as const, [id, to] as const]),
    ...file.updatePaths.flatMap(({ id, updates }) => updates.map((one) => [id, one] as const)),
  ];
  const protectedElements = new Set(around.filter(([id]) => worked.has(id)).map(([, element]) => element));
  return file.elements
    .filter(({ id, inScope, kind }) => inScope && kind !== "user" && !worked.has(id) && !protectedElements.has(id))
    .map((element) =>
      gap(
        "TR-2",
        "elements",
        element,
        "controls",
        "No control works on the element",
        "Name it, its interfaces or its flows in a control",
      ),
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
