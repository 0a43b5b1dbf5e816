import type { Model } from "../model/look-up.ts";
import type { Item } from "../schema.ts";
import { credentialFacts } from "./credential-facts.ts";
import { elementFacts } from "./element-facts.ts";
import { flowFacts } from "./flow-facts.ts";
import { portFacts } from "./port-facts.ts";
import type { FactFound, TargetKind } from "./schema.ts";
import { updateFacts } from "./update-facts.ts";

/** Something that can be true of an item of one kind. `holds` says it of this item in words; null: it is not so. */
export interface Fact<K extends TargetKind = TargetKind> {
  /** True: whoever sees the item's name and kind knows it; it is no reason to show. */
  obvious?: boolean;
  /** What it means, for whoever writes a rule. */
  about: string;
  holds: (item: Item<K>, model: Model) => string | null;
}

export type Facts<K extends TargetKind> = Readonly<Record<string, Fact<K>>>;

/** Every fact that a rule may name, by the kind of item it is about. */
export const FACTS: { readonly [K in TargetKind]: Facts<K> } = {
  elements: elementFacts,
  flows: flowFacts,
  ports: portFacts,
  credentials: credentialFacts,
  updatePaths: updateFacts,
};

/** What a fact says of an item; null: it does not hold, or there is no such fact of its kind. */
export function factOf(kind: TargetKind, name: string, item: Item<TargetKind>, model: Model): FactFound | null {
  const facts = FACTS[kind] as Facts<TargetKind>;
  const fact = Object.hasOwn(facts, name) ? facts[name] : undefined;
  const says = fact?.holds(item, model) ?? null;
  return says === null ? null : { fact: name, says, obvious: fact?.obvious === true };
}
