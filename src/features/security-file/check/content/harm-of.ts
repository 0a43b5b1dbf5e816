import { HARMS, type Harm } from "../../../devices/schema.ts";
import type { Model } from "../../model/look-up.ts";
import type { Item } from "../../schema.ts";
import { idsAround } from "./covered.ts";

/** Hazardous situations a risk leads to: those it names, else those that its threats' hazards, or the functions they strike, bring about. */
export function situationsOf(risk: Item<"risks">, model: Model): Item<"situations">[] {
  const { file } = model;
  if (risk.situations.length > 0) return file.situations.filter(({ id }) => risk.situations.includes(id));
  const hazards = new Set(
    file.threats.filter(({ id }) => risk.threats.includes(id)).flatMap((threat) => hazardsOf(threat, model)),
  );
  return file.situations.filter((situation) => situation.hazards.some((id) => hazards.has(id)));
}

function hazardsOf(threat: Item<"threats">, model: Model): string[] {
  if (threat.hazards.length > 0) return threat.hazards;
  const struck = model.file.elements.filter(({ id }) =>
    idsAround(id, model).some((one) => threat.targets.includes(one)),
  );
  const functions = new Set(struck.flatMap(({ id }) => model.functionsOf(id).map((one) => one.id)));
  return model.file.hazards.filter((hazard) => hazard.functions.some((id) => functions.has(id))).map(({ id }) => id);
}

/** The worst harm of some situations; null: none. */
export function worstHarm(situations: readonly Item<"situations">[], model: Model): Harm | null {
  const ids = new Set(situations.flatMap(({ harms }) => harms));
  const severities = model.file.harms.filter(({ id }) => ids.has(id)).map(({ severity }) => severity);
  return HARMS.find((harm) => severities.includes(harm)) ?? null;
}
