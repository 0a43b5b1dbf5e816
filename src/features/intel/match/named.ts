import type { Purl } from "../../../lib/purl.ts";
import type { Cpe } from "../identity/cpe.ts";
import { cpeProductKey } from "../identity/cpe.ts";
import { type CpeValue, formatValue } from "../identity/cpe-value.ts";
import { redHatEcosystems } from "../identity/purl-distribution.ts";
import { epochOf, sourceOfPurl, withEpoch } from "../identity/purl-source.ts";
import { keyOfPurl } from "../rank-index/bridge.ts";
import { cpeKey, keyParts, packageKey, productKey, vendorAndProduct } from "../rank-index/key.ts";
import { usualVersion } from "../versions/spelling.ts";
import type { Rule } from "./schema.ts";

/** One thing to ask about a name, whatever the version it comes with. */
export interface NameQuestion {
  key: string;
  rule: Rule;
  /** The name that a CPE entry must meet; null for packages. */
  cpe: Cpe | null;
  /** Of a source package that counts its own; null where the component's version is asked about. */
  version: string | null;
}

/** What one package URL or CPE name stands for, its version left aside: this is what many components have in common. */
export interface Named {
  questions: readonly NameQuestion[];
  /** Why it cannot be used, said of the text as it was written; null when there are questions. */
  trouble: ((text: string) => string) | null;
  /** What stands before the versions a deb or rpm name gives, where it keeps its epoch apart. */
  epoch: string | null;
  /** The CPE product, for the way some makers write versions; null for packages. */
  product: string | null;
  /** The CPE name's update; null where it is open or there is none. */
  update: string | null;
}

const NOTHING = { questions: [], trouble: null, epoch: null, product: null, update: null } as const;

/** The version to ask about, of the one the name gives and the one the component states beside it. */
export function versionFor({ epoch, product }: Named, given: string | null, beside: string | null): string | null {
  if (product === null) return stated(epoch === null ? given : withEpoch(epoch, given)) ?? stated(beside);
  const written = given ?? stated(beside);
  return written === null ? null : usualVersion(product, written);
}

/** The same with the CPE name's update behind it, as makers write it (`4.2.8p15`); null where there is none. */
export function fullVersionFor({ update }: Named, version: string | null): string | null {
  if (version === null || update === null) return null;
  return `${version}${/^[a-z]\d/i.test(update) ? "" : "-"}${update}`;
}

/** A package, and the source package it was built from where that has another name: distributions write advisories about those. */
export function namedByPurl(purl: Purl, system: string | null): Named {
  const located = onSystem(purl, system);
  const key = keyOfPurl(located);
  if (key === null)
    return {
      ...NOTHING,
      trouble: () =>
        `pkg:${purl.type} without a distribution Cordon knows: add namespace and distro= to the package URL`,
    };
  return {
    ...NOTHING,
    questions: [...packageQuestions(located, key, null), ...sourcePackage(located)],
    epoch: epochOf(purl),
  };
}

/** What cannot be read as a package URL, for this reason. */
export const noPurl = (reason: string): Named => ({ ...NOTHING, trouble: () => reason });

/** Tools name the source of a binary package as `upstream=`. */
function sourcePackage(purl: Purl): NameQuestion[] {
  const source = sourceOfPurl(purl);
  if (source === null || source.name === purl.name) return [];
  const key = keyOfPurl({ ...purl, name: source.name });
  return key === null ? [] : packageQuestions(purl, key, stated(source.version));
}

/** A package under its own key, and one of Red Hat's under each repository of its release. */
function packageQuestions({ qualifiers }: Purl, key: string, version: string | null): NameQuestion[] {
  const { first, second } = keyParts(key);
  const others = redHatEcosystems(first, qualifiers.distro ?? "").map((ecosystem) => packageKey(ecosystem, second));
  return [key, ...others].map((one) => ({ key: one, rule: "package", cpe: null, version }));
}

/** The distribution release that an operating-system component states completes package URLs that leave it out. */
const onSystem = (purl: Purl, system: string | null): Purl =>
  system !== null && purl.qualifiers.distro === undefined && system.startsWith(`${purl.namespace}-`)
    ? { ...purl, qualifiers: { ...purl.qualifiers, distro: system } }
    : purl;

/** What is no CPE name. */
export const NO_CPE: Named = { ...NOTHING, trouble: (text) => `"${text.slice(0, 80)}" is not a CPE name` };

/** A product under its vendor, under no vendor, and by the words of both. */
export function namedByCpe(cpe: Cpe): Named {
  const [vendor, product] = vendorAndProduct(cpeProductKey(cpe));
  if (product === "*" || product === "-")
    return { ...NOTHING, trouble: (text) => `"${text.slice(0, 80)}" names no product` };
  const isKernel = vendor === "linux" && product === "linux_kernel";
  if (isKernel && cpe.part !== "any" && String(cpe.part) !== "o") return { ...NOTHING, trouble: () => KERNEL_HEADERS };
  const keys: { key: string; rule: Rule }[] = isKernel
    ? kernelKeys("cpe")
    : [
        { key: cpeKey(vendor, product), rule: "cpe" },
        { key: cpeKey("*", product), rule: "cpe" },
        { key: productKey(vendor, product), rule: "vendor-product" },
      ];
  const update = attributeText(cpe.update);
  return {
    ...NOTHING,
    questions: keys.map((key) => ({ ...key, cpe, version: null })),
    product,
    update: update === "*" || update === "-" ? null : update,
  };
}

const KERNEL_HEADERS =
  "Its CPE name is the Linux kernel's with part a: headers and tools of the kernel, which no record is about";

/** The kernel is one product under several names. Its headers, a part `a` with the same CPE product, are not it. */
export const kernelKeys = (rule: Rule): { key: string; rule: Rule }[] => [
  { key: cpeKey("linux", "linux_kernel"), rule },
  { key: packageKey("Linux", "Kernel"), rule: "linux-kernel" },
  { key: productKey("Linux", "Linux"), rule: "linux-kernel" },
  { key: productKey("Linux", "Linux_Kernel"), rule: "linux-kernel" },
];

/** The version a CPE name gives; null when it is open. */
export function versionOfCpe(value: CpeValue): string | null {
  const version = attributeText(value);
  return version === "*" || version === "-" ? null : version;
}

const attributeText = (value: CpeValue) => formatValue(value).replace(/\\(.)/g, "$1");

/** Null for what SBOM tools write where they know no version. */
export const stated = (version: string | null) =>
  version === null || isNumber(version) ? version : BLANK.test(version) ? null : version.trim();

const NO_RELEASE = "0.0.0-dev";
const BLANK = /^\s*(\*|-|unknown|none|null|n\/a|noassertion|latest|undefined|unspecified|0\.0\.0-dev)?\s*$/i;

/** Whether what is written from there on certainly states a version: a digit first, and nothing encoded. */
export function isNumbered(text: string, from: number): boolean {
  const first = text.charCodeAt(from);
  return first >= 48 && first <= 57 && text.length - from !== NO_RELEASE.length && !text.includes("%", from);
}

/** Most versions: a digit first, and nothing to trim. */
function isNumber(version: string): boolean {
  const [first, last] = [version.charCodeAt(0), version.charCodeAt(version.length - 1)];
  return first >= 48 && first <= 57 && last > 32 && last < 127 && version.length !== NO_RELEASE.length;
}
