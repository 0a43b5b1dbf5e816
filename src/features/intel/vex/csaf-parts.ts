import { type JsonObject, member } from "../../../lib/json.ts";
import type { CsafProduct } from "../normalise/csaf-products.ts";
import type { CsafTree } from "../normalise/csaf-shape.ts";
import type { VexPart } from "./schema.ts";
import { listOf, objectOf, textOf, textsOf } from "./take-statement.ts";

export interface NamedProduct {
  id: string;
  said: CsafProduct;
}

/** A product id as the product it is, or as a component in a product. */
export type Places = (id: string) => { product: NamedProduct; component: NamedProduct | null } | null;

/** Relationships that put a component into a product; the others make one thing of two. */
const CONTAINS = new Set(["default_component_of", "optional_component_of", "installed_with", "installed_on"]);

/** Where a product id stands: a relationship's id is its first product inside its second (CSAF 2.0, 3.2.2.15). */
export function placesOf(tree: CsafTree, products: ReadonlyMap<string, CsafProduct>, document: JsonObject): Places {
  const relations = new Map([...relationsOf(tree, document), ...pathsOf(document)]);
  const named = (id: string): NamedProduct | null => {
    const said = products.get(id);
    return said === undefined ? null : { id, said };
  };
  return (id) => {
    const relation = relations.get(id);
    if (relation === undefined) {
      const product = named(id);
      return product === null ? null : { product, component: null };
    }
    const whole = relations.get(relation.whole);
    const part = named(relation.part);
    const product = named(whole === undefined ? relation.whole : whole.whole);
    return part === null || product === null || !CONTAINS.has(relation.category) ? null : { product, component: part };
  };
}

interface Relation {
  part: string;
  whole: string;
  category: string;
}

function relationsOf(tree: CsafTree, document: JsonObject): [string, Relation][] {
  const categories = listOf(objectOf(document, "product_tree") ?? undefined, "relationships").map((one) =>
    textOf(one, "category"),
  );
  return (tree.relationships ?? []).map((relation, i) => [
    relation.full_product_name.product_id,
    { part: relation.product_reference, whole: relation.relates_to_product_reference, category: categories[i] ?? "" },
  ]);
}

/** CSAF 2.1 writes relationships as paths; the last step leads to the product. */
function pathsOf(document: JsonObject): [string, Relation][] {
  return listOf(objectOf(document, "product_tree") ?? undefined, "product_paths").flatMap((path) => {
    const id = textOf(member(path, "full_product_name"), "product_id");
    const part = textOf(path, "beginning_product_reference");
    const steps = listOf(path, "subpaths");
    const whole = textOf(steps.at(-1), "next_product_reference");
    if (id === null || part === null || whole === null) return [];
    const categories = steps.map((step) => textOf(step, "category") ?? "");
    return [[id, { part, whole, category: categories.find((one) => !CONTAINS.has(one)) ?? categories[0] ?? "" }]];
  });
}

export function asVexPart({ id, said }: NamedProduct): VexPart {
  const isRange = said.version?.startsWith("vers:") === true;
  return {
    ref: id,
    name: said.name,
    version: isRange ? null : said.version,
    range: isRange && said.version !== ANY_VERSION ? said.version : null,
    purls: said.purls,
    cpes: said.cpe === null ? [] : [said.cpe],
  };
}

/** What a version range says that means any version. */
export const ANY_VERSION = "vers:all/*";

/** Product groups: an id for many products. */
export function csafGroups(document: JsonObject): ReadonlyMap<string, readonly string[]> {
  const groups = listOf(objectOf(document, "product_tree") ?? undefined, "product_groups");
  return new Map(groups.map((group) => [textOf(group, "group_id") ?? "", textsOf(group, "product_ids")]));
}
