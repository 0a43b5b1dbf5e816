import { CODE_NAMES, DISTRIBUTIONS } from "./purl-ecosystems.ts";

/** OSV release suffix of a distribution version: "12.5" of Debian is ":12", "3.18.4" of Alpine ":v3.18". */
const RELEASES: Readonly<Record<string, (version: string) => string>> = {
  Debian: (version) => `:${major(version)}`,
  Ubuntu: (version) => `:${majorMinor(version)}${isLongTerm(version) ? ":LTS" : ""}`,
  Alpine: (version) => `:v${majorMinor(version.replace(/^v/, ""))}`,
  AlmaLinux: (version) => `:${major(version)}`,
  "Rocky Linux": (version) => `:${major(version)}`,
  Mageia: (version) => `:${major(version)}`,
  "Azure Linux": (version) => `:${major(version)}`,
  "Photon OS": (version) => `:${majorMinor(version)}`,
  openSUSE: (version) => (/^\d{1,2}\.\d/.test(version) ? `:Leap ${majorMinor(version)}` : ":Tumbleweed"),
};

const major = (version: string) => version.split(".")[0] ?? version;
const majorMinor = (version: string) => version.split(".").slice(0, 2).join(".");
const isLongTerm = (version: string) => /^\d*[02468]\.04/.test(version);

/**
 * OSV ecosystem of a deb, rpm or apk name: the base by its namespace, the release by `distro=` ("debian-12", "bookworm",
 * "alpine-3.18.4") when that is known; null when the namespace names no distribution OSV has.
 */
export function ecosystemOfDistribution(namespace: string | null, distro: string): string | null {
  const text = distro.toLowerCase();
  const code = text.replace(/^[a-z]+-(?=[a-z]+$)/, "");
  const byCode = Object.hasOwn(CODE_NAMES, code) ? (CODE_NAMES[code] ?? null) : null;
  const words = /^([a-z][a-z_-]*?)[-_]?(?=v?\d|$)/.exec(text)?.[1] ?? "";
  const vendor = (namespace ?? words).toLowerCase();
  const base = Object.hasOwn(DISTRIBUTIONS, vendor) ? (DISTRIBUTIONS[vendor] ?? null) : null;
  if (base === null || byCode?.startsWith(base) === true) return byCode;
  if (base === "openSUSE" && `${vendor} ${text}`.includes("tumbleweed")) return "openSUSE:Tumbleweed";
  const version = /v?\d+(\.\d+)*/.exec(text)?.[0];
  const release = RELEASES[base];
  return version === undefined || release === undefined ? base : base + release(version);
}

const RED_HAT = "Red Hat";
const SINCE_8 = [
  "baseos",
  "appstream",
  "crb",
  "highavailability",
  "resilientstorage",
  "nfv",
  "realtime",
  "sap",
  "sap_hana",
];
const UP_TO_7 = ["server", "client", "workstation", "computenode"];
const IN_EACH = ["supplementary", "fastdatapath"];

/**
 * The ecosystems that records of a Red Hat release stand under: "Red Hat:enterprise_linux:9" and its repositories, "…:9::baseos" (OSV, and
 * Red Hat's own CVE records); which repository carries a package no SBOM says. None for others, and where `distro=` names no release.
 */
export function redHatEcosystems(ecosystem: string, distro: string): string[] {
  const release = ecosystem === RED_HAT ? /(?<![\d.])\d+/.exec(distro)?.[0] : undefined;
  if (release === undefined) return [];
  const whole = `${RED_HAT}:enterprise_linux:${release}`;
  return [whole, ...[...(Number(release) < 8 ? UP_TO_7 : SINCE_8), ...IN_EACH].map((name) => `${whole}::${name}`)];
}
