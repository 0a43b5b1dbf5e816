import type { Item, ItemKind, SecurityFile } from "../schema.ts";
import { type ChainLinks, newestResult } from "./links.ts";
import type { Referred, Rule, TraceColumn, TraceGap } from "./schema.ts";

/**
 * Where the chain breaks: TM-5, RA-1, SRM-7 and TR-1 threat to labeling, TR-2 elements to controls, TR-3 assets to the elements that
 * keep them, and references that no catalogue has (REF). FDA premarket guidance, V.A, V.B and App. 2.
 */
export function traceGaps(file: SecurityFile, { unknown }: Referred, links: ChainLinks): TraceGap[] {
  const decided = decidedThreats(file);
  const controls = new Map(file.controls.map((one) => [one.id, one]));
  return [
    ...file.threats.flatMap((one) => [...gapsOfThreat(one, links, decided)]),
    ...file.risks.flatMap((one) => [...gapsOfRisk(one, file)]),
    ...file.requirements.flatMap((one) => [...gapsOfRequirement(one, links)]),
    ...file.controls.flatMap((one) => [...gapsOfControl(one, links)]),
    ...file.tests.flatMap((one) => [...gapsOfTest(one)]),
    ...gapsOfElements(file),
    ...gapsOfAssets(file),
    ...unknown.flatMap(({ control, ref }) => {
      const own = controls.get(control);
      return own === undefined
        ? []
        : gap("REF", "controls", own, {
            field: "references",
            message: `No catalogue has ${ref.catalog} ${ref.id}`,
            fix: "Correct the reference, or import the catalogue and choose it",
          });
    }),
  ];
}

interface Said {
  missing?: TraceColumn;
  field?: string;
  message: string;
  fix: string;
}

const gap = (
  rule: Rule,
  kind: ItemKind,
  { id, name }: { id: string; name: string },
  { missing, field, message, fix }: Said,
): TraceGap => ({ rule, at: { kind, id, name }, missing: missing ?? null, field: field ?? null, message, fix });

/** Threats about which a risk says what is done instead of a mitigation. */
const decidedThreats = ({ risks }: SecurityFile): ReadonlySet<string> =>
  new Set(
    risks
      .filter(({ treatment }) => ["avoid", "transfer", "accept"].includes(treatment))
      .flatMap(({ threats }) => threats),
  );

function* gapsOfThreat(threat: Item<"threats">, links: ChainLinks, decided: ReadonlySet<string>): Generator<TraceGap> {
  if (threat.state === "rejected") return;
  const risks = links.risksOfThreat(threat.id);
  if (risks.length === 0)
    yield gap("RA-1", "threats", threat, {
      missing: "risks",
      message: "The threat is in no risk",
      fix: "Weigh it in a risk, or reject it with a reason",
    });
  const isMitigated = threat.mitigations.some(({ state }) => state !== "dropped");
  const isAnswered = links.controlsOfThreat(threat.id).length > 0 || risks.flatMap(links.requirementsOfRisk).length > 0;
  if (!isMitigated && !decided.has(threat.id))
    yield gap("TM-5", "threats", threat, {
      missing: "controls",
      field: "mitigations",
      message: "Nothing is done against the threat",
      fix: "Name a control among its mitigations, or add a risk whose treatment is avoid, transfer or accept",
    });
  else if (isMitigated && !isAnswered)
    yield gap("TR-1", "threats", threat, {
      missing: "controls",
      field: "mitigations",
      message: "No control works against the threat",
      fix: "Name a control among its mitigations",
    });
}

function* gapsOfRisk(risk: Item<"risks">, { labels }: SecurityFile): Generator<TraceGap> {
  if (risk.threats.length === 0)
    yield gap("RA-1", "risks", risk, {
      missing: "threats",
      field: "threats",
      message: "The risk comes from no threat",
      fix: "Name the threats it weighs",
    });
  if (risk.treatment === "reduce" && risk.requirements.length === 0)
    yield gap("TR-1", "risks", risk, {
      missing: "requirements",
      field: "requirements",
      message: "No requirement reduces the risk",
      fix: "Name the requirement that reduces it",
    });
  const { transfer } = risk;
  if (transfer === null) {
    if (risk.treatment === "transfer")
      yield gap("SRM-7", "risks", risk, {
        missing: "labels",
        field: "transfer",
        message: "The risk is transferred, and nobody is named who takes it",
        fix: "Fill in transfer: to whom, what informs them, and the labeling that names the risk",
      });
  } else if (transfer.label === null)
    yield gap("SRM-7", "risks", risk, {
      missing: "labels",
      field: "transfer.label",
      message: `No labeling tells ${transfer.to} of the risk`,
      fix: "Name the labeling that tells them",
    });
  else if (!labels.some(({ id, about }) => id === transfer.label && about.includes(risk.id)))
    yield gap("SRM-7", "risks", risk, {
      field: "transfer.label",
      message: `The labeling ${transfer.label} does not name the risk`,
      fix: "Add the risk to the labeling's “about”",
    });
}

function* gapsOfRequirement(requirement: Item<"requirements">, links: ChainLinks): Generator<TraceGap> {
  const controls = links.controlsOfRequirement(requirement.id);
  const because = [...links.risksOfRequirement(requirement.id), ...controls.flatMap(links.threatsOfControl)];
  if (because.length === 0 && requirement.references.length === 0)
    yield gap("TR-1", "requirements", requirement, {
      missing: "risks",
      message: "Nothing asks for the requirement",
      fix: "Name it in the risk it reduces, or refer to what asks for it",
    });
  if (controls.length === 0)
    yield gap("TR-1", "requirements", requirement, {
      missing: "controls",
      message: "No control fulfils the requirement",
      fix: "Name it in a control",
    });
  if ([requirement.id, ...controls].flatMap(links.testsOf).length === 0)
    yield gap("TR-1", "requirements", requirement, {
      missing: "tests",
      message: "No test verifies the requirement",
      fix: "Name it in a test",
    });
}

function* gapsOfControl(control: Item<"controls">, links: ChainLinks): Generator<TraceGap> {
  // A safety measure is verified in the safety file.
  if (control.state === "not-applicable" || control.purpose === "safety") return;
  const because = [...links.threatsOfControl(control.id), ...links.requirementsOfControl(control.id)];
  if (because.length === 0)
    yield gap("TR-1", "controls", control, {
      missing: "requirements",
      field: "requirements",
      message: "No requirement and no threat asks for the control",
      fix: "Name the requirement it fulfils",
    });
  if (control.elements.length === 0)
    yield gap("TR-1", "controls", control, {
      missing: "elements",
      field: "elements",
      message: "The control works on no element",
      fix: "Name the elements, flows or interfaces it protects",
    });
  const tests = [control.id, ...links.requirementsOfControl(control.id)].flatMap(links.testsOf);
  if (control.state === "implemented" && tests.length === 0)
    yield gap("TR-1", "controls", control, {
      missing: "tests",
      message: "No test verifies the control",
      fix: "Name the control, or its requirement, in a test",
    });
}

function* gapsOfTest(test: Item<"tests">): Generator<TraceGap> {
  if (test.verifies.length === 0)
    yield gap("TR-1", "tests", test, {
      missing: "controls",
      field: "verifies",
      message: "The test verifies nothing of the file",
      fix: "Name the control or requirement it verifies",
    });
  const newest = newestResult(test);
  if (newest === null)
    yield gap("TR-1", "tests", test, {
      field: "results",
      message: "The test has no result",
      fix: "Run it and keep its result",
    });
  else if (newest.outcome !== "passed")
    yield gap("TR-1", "tests", test, {
      field: `results.${test.results.indexOf(newest)}`,
      message: `The newest result, of ${newest.on}, is “${newest.outcome}”`,
      fix: "Correct what failed and run it again",
    });
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
      gap("TR-2", "elements", element, {
        missing: "controls",
        message: "No control works on the element",
        fix: "Name it, its interfaces or its flows in a control",
      }),
    );
}

function gapsOfAssets(file: SecurityFile): TraceGap[] {
  const kept = new Set([...file.elements.flatMap((one) => one.assets), ...file.flows.flatMap((one) => one.assets)]);
  return file.assets
    .filter(({ id }) => !kept.has(id))
    .map((asset) =>
      gap("TR-3", "assets", asset, {
        message: "No element keeps the asset and no flow carries it",
        fix: "Name it where it is kept or carried",
      }),
    );
}
