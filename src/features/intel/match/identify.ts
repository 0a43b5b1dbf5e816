import type { Component } from "../../devices/sbom/schema.ts";
import type { Cpe } from "../identity/cpe.ts";
import { cpeProductKey } from "../identity/cpe.ts";
import { type CpeValue, formatValue } from "../identity/cpe-value.ts";
import { type Purl, parsePurl } from "../identity/purl.ts";
import { sourceOfPurl, versionOfPurl } from "../identity/purl-source.ts";
import { keyOfPurl } from "../rank-index/bridge.ts";
import { cpeKey, keyParts, packageKey, productKey, vendorAndProduct } from "../rank-index/key.ts";
import { usualVersion } from "../versions/spelling.ts";
import { readCpe } from "./cpe-meets.ts";
import type { Rule } from "./schema.ts";

/** One thing to ask the intelligence about a component. */
export interface Question {
  key: string;
  rule: Rule;
  version: string | null;
  /** The version with the CPE name's update behind it, where it has one. Ranges are about this one. */
  fullVersion: string | null;
  /** The name that a CPE entry must meet; null for packages. */
  cpe: Cpe | null;
}

export interface Identified {
  questions: Question[];
  /** Why an identity the component carries could not be used. */
  troubles: string[];
}

/**
 * The distribution release an SBOM describes (`debian-12.5`), from its operating-system component; null when none or several.
 * Package URLs of its packages often leave the release out.
 */
export function systemOf(components: readonly Component[]): string | null {
  const systems = new Set(
    components
      .filter(({ type, version }) => type === "operating-system" && version !== null)
      .map(({ name, version }) => `${name.toLowerCase()}-${version}`),
  );
  const [only = null] = systems;
  return systems.size === 1 ? only : null;
}

const onSystem = (purl: Purl, system: string | null): Purl =>
  system !== null && purl.qualifiers.distro === undefined && system.startsWith(`${purl.namespace}-`)
    ? { ...purl, qualifiers: { ...purl.qualifiers, distro: system } }
    : purl;

/** What a component can be looked up by: its package URL, its CPE names, and the Linux kernel by its name. */
export function identify(component: Component, system: string | null): Identified {
  const troubles: string[] = [];
  const questions = [
    ...purlQuestions(component, system, troubles),
    ...component.cpes.flatMap((text) => cpeQuestions(text, component.version, troubles)),
  ];
  if (questions.length > 0) return { questions, troubles };
  return { questions: [...kernelQuestions(component), ...moduleQuestions(component)], troubles };
}

function purlQuestions({ purl, version }: Component, system: string | null, troubles: string[]): Question[] {
  if (purl === null) return [];
  let read: Purl;
  try {
    read = parsePurl(purl);
  } catch (error) {
    troubles.push(error instanceof Error ? error.message : "its package URL cannot be read");
    return [];
  }
  const key = keyOfPurl(onSystem(read, system));
  if (key === null) {
    troubles.push(`pkg:${read.type} without a distribution Cordon knows: add namespace and distro= to the package URL`);
    return [];
  }
  const own: Question = {
    key,
    rule: "package",
    version: stated(versionOfPurl(read)) ?? stated(version),
    fullVersion: null,
    cpe: null,
  };
  return [own, ...sourcePackage(read, own, system)];
}

/** Distributions write advisories about source packages; tools name the source of a binary one as `upstream=`. */
function sourcePackage(purl: Purl, binary: Question, system: string | null): Question[] {
  const source = sourceOfPurl(purl);
  if (source === null || source.name === purl.name) return [];
  const key = keyOfPurl(onSystem({ ...purl, name: source.name }, system));
  return key === null ? [] : [{ ...binary, key, version: stated(source.version) ?? binary.version }];
}

function cpeQuestions(text: string, componentVersion: string | null, troubles: string[]): Question[] {
  const cpe = readCpe(text);
  if (cpe === null) {
    troubles.push(`"${text.slice(0, 80)}" is not a CPE name`);
    return [];
  }
  const [vendor, product] = vendorAndProduct(cpeProductKey(cpe));
  if (product === "*" || product === "-") {
    troubles.push(`"${text.slice(0, 80)}" names no product`);
    return [];
  }
  const written = cpeVersion(cpe) ?? stated(componentVersion);
  const version = written === null ? null : usualVersion(product, written);
  const fullVersion = withUpdate(cpe, version);
  const about = { version, fullVersion, cpe };
  if (vendor === "linux" && product === "linux_kernel") {
    if (cpe.part === "any" || String(cpe.part) === "o") return kernelKeys("cpe").map((key) => ({ ...key, ...about }));
    troubles.push(
      "Its CPE name is the Linux kernel's with part a: headers and tools of the kernel, which no record is about",
    );
    return [];
  }
  return [
    { key: cpeKey(vendor, product), rule: "cpe", ...about },
    { key: cpeKey("*", product), rule: "cpe", ...about },
    { key: productKey(vendor, product), rule: "vendor-product", ...about },
  ];
}

/** The kernel is one product under several names. Its headers, a part `a` with the same CPE product, are not it. */
const kernelKeys = (rule: Rule): { key: string; rule: Rule }[] => [
  { key: cpeKey("linux", "linux_kernel"), rule },
  { key: packageKey("Linux", "Kernel"), rule: "linux-kernel" },
  { key: productKey("Linux", "Linux"), rule: "linux-kernel" },
  { key: productKey("Linux", "Linux_Kernel"), rule: "linux-kernel" },
];

/** SBOM tools name the kernel in a few ways and often give it no identity. Its records are CPE `linux:linux_kernel`. */
function kernelQuestions({ type, name, version }: Component): Question[] {
  const kernel = type === "operating-system" || type === "firmware" || type === "platform";
  if (!kernel || !/^(linux|linux[-_ ]kernel|kernel)$/i.test(name) || !/^\d+\.\d+/.test(version ?? "")) return [];
  const cpe = readCpe("cpe:2.3:o:linux:linux_kernel:*:*:*:*:*:*:*:*");
  return kernelKeys("linux-kernel").map((key) => ({ ...key, version: stated(version), fullVersion: null, cpe }));
}

/** A Go module is named by where it lives, which nothing else is: `google.golang.org/grpc@v1.43.0`, version `v1.43.0`. */
function moduleQuestions({ name, version }: Component): Question[] {
  const [path = "", stamped = version] = name.split("@");
  const isModule =
    /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(\/[\w.~-]+)+$/i.test(path) && /^v\d+\.\d+\.\d+/.test(version ?? "");
  if (!isModule || stamped !== version) return [];
  return [{ key: packageKey("Go", path), rule: "module-name", version, fullVersion: null, cpe: null }];
}

/** The version a CPE name gives; null when it is open. */
function cpeVersion(cpe: Cpe): string | null {
  const version = attributeText(cpe.version);
  return version === "*" || version === "-" ? null : version;
}

/** With the update behind it, as makers write it (`4.2.8p15`); null when the name gives no update. */
function withUpdate(cpe: Cpe, version: string | null): string | null {
  const update = attributeText(cpe.update);
  if (version === null || update === "*" || update === "-") return null;
  return `${version}${/^[a-z]\d/i.test(update) ? "" : "-"}${update}`;
}

const attributeText = (value: CpeValue) => formatValue(value).replace(/\\(.)/g, "$1");

/** SBOM tools write these where they know no version. */
const stated = (version: string | null) =>
  version === null ||
  /^\s*(\*|-|unknown|none|null|n\/a|noassertion|latest|undefined|unspecified|0\.0\.0-dev)?\s*$/i.test(version)
    ? null
    : version.trim();

/** A key for people: `PyPI requests`, `openssl:openssl`. */
export function describeKey(text: string): string {
  const { kind, first, second } = keyParts(text);
  if (kind === "p") return `${first} ${second}`;
  return kind === "u" ? `pkg:${first}/${second}` : `${first}:${second}`;
}
