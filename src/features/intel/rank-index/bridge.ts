import { type Purl, parsePurl } from "../../../lib/purl.ts";
import { packageOfPurl } from "../identity/purl-package.ts";
import { cpeKey, keyParts, packageKey, purlKey } from "./key.ts";

/** Package types whose versions a distribution counts in its own way; their upstream's ranges say nothing about them. */
const DISTRIBUTION = new Set(["deb", "rpm", "apk", "alpm", "ebuild", "opensuse", "docker", "oci", "qpkg", "openwrt"]);
const LANGUAGE = new Set([
  "npm",
  "pypi",
  "maven",
  "nuget",
  "gem",
  "cargo",
  "composer",
  "hex",
  "pub",
  "cran",
  "hackage",
  "swift",
]);

/** The key of a package URL: its ecosystem's package, else its type and path. Null for a distribution's package without release. */
export function keyOfPurl(purl: Purl): string | null {
  const named = packageOfPurl(purl);
  if (named !== null) return packageKey(named.ecosystem, named.name);
  if (DISTRIBUTION.has(purl.type)) return null;
  return purlKey(purl.type, purl.namespace === null ? purl.name : `${purl.namespace}/${purl.name}`);
}

interface Pair {
  type: string;
  purl: string;
  cpe: string;
}

/**
 * Which package URLs and CPE products are one product, as far as their versions may be compared. Left out: distribution
 * packages, and CPE products that packages of several language ecosystems claim (each counts versions in its own way).
 */
export class Bridge {
  readonly #pairs = new Map<string, Pair>();
  readonly #languages = new Map<string, Set<string>>();

  add(pair: { purl: string; cpeVendor: string; cpeProduct: string }): void {
    const purl = readPurl(pair.purl);
    if (purl === null || DISTRIBUTION.has(purl.type)) return;
    const key = keyOfPurl(purl);
    if (key === null) return;
    const cpe = cpeKey(pair.cpeVendor.toLowerCase(), pair.cpeProduct.toLowerCase());
    this.#pairs.set(`${key}\n${cpe}`, { type: purl.type, purl: key, cpe });
    if (!LANGUAGE.has(purl.type)) return;
    const languages = this.#languages.get(cpe) ?? new Set();
    this.#languages.set(cpe, languages.add(purl.type));
  }

  /** From → to, where `to` is a key the index knows. */
  pairs(known: ReadonlySet<string>): [string, string][] {
    const pairs: [string, string][] = [];
    for (const { type, purl, cpe } of this.#pairs.values()) {
      const languages = this.#languages.get(cpe)?.size ?? 0;
      if (LANGUAGE.has(type) && languages > 1) continue;
      if (known.has(cpe)) pairs.push([purl, cpe]);
      if (known.has(purl) && languages === 1 && LANGUAGE.has(type)) pairs.push([cpe, purl]);
    }
    return [...pairs, ...this.#otherVendors(known)];
  }

  /** One product under two vendor names (`gnu:zlib`, `zlib:zlib`): the same product word, mapped to the same upstream. */
  #otherVendors(known: ReadonlySet<string>): [string, string][] {
    const byProduct = Map.groupBy(this.#pairs.values(), ({ purl, cpe }) => `${purl}\n${keyParts(cpe).second}`);
    const pairs = new Map<string, [string, string]>();
    for (const group of byProduct.values())
      for (const { cpe: from } of group)
        for (const { cpe: to } of group) if (from !== to && known.has(to)) pairs.set(`${from}\n${to}`, [from, to]);
    return [...pairs.values()];
  }
}

function readPurl(text: string): Purl | null {
  try {
    return parsePurl(text);
  } catch {
    return null;
  }
}
