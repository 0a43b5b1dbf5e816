import { Fault } from "../../../lib/fault.ts";
import { type Cpe, formatCpe, parseCpe } from "../identity/cpe.ts";
import { keyText } from "../identity/cpe-value.ts";
import type { Scheme } from "../schema.ts";

/** A CPE name, 2.3 or 2.2; null when it is neither. */
export function readCpe(name: string): Cpe | null {
  try {
    return parseCpe(name);
  } catch (fault) {
    if (fault instanceof Fault) return null;
    throw fault;
  }
}

/** The same name for any version. */
export const anyVersion = (cpe: Cpe): string => formatCpe({ ...cpe, version: "any" });

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
export function schemeOfCpe(cpe: Cpe): Scheme {
  const vendor = keyText(cpe.vendor);
  const product = keyText(cpe.product);
  if (vendor === "linux" && product === "linux_kernel") return "linux";
  if (vendor === "openssl" && product === "openssl") return "openssl";
  return BY_SOFTWARE[keyText(cpe.targetSw)] ?? "generic";
}
