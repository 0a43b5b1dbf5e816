import type { Scheme } from "../schema.ts";

/** OSV ecosystem (the part before any `:release`), lower-case, and the order its versions follow. */
const SCHEMES: Record<string, Scheme> = {
  almalinux: "rpm",
  alpaquita: "apk",
  alpine: "apk",
  android: "generic",
  azurelinux: "rpm",
  "azure linux": "rpm",
  bellsoft: "apk",
  "bellsoft hardened containers": "apk",
  bioconductor: "numbers",
  bitnami: "semver",
  chainguard: "apk",
  cleanstart: "apk",
  conancenter: "generic",
  cran: "numbers",
  "crates.io": "cargo",
  debian: "deb",
  docker: "semver",
  "docker hardened images": "semver",
  echo: "deb",
  fedora: "rpm",
  ghc: "numbers",
  git: "none",
  "github actions": "semver",
  go: "go",
  hackage: "numbers",
  hex: "semver",
  julia: "semver",
  kubernetes: "semver",
  linux: "linux",
  mageia: "rpm",
  mariner: "rpm",
  maven: "maven",
  minimos: "apk",
  npm: "npm",
  nuget: "nuget",
  opam: "deb",
  openeuler: "rpm",
  opensuse: "rpm",
  "oss-fuzz": "none",
  packagist: "packagist",
  "photon os": "rpm",
  pub: "pub",
  pypi: "pypi",
  "red hat": "rpm",
  "rocky linux": "rpm",
  "amazon linux": "rpm",
  "oracle linux": "rpm",
  root: "generic",
  rubygems: "rubygems",
  suse: "rpm",
  swifturl: "semver",
  ubuntu: "deb",
  vscode: "semver",
  wolfi: "apk",
};

/** Names of the ecosystems whose order is known, lower-case. */
export const ECOSYSTEMS: readonly string[] = Object.keys(SCHEMES);

/** The base name of an OSV ecosystem: "Debian" of "Debian:12". */
export function baseEcosystem(ecosystem: string): string {
  const colon = ecosystem.indexOf(":");
  return colon === -1 ? ecosystem : ecosystem.slice(0, colon);
}

/** Version order of an OSV ecosystem (OSV schema, "Defined ecosystems"); a release suffix (":12") changes nothing; unknown is `generic`. */
export function schemeOf(ecosystem: string): Scheme {
  const base = baseEcosystem(ecosystem).toLowerCase();
  return (Object.hasOwn(SCHEMES, base) ? SCHEMES[base] : undefined) ?? "generic";
}

const LOWER_CASE = new Set(["go", "nuget", "packagist", "hex", "pub", "github actions", "swifturl", "bitnami"]);

/**
 * The spelling under which an ecosystem takes two package names for one: PyPI by PEP 503, NuGet and Packagist without case. Go too: its
 * paths keep their case, and SBOM tools write them small, as the type definition of package URLs long asked for.
 */
export function normalName(ecosystem: string, name: string): string {
  const base = baseEcosystem(ecosystem).toLowerCase();
  const trimmed = name.trim();
  if (base === "pypi") return trimmed.toLowerCase().replace(/[-_.]+/g, "-");
  if (base === "crates.io") return trimmed.toLowerCase().replaceAll("_", "-");
  if (base === "maven") return trimmed.replace("/", ":");
  return LOWER_CASE.has(base) ? trimmed.toLowerCase() : trimmed;
}
