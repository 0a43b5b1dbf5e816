import { Lifecycle } from "../../threats/schema.ts";
import { idsAround } from "./covered.ts";
import { type ContentRule, type Found, of, traced } from "./rule.ts";

const HOSTILE = /hostile|adversar|attacker|untrusted|not trusted/i;
const MOST_TRUSTED_HOSPITAL = 50;

/** What a threat model must say (FDA premarket guidance, V.A.1). */
export const threatModelRules: ContentRule[] = [
  {
    id: "TM-1",
    title: "Every element is looked at, end to end",
    section: "FDA premarket V.A.1",
    fix: "Accept or reject a threat at it, at its interfaces or its flows; or put it out of scope and say why",
    *find({ model }) {
      const struck = new Set(model.file.threats.flatMap(({ targets }) => targets));
      for (const element of model.file.elements) {
        const at = of("elements", element);
        const flows = [...model.flowsInto(element.id), ...model.flowsOutOf(element.id)];
        if (!element.inScope) {
          if (element.description.trim() === "")
            yield { at, field: "description", message: `“${element.name}” is out of scope, and nothing says why` };
        } else if (!idsAround(element.id, model).some((id) => struck.has(id)))
          yield { at, message: `No threat was considered at “${element.name}”` };
        else if (
          flows.length === 0 &&
          !model.file.elements.some(({ parent }) => parent === element.id) &&
          element.parent === null
        )
          yield { at, message: `“${element.name}” is joined to nothing`, fix: "Add the flows that go to and from it" };
      }
    },
  },
  {
    id: "TM-2",
    title: "The methodology is named, with the reason for it",
    section: "FDA premarket V.A.1",
    fix: "Fill in head.methodology and head.methodologyBecause",
    *find({ model }) {
      const { methodology, methodologyBecause } = model.file.head;
      if (methodology === "") yield { at: null, field: "head.methodology", message: "No methodology is named" };
      else if (methodologyBecause.trim() === "")
        yield { at: null, field: "head.methodologyBecause", message: `Nothing says why ${methodology} was chosen` };
    },
  },
  {
    id: "TM-3",
    title: "Assumptions are stated; the hospital's network counts as hostile",
    section: "FDA premarket V.A.1",
    fix: "Add an assumption that an adversary on the hospital's network can alter, drop and replay what passes",
    *find({ model }) {
      const texts = model.file.assumptions.map(({ name, description, basis }) => `${name} ${description} ${basis}`);
      if (texts.length === 0)
        yield { at: null, message: "No assumption about the system and its surroundings is stated" };
      else if (!texts.some((text) => /network/i.test(text) && HOSTILE.test(text)))
        yield { at: null, message: "No assumption says that the hospital's network is hostile" };
      for (const zone of model.file.zones)
        if (zone.owner === "hospital" && (zone.trust ?? 0) > MOST_TRUSTED_HOSPITAL)
          yield {
            at: of("zones", zone),
            field: "trust",
            message: `“${zone.name}” is the hospital's and counts as trusted (${zone.trust})`,
            fix: `Rate it ${MOST_TRUSTED_HOSPITAL} or lower: what the manufacturer does not control is not to be relied on`,
          };
      for (const assumption of model.file.assumptions)
        if (assumption.basis === "")
          yield {
            at: of("assumptions", assumption),
            field: "basis",
            message: `Nothing says on what “${assumption.name}” rests`,
            fix: "Say where it comes from: labeling, a contract, a standard, a decision",
          };
    },
  },
  {
    id: "TM-4",
    title: "Each source in the life of the product has a threat, or a reason why not",
    section: "FDA premarket V.A.1",
    fix: "Accept a threat of this source, or give the reason in head.lifecycleNotApplicable",
    *find({ model }) {
      const seen = new Set<string>([
        ...model.file.threats.filter(({ state }) => state === "accepted").map(({ lifecycle }) => lifecycle),
        ...model.file.head.lifecycleNotApplicable.map(({ lifecycle }) => lifecycle),
      ]);
      for (const source of Lifecycle.options)
        if (source !== "operation" && !seen.has(source))
          yield { at: null, field: "threats", message: `No threat comes from ${source.replace("-", " ")}` };
    },
  },
  {
    id: "TM-5",
    title: "Each threat has a mitigation or a decision; what was put aside has its reason",
    section: "FDA premarket V.A.1, V.A.2",
    fix: "Add a mitigation, or a risk whose treatment is avoid, transfer or accept",
    *find(context) {
      yield* traced(context, "TM-5");
      for (const threat of context.model.file.threats) {
        const at = of("threats", threat);
        if (threat.state === "rejected") {
          if (threat.reason.trim() === "")
            yield {
              at,
              field: "reason",
              message: `“${threat.name}” is rejected without a reason`,
              fix: "Say why it does not apply",
            };
          continue;
        }
        if (threat.targets.length === 0)
          yield { at, field: "targets", message: `“${threat.name}” strikes nothing`, fix: "Name what it strikes" };
        yield* dropped(threat.mitigations, at);
      }
    },
  },
];

function* dropped(
  mitigations: readonly { name: string; state: string; note: string }[],
  at: Found["at"],
): Generator<Found> {
  for (const [i, { name, state, note }] of mitigations.entries())
    if (state === "dropped" && note === "")
      yield {
        at,
        field: `mitigations.${i}.note`,
        message: `The mitigation “${name}” was dropped without a reason`,
        fix: "Say why it was dropped",
      };
}
