import { isPlainVersion } from "../identity/cut-version.ts";
import { ECOSYSTEM_OF_TYPE } from "../identity/purl-ecosystems.ts";
import { packageKey } from "../rank-index/key.ts";
import { type KeyStart, keyStart } from "../rank-index/key-table.ts";
import type { IntelLookup } from "./lookup.ts";
import { isNumbered } from "./named.ts";

/** How the package URLs of one type begin, and the keys of its packages. */
interface PlainType {
  purl: string;
  key: KeyStart;
}

/** Types whose packages have no namespace, or may lack one. */
const TYPES = ["npm", "pypi", "gem", "cargo", "nuget"];

/**
 * Most parts of most SBOMs are packages in plain spelling that no record speaks of. They are told by looking at their package URL
 * and at the keys of the intelligence: nothing is parsed, cut or kept for them.
 */
export class PlainNames {
  readonly #lookup: IntelLookup;
  readonly #types: readonly PlainType[];

  /** Of types that no feed speaks of nothing is told: their silence means nothing. */
  constructor(lookup: IntelLookup) {
    this.#lookup = lookup;
    this.#types = TYPES.flatMap((type) => {
      const ecosystem = ECOSYSTEM_OF_TYPE[type] ?? "";
      return lookup.ecosystems.has(ecosystem)
        ? [{ purl: `pkg:${type}/`, key: keyStart(packageKey(ecosystem, "")) }]
        : [];
    });
  }

  /** True only for a package URL of a version and of a name that no record has. */
  areSilentOn(text: string): boolean {
    for (const { purl, key } of this.#types) {
      if (!text.startsWith(purl)) continue;
      const at = endOfPlain(text, purl.length);
      return at !== -1 && isStated(text, at + 1) && !this.#lookup.has(key, text, purl.length, at);
    }
    return false;
  }
}

const AT = 64;
const DASH = 45;

/**
 * Where the `@` behind a plain name is: lower-case letters and digits with single `-` between them, which every ecosystem takes as they
 * are written. -1 for any other name and where there is no version.
 */
function endOfPlain(text: string, from: number): number {
  let before = DASH;
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === AT) return before === DASH ? -1 : i;
    const isSign = (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
    if (!isSign && (code !== DASH || before === DASH)) return -1;
    before = code;
  }
  return -1;
}

const isStated = (text: string, from: number) => isNumbered(text, from) && isPlainVersion(text, from);
