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
  const { kind, second } = keyParts(text);
  const texts =
    kind === "c" && cpe?.vendor === "any" ? lookup.named(second).filter((name) => keyParts(name).kind === "c") : [text];
  return texts.flatMap((name) => {
    const own = lookup.find(name);
    if (own === -1) return [];
    return [
      { key: own, rule, identity: describeKey(name) },
      ...lookup
        .sameProduct(own)
        .map((key): KeyToAsk => ({ key, rule: "same-product", identity: describeKey(lookup.keyText(key)) })),
    ];
  });
}
