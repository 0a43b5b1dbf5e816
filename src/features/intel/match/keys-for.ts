import { keyParts } from "../rank-index/key.ts";
import { describeKey, type Question } from "./identify.ts";
import type { IntelLookup } from "./lookup.ts";
import type { Rule } from "./schema.ts";

/** One key of the intelligence that answers a question, and by which rule. */
export interface KeyToAsk {
  key: number;
  rule: Rule;
  identity: string;
}

/** The question's own key, those of the same product, and for a CPE name with any vendor those of every vendor. */
export function keysFor(
  lookup: IntelLookup,
  { key: text, rule, cpe }: Pick<Question, "key" | "rule" | "cpe">,
): readonly KeyToAsk[] {
  if (cpe?.vendor !== "any") return keysUnder(lookup, text, rule);
  const { kind, second } = keyParts(text);
  if (kind !== "c") return keysUnder(lookup, text, rule);
  return lookup.named(second).flatMap((name) => (keyParts(name).kind === "c" ? keysUnder(lookup, name, rule) : []));
}

function keysUnder(lookup: IntelLookup, text: string, rule: Rule): readonly KeyToAsk[] {
  const own = lookup.find(text);
  if (own === -1) return NONE;
  const same = lookup
    .sameProduct(own)
    .map((key): KeyToAsk => ({ key, rule: "same-product", identity: describeKey(lookup.keyText(key)) }));
  return [{ key: own, rule, identity: describeKey(text) }, ...same];
}

/** Of most names nothing is known. */
const NONE: readonly KeyToAsk[] = [];
