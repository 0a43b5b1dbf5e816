import { formatCpe } from "../identity/cpe.ts";
import { readCpe } from "./cpe-name.ts";
import { CsafBranch, type CsafFullProduct, type CsafTree } from "./csaf-shape.ts";

/** A product of a CSAF tree as the words and names that identify it. */
export interface CsafProduct {
  vendor: string;
  name: string;
  /** Null: the product in any version. */
  version: string | null;
  cpe: string | null;
  purls: string[];
  /** CPE names of what it is installed on, where the document says so. */
  platforms: string[];
}

const MAX_DEPTH = 30;

interface Path {
  vendor: string;
  family: string;
  name: string;
  version: string | null;
}

/** Every product of the tree by its id: from branches, plain full names and relationships (a component of a product). */
export function csafProducts(tree: CsafTree, report: (at: string, reason: string) => void): Map<string, CsafProduct> {
  const products = new Map<string, CsafProduct>();
  const root: Path = { vendor: "", family: "", name: "", version: null };
  const open: { at: string; branch: unknown; path: Path; depth: number }[] = [];
  const push = (branches: readonly unknown[] | null | undefined, at: string, path: Path, depth: number) => {
    for (const [i, branch] of (branches ?? []).entries()) open.push({ at: `${at}/branches/${i}`, branch, path, depth });
  };
  push(tree.branches, "/product_tree", root, 0);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const parsed = CsafBranch.safeParse(next.branch);
    if (!parsed.success || next.depth > MAX_DEPTH) {
      report(next.at, parsed.success ? "The product tree is nested too deep" : "This is no branch of a product tree");
      continue;
    }
    const path = follow(next.path, parsed.data.category, parsed.data.name);
    const { product } = parsed.data;
    if (product) products.set(product.product_id, { ...named(product), ...words(path, product.name), platforms: [] });
    push(parsed.data.branches, next.at, path, next.depth + 1);
  }
  for (const product of tree.full_product_names ?? [])
    products.set(product.product_id, {
      ...named(product),
      vendor: "",
      name: product.name,
      version: null,
      platforms: [],
    });
  for (const relation of tree.relationships ?? []) {
    const part = products.get(relation.product_reference);
    const whole = products.get(relation.relates_to_product_reference);
    if (part === undefined) continue;
    products.set(relation.full_product_name.product_id, { ...part, platforms: whole?.cpe ? [whole.cpe] : [] });
  }
  return products;
}

function follow(path: Path, category: string, name: string): Path {
  const said = name.trim();
  if (category === "vendor") return { ...path, vendor: said };
  if (category === "product_family") return { ...path, family: said };
  if (category === "product_name") return { ...path, name: said };
  if (category === "product_version" || category === "product_version_range") return { ...path, version: said };
  if (category === "service_pack" || category === "patch_level")
    return { ...path, version: path.version === null ? said : `${path.version} ${said}` };
  return path;
}

const words = ({ vendor, family, name, version }: Path, fullName: string) => ({
  vendor,
  name: name || family || fullName,
  version,
});

function named({ product_identification_helper: helper }: CsafFullProduct): Pick<CsafProduct, "cpe" | "purls"> {
  const cpe = helper?.cpe ? readCpe(helper.cpe) : null;
  const purls = [...(helper?.purl ? [helper.purl] : []), ...(helper?.purls ?? [])];
  return { cpe: cpe === null ? null : formatCpe(cpe), purls };
}
