import type { MitigationState } from "../../threats/schema.ts";
import type { Draft } from "../reading/draft.ts";
import { clip, oneLine } from "../reading/plain-text.ts";
import { describe, remarkLine } from "../reading/remarks.ts";
import type { Source } from "../reading/source.ts";
import { ANYBODY, ASSUMPTION_KEPT, CONTROL_KEPT, PERSONA_KEPT, STATUS_KEPT, THREAT_KEPT, TITLE } from "./fields.ts";
import { nameOf, titleOf } from "./read.ts";

const ANYTHING = ["components", "stores", "actors", "flows", "assets", "zones"];

/** Assumptions, and attackers that are reckoned with: that somebody attacks is assumed as well. */
export function readAssumptions(draft: Draft, model: Source): void {
  model.many("assumptions", "assumption").forEach((source, i) => {
    const [first = "", ...rest] = source.text("description").split("\n\n");
    const short = first.length <= 300 && !first.includes("\n");
    draft.add("assumptions", source, {
      ref: "",
      wanted: `assumption-${i + 1}`,
      name: (short ? oneLine(first) : clip(oneLine(first), 300)) || "An assumption without words",
      description: describe(
        short ? rest.join("\n\n") : [first, ...rest].join("\n\n"),
        source.keep(TITLE, ASSUMPTION_KEPT),
      ),
      about: draft.links(source, "topics", source.texts("topics"), ...ANYTHING),
    });
    source.drop("An assumption is known by its words", "id");
    source.close();
  });
  for (const source of model.many("threat_personas", "threat persona")) {
    if (nameOf(source) === ANYBODY) {
      source.pass(...source.keys());
      continue;
    }
    const remarks = source.keep(TITLE, PERSONA_KEPT);
    source.lose(
      null,
      source.at.name,
      "A security file knows no attackers of their own",
      "changed",
      "It is an assumption",
    );
    draft.add("assumptions", source, {
      ref: nameOf(source),
      space: "personas",
      name: titleOf(source, "An attacker"),
      description: describe(source.text("description"), [remarkLine(TITLE, "persona", nameOf(source)), ...remarks]),
      basis: "An attacker that is reckoned with",
    });
    source.close();
  }
}

export interface ControlOf {
  id: string;
  name: string;
  state: MitigationState;
}

/** The controls, by the threats they work against. */
export function readControls(draft: Draft, model: Source): Map<string, ControlOf[]> {
  const against = new Map<string, ControlOf[]>();
  for (const source of model.many("controls", "control")) {
    const status = source.line(100, "status");
    const active = status === "active" || status === "assumed";
    const ended = status === "wont_do" || status === "retired";
    const remarks = source.keep(TITLE, CONTROL_KEPT);
    if (!["active", "suggested", "wont_do", ""].includes(status)) {
      const known = STATUS_KEPT.status?.words?.includes(status) === true;
      source.lose(
        "status",
        status,
        "A control is planned, implemented or not applicable",
        known ? "kept-as-text" : "changed",
        active ? "It is implemented" : ended ? "It is not applicable" : "It is planned",
      );
      if (known) remarks.push(remarkLine(TITLE, "status", status));
    }
    const name = titleOf(source, "A control");
    const { id } = draft.add("controls", source, {
      ref: nameOf(source),
      name,
      description: describe(source.text("description"), remarks),
      state: active ? "implemented" : ended ? "not-applicable" : "planned",
      reason: ended ? `TM-BOM says ${status}` : "",
      elements: draft.links(
        source,
        "applies_to",
        source.texts("applies_to"),
        "components",
        "stores",
        "actors",
        "flows",
      ),
    });
    source.pass("id");
    for (const threat of source.texts("threats"))
      against.set(threat, [
        ...(against.get(threat) ?? []),
        { id, name, state: active ? "implemented" : ended ? "dropped" : "planned" },
      ]);
    source.close();
  }
  return against;
}

export function readThreats(draft: Draft, model: Source, controls: Map<string, ControlOf[]>): void {
  for (const source of model.many("threats", "threat")) {
    const ref = nameOf(source);
    const mine = controls.get(ref) ?? [];
    controls.delete(ref);
    const affected = [...source.texts("components_affected"), ...source.texts("applies_to")];
    const mitigations = mine.map(({ id, name, state }) => ({
      name,
      control: id,
      state,
      note: state === "dropped" ? "Its control is not applicable" : "",
    }));
    draft.add("threats", source, {
      ref,
      name: titleOf(source, "A threat"),
      description: describe(source.text("description"), source.keep(TITLE, THREAT_KEPT)),
      category: "other",
      targets: draft.links(source, "components_affected", affected, "components", "stores", "actors", "flows"),
      mitigations,
    });
    source.close();
  }
  for (const [threat, lost] of controls)
    model.lose(
      "controls",
      lost.map(({ name }) => name),
      `They work against “${clip(threat, 100)}”, which is no threat of the model`,
    );
}

export function readRisks(draft: Draft, model: Source): void {
  for (const source of model.many("risks", "risk")) {
    const remarks = source.keep(TITLE, { impact: { as: "text" }, impact_description: { as: "text" } });
    source.drop("A likelihood has no place: exploitability is rated, never probability", "likelihood");
    source.drop("It is made of a likelihood", "score", "level");
    draft.add("risks", source, {
      ref: nameOf(source),
      name: titleOf(source, "A risk"),
      description: describe(source.text("description"), remarks),
      threats: draft.links(source, "threats", source.texts("threats"), "threats"),
    });
    source.close();
  }
}
