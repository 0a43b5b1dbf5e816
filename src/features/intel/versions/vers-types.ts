import type { Scheme } from "../schema.ts";
import { compareVersions } from "./order.ts";
import { compareAlpm, compareConan, compareDatetime, compareIntdot, compareLexicographic } from "./vers-orders.ts";

/** VERS types (vers-spec, "VERS types") that carry the order of a scheme; the rest of the registered types are purl types. */
const SCHEME_OF_TYPE: Record<string, Scheme> = {
  apk: "apk",
  bitnami: "semver",
  cargo: "cargo",
  composer: "packagist",
  cran: "numbers",
  dart: "pub",
  deb: "deb",
  gem: "rubygems",
  generic: "generic",
  github: "semver",
  golang: "go",
  hackage: "numbers",
  hex: "semver",
  julia: "semver",
  kernel: "linux",
  linux: "linux",
  maven: "maven",
  npm: "npm",
  nuget: "nuget",
  openssl: "openssl",
  pub: "pub",
  pypi: "pypi",
  rpm: "rpm",
  semver: "semver",
  swift: "semver",
};

const OWN_ORDER: Record<string, (a: string, b: string) => -1 | 0 | 1> = {
  alpm: compareAlpm,
  conan: compareConan,
  datetime: compareDatetime,
  intdot: compareIntdot,
  lexicographic: compareLexicographic,
};

/** The VERS types whose order is known. */
export const VERS_TYPES: readonly string[] = [...Object.keys(SCHEME_OF_TYPE), ...Object.keys(OWN_ORDER)];

/** The scheme nearest to a VERS type; unknown types (a project's own) are `generic`. */
export function schemeOfVersType(type: string): Scheme {
  return (Object.hasOwn(SCHEME_OF_TYPE, type) ? SCHEME_OF_TYPE[type] : undefined) ?? "generic";
}

/** The VERS type that carries a scheme's order; null for `none`, which has no order. */
export function versTypeOfScheme(scheme: Scheme): string | null {
  if (SCHEME_OF_TYPE[scheme] === scheme) return scheme;
  return Object.keys(SCHEME_OF_TYPE).find((type) => SCHEME_OF_TYPE[type] === scheme) ?? null;
}

/** Order of two versions under a VERS type; never throws. */
export function compareUnderType(type: string, a: string, b: string): -1 | 0 | 1 {
  const own = Object.hasOwn(OWN_ORDER, type) ? OWN_ORDER[type] : undefined;
  return own === undefined ? compareVersions(schemeOfVersType(type), a, b) : own(a, b);
}
