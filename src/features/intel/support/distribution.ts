import { CODE_NAMES } from "../identity/purl-ecosystems.ts";

export interface Distribution {
  /** CPE `vendor:product` of the distribution, under which its own record is found. */
  cpe: string;
  release: string;
}

/** Distributions by the names that package URLs, `distro=` and operating-system components give them. */
const CPES: Readonly<Record<string, string>> = {
  almalinux: "almalinux:almalinux",
  alpine: "alpinelinux:alpine_linux",
  amazon: "amazon:linux",
  amzn: "amazon:linux",
  centos: "centos:centos",
  debian: "debian:debian_linux",
  fedora: "fedoraproject:fedora",
  mageia: "mageia:mageia",
  ol: "oracle:linux",
  opensuse: "opensuse:leap",
  "opensuse-leap": "opensuse:leap",
  oracle: "oracle:linux",
  oraclelinux: "oracle:linux",
  photon: "vmware:photon_os",
  redhat: "redhat:enterprise_linux",
  rhel: "redhat:enterprise_linux",
  rocky: "rocky:rocky",
  rockylinux: "rocky:rocky",
  sles: "suse:sles",
  suse: "suse:sles",
  ubuntu: "canonical:ubuntu_linux",
};

export const DEBIAN = "debian:debian_linux";

/** A distribution's name alone; null when it is none we know. */
export const cpeOfDistribution = (name: string): string | null =>
  Object.hasOwn(CPES, name.toLowerCase()) ? (CPES[name.toLowerCase()] ?? null) : null;

/**
 * The distribution release that `distro=` names ("debian-12.5", "bookworm", "alpine-3.18.4", "3.18", "amazon-2 (Karoo)"); `namespace` names the
 * distribution where the text does not. Null when either half is missing, or the two contradict each other.
 */
export function distributionOf(namespace: string | null, distro: string): Distribution | null {
  const text = distro
    .replace(/\([^()]*\)\s*$/, "")
    .trim()
    .toLowerCase();
  const named = namespace === null ? null : cpeOfDistribution(namespace);
  const [, base = "", codeRelease] =
    /^(\w+):([\d.]+)/.exec(Object.hasOwn(CODE_NAMES, text) ? (CODE_NAMES[text] ?? "") : "") ?? [];
  const [, word = "", release = codeRelease] = /^(?:([a-z][a-z_-]*?)[-_ ]?)?v?(\d[\w.]*)$/.exec(text) ?? [];
  const said = cpeOfDistribution(word || base);
  const cpe = said ?? (word === "" ? named : null);
  if (cpe === null || release === undefined || (named !== null && cpe !== named)) return null;
  return { cpe, release };
}
