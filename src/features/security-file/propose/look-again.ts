import type { Model } from "../model/look-up.ts";
import type { Item } from "../schema.ts";
import { factsIn } from "./condition.ts";
import { factOf } from "./facts.ts";
import type { Hit } from "./propose.ts";
import type { FactFound, LookAgain, TargetKind, ThreatRule } from "./schema.ts";

/**
 * Answered threats whose facts are others now than when they were answered. A threat that keeps no facts (written by hand with the rule's
 * name) is asked again only when its rule does not apply to it any more.
 */
export function lookAgain(
  answers: readonly Item<"threats">[],
  rules: readonly ThreatRule[],
  hits: readonly Hit[],
  model: Model,
): LookAgain[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const hit = new Set(hits.flatMap(({ rule, targets }) => targets.map(({ id }) => `${rule.id} ${id}`)));
  return answers.flatMap((threat): LookAgain[] => {
    const rule = byId.get(threat.rule ?? "");
    if (rule === undefined) return [];
    const applies = threat.targets.some((id) => hit.has(`${rule.id} ${id}`));
    const now = factsNow(rule, threat.targets, model);
    const kept = threat.facts.length > 0;
    const since = kept ? now.filter(({ fact }) => !threat.facts.includes(fact)) : [];
    const gone = kept ? threat.facts.filter((fact) => !now.some((one) => one.fact === fact)) : [];
    if (applies && since.length === 0 && gone.length === 0) return [];
    const { id, name, state } = threat;
    return [{ threat: id, name, rule: rule.id, state, since, gone, applies }];
  });
}

/** Facts of a rule's condition that hold now for any of these targets. */
export function factsNow(rule: ThreatRule, targets: readonly string[], model: Model): FactFound[] {
  const items = targets.flatMap((id) => {
    const entry = model.entry(id);
    return entry?.kind === rule.target ? [entry.item as Item<TargetKind>] : [];
  });
  return factsIn(rule.when).flatMap(
    (fact) => items.map((item) => factOf(rule.target, fact, item, model)).find((one) => one !== null) ?? [],
  );
}
