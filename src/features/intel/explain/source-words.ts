import type { Component } from "../../devices/sbom/schema.ts";
import type { Evidence } from "../assess/evidence.ts";
import type { AdvisoryHead, IntelLookup } from "../match/lookup.ts";
import { keyOfAffected } from "../rank-index/keys-of.ts";
import type { RecordWords } from "./disagreement.ts";
import { judgeItem } from "./judge-item.ts";
import { type Relation, relationsOf } from "./relations.ts";

/**
 * What the records of a vulnerability say of a component, for many components and vulnerabilities in a row. Nothing is looked
 * at where only one source speaks: it has nobody to disagree with.
 */
export function sourceWords(
  lookup: IntelLookup,
  componentOf: (number: number) => Component | undefined,
  system: string | null,
): (component: number, heads: readonly AdvisoryHead[], evidence: readonly Evidence[]) => RecordWords[] {
  const relations = new Map<number, Relation[]>();
  const keys = new WeakMap<AdvisoryHead, (string | null)[]>();
  const relationsFor = (number: number): Relation[] => {
    const component = componentOf(number);
    const known =
      relations.get(number) ?? (component === undefined ? [] : relationsOf(lookup, component, system).relations);
    relations.set(number, known);
    return known;
  };
  const keysOf = (head: AdvisoryHead) => {
    const known = keys.get(head) ?? head.affected.map(keyOfAffected);
    keys.set(head, known);
    return known;
  };
  return (component, heads, evidence) => {
    const standing = heads.filter(({ withdrawnAt }) => withdrawnAt === null);
    if (new Set(standing.map(({ source }) => source)).size < 2) return [];
    const hits = new Set(evidence.map(({ item }) => item));
    const own = relationsFor(component);
    return standing.map((head) => ({
      source: head.source,
      record: head.id,
      items: keysOf(head).flatMap((key, i) => {
        const item = head.affected[i];
        const relation = own.find((one) => one.key === key);
        return item === undefined || relation === undefined
          ? []
          : [judgeItem(item, relation, hits.has(item) ? "hit" : "none")];
      }),
    }));
  };
}
