import type { Mitigation, MitigationState } from "../../threats/schema.ts";
import type { Draft } from "../reading/draft.ts";
import { describe, remarkLine } from "../reading/remarks.ts";
import type { Source } from "../reading/source.ts";
import { categoryOf } from "../words.ts";
import { takeAttributes } from "./attributes.ts";
import { IMPACT_KEPT, MITIGATION_KEPT, THREAT_KEPT, TITLE } from "./fields.ts";

/** A threat at one component or flow, with how far its mitigations are there. */
export interface Instance {
  source: Source;
  threat: string;
  target: string;
  state: string;
  mitigations: { ref: string; state: MitigationState }[];
}

export function readInstances(source: Source, target: string): Instance[] {
  return source.many("threats", "threat of a component").map((one) => {
    const mitigations = one.many("mitigations", "mitigation of a component").map((mitigation) => {
      const ref = mitigation.text("mitigation");
      const state = stateOf(mitigation);
      mitigation.close();
      return { ref, state };
    });
    const instance = { source: one, threat: one.text("threat"), target, state: one.line(100, "state"), mitigations };
    one.close();
    return instance;
  });
}

const STATES: Readonly<Record<string, MitigationState>> = {
  implemented: "implemented",
  required: "planned",
  recommended: "planned",
  planned: "planned",
  "": "planned",
  rejected: "dropped",
  "not-applicable": "dropped",
};

function stateOf(source: Source): MitigationState {
  const given = source.line(100, "state");
  const known = STATES[given.toLowerCase().replace(/[ _]/g, "-")];
  if (known === undefined) source.lose("state", given, "It is no state known here", "changed", "It counts as planned");
  return known ?? "planned";
}

/** Mitigations as controls, threats with what they strike and what is done about them. OTM keeps the latter at each component. */
export function readThreats(draft: Draft, model: Source, instances: readonly Instance[]): void {
  const names = readControls(draft, model, instances);
  const at = new Map<string, Instance[]>();
  for (const one of instances) at.set(one.threat, [...(at.get(one.threat) ?? []), one]);
  for (const source of model.many("threats", "threat")) {
    const ref = source.text("id");
    const here = at.get(ref) ?? [];
    at.delete(ref);
    const categories = source.texts("categories");
    const category = categories.map(categoryOf).find((one) => one !== null) ?? "other";
    const others = categories.filter((one) => categoryOf(one) !== category);
    const risk = source.part("risk", "threat");
    const remarks = [...source.keep(TITLE, THREAT_KEPT), ...risk.keep(TITLE, IMPACT_KEPT)];
    if (others.length > 0) {
      source.lose(
        "categories",
        others,
        "A threat has one category",
        "kept-as-text",
        "A line of the description says the others",
      );
      remarks.push(remarkLine(TITLE, "categories", others));
    }
    risk.drop(
      "A likelihood has no place: exploitability is rated, never probability",
      "likelihood",
      "likelihoodComment",
    );
    risk.close();
    const refused = here.length > 0 && here.every(({ state }) => /^not[-_ ]?applicable$/i.test(state));
    draft.add("threats", source, {
      ref,
      name: source.line(300, "name") || "A threat without a name",
      description: describe(source.text("description"), remarks),
      category,
      targets: [...new Set(here.map(({ target }) => target))],
      state: refused ? "rejected" : "accepted",
      reason: refused ? "Marked as not applicable in OTM" : "",
      mitigations: mitigationsOf(draft, here, names) as never,
      ...takeAttributes(source, "threats"),
    });
    source.close();
  }
  for (const [ref, lost] of at)
    for (const one of lost)
      one.source.lose("threat", ref, "It names a threat that is not in the model", "dropped", "Left out");
}

function readControls(draft: Draft, model: Source, instances: readonly Instance[]): Map<string, string> {
  const states = new Map<string, MitigationState[]>();
  for (const { mitigations } of instances)
    for (const { ref, state } of mitigations) states.set(ref, [...(states.get(ref) ?? []), state]);
  const names = new Map<string, string>();
  for (const source of model.many("mitigations", "mitigation")) {
    const ref = source.text("id");
    const name = source.line(300, "name") || "A mitigation without a name";
    const here = states.get(ref) ?? [];
    draft.add("controls", source, {
      ref,
      name,
      description: describe(source.text("description"), source.keep(TITLE, MITIGATION_KEPT)),
      state: here.includes("implemented") ? "implemented" : "planned",
      ...takeAttributes(source, "controls"),
    });
    if (!names.has(ref)) names.set(ref, name);
    source.close();
  }
  return names;
}

const ORDER: readonly MitigationState[] = ["planned", "implemented", "verified", "dropped"];

/** One mitigation per control, in the state that is least far of all places. */
function mitigationsOf(
  draft: Draft,
  here: readonly Instance[],
  names: ReadonlyMap<string, string>,
): Partial<Mitigation>[] {
  const found = new Map<string, { state: MitigationState; control: string | null }>();
  for (const { source, mitigations } of here)
    for (const { ref, state } of mitigations) {
      if (ref === "") continue;
      const before = found.get(ref);
      if (before === undefined) {
        const control = draft.link(source, "mitigation", ref, "controls");
        if (control !== null) found.set(ref, { state, control });
      } else if (before.state !== state) {
        source.lose(
          "state",
          state,
          "The mitigation is in different states at different places",
          "changed",
          "The one least far counts",
        );
        if (ORDER.indexOf(state) < ORDER.indexOf(before.state)) before.state = state;
      }
    }
  return [...found].map(([ref, { state, control }]) => ({
    name: names.get(ref) ?? ref,
    control,
    state,
    note: state === "dropped" ? "Rejected in OTM" : "",
  }));
}
