import { normalName } from "../versions/ecosystem.ts";

/**
 * What the index is asked for. One text per key, so that an SBOM's identity and a record's meet:
 * `p` ecosystem package, `c` CPE vendor and product, `w` vendor and product words, `u` package URL without a known ecosystem,
 * `n` a bare product name (which keys know it).
 */
const key = (kind: string, first: string, second: string) => `${kind}\0${first}\0${second}`;

export const packageKey = (ecosystem: string, name: string): string => key("p", ecosystem, normalName(ecosystem, name));
export const cpeKey = (vendor: string, product: string): string => key("c", vendor, product);
export const purlKey = (type: string, name: string): string => key("u", type, name);
export const nameKey = (name: string): string => key("n", "", wordOf(name));

/** CPE names are lower case with `_` for blanks, which makes `Linux Kernel` and `linux_kernel` one word. */
export const productKey = (vendor: string, name: string): string => key("w", wordOf(vendor), wordOf(name));

const wordOf = (text: string) => text.trim().toLowerCase().replace(/\s+/g, "_");

export interface KeyParts {
  kind: string;
  first: string;
  second: string;
}

export function keyParts(text: string): KeyParts {
  const one = text.indexOf("\0");
  if (one === -1) return { kind: text, first: "", second: "" };
  const two = text.indexOf("\0", one + 1);
  const kind = text.slice(0, one);
  if (two === -1) return { kind, first: text.slice(one + 1), second: "" };
  return { kind, first: text.slice(one + 1, two), second: text.slice(two + 1) };
}

/** The names people would write for what a key stands for: `log4j-core` for `org.apache.logging.log4j:log4j-core`. */
export function namesIn(text: string): string[] {
  const { kind, second } = keyParts(text);
  if (kind === "n" || second === "") return [];
  const last = second.split(/[:/]/).at(-1) ?? "";
  return kind === "p" && last !== "" && last !== second ? [last, second] : [second];
}

/** The two halves of `vendor:product` (identity/cpe.ts); a product may hold a colon. */
export function vendorAndProduct(pair: string): [vendor: string, product: string] {
  const colon = pair.indexOf(":");
  return [pair.slice(0, colon), pair.slice(colon + 1)];
}
