import type { Scheme } from "../schema.ts";

/** The thirteen fields of a CPE 2.3 name, still escaped; a 2.2 URI is widened. Null when it is neither. */
export function cpeFields(name: string): string[] | null {
  if (/^cpe:\/[aho]:/i.test(name)) return widen(name);
  const fields = name.match(/(?:\\[\s\S]|[^:\\])+/g) ?? [];
  return fields.length === 13 && /^cpe$/i.test(fields[0] ?? "") && fields[1] === "2.3" ? fields : null;
}

const widen = (uri: string): string[] => {
  const given = uri.slice("cpe:/".length).split(":").slice(0, 7);
  const fields = Array.from({ length: 11 }, (_, i) => given[i] || "*");
  return [
    "cpe",
    "2.3",
    ...fields.map((field) =>
      field.replace(/%([0-9a-f]{2})/gi, (_, hex) => `\\${String.fromCharCode(Number.parseInt(hex, 16))}`),
    ),
  ];
};

export const CPE_PART = 2;
const CPE_VENDOR = 3;
const CPE_PRODUCT = 4;
export const CPE_VERSION = 5;
const CPE_TARGET_SOFTWARE = 10;

/** The same name for any version. */
export const anyVersion = (fields: readonly string[]): string =>
  fields.map((field, i) => (i === CPE_VERSION ? "*" : field)).join(":");

/** A field's value without CPE's backslashes. */
export const plainField = (field: string): string => field.replace(/\\(.)/g, "$1");

const BY_SOFTWARE: Readonly<Record<string, Scheme>> = {
  "node.js": "npm",
  python: "pypi",
  pypi: "pypi",
  rust: "cargo",
  ruby: "rubygems",
  go: "semver",
  maven: "maven",
};

/** The order of a CPE product's versions: its own where it has one, its software platform's, else numbers and letters. */
export function schemeOfCpe(fields: readonly string[]): Scheme {
  const vendor = fields[CPE_VENDOR];
  const product = fields[CPE_PRODUCT];
  if (vendor === "linux" && product === "linux_kernel") return "linux";
  if (vendor === "openssl" && product === "openssl") return "openssl";
  return BY_SOFTWARE[plainField(fields[CPE_TARGET_SOFTWARE] ?? "")] ?? "generic";
}
