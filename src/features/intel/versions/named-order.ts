import { Fault } from "../../../lib/fault.ts";
import { nearest } from "../../../lib/nearest.ts";
import { Scheme } from "../schema.ts";
import { baseEcosystem, ECOSYSTEMS, schemeOf } from "./ecosystem.ts";
import { compareVersions } from "./order.ts";
import { compareUnderType, VERS_TYPES, versTypeOfScheme } from "./vers-types.ts";

/**
 * The order a person names: an OSV ecosystem ("Debian:12", "PyPI"), a purl or VERS type ("deb", "pypi", "alpm") or a
 * scheme ("openssl", "linux", "generic"), in any case. Fault `bad_input` when nothing has that name.
 */
export function orderNamed(name: string): (a: string, b: string) => -1 | 0 | 1 {
  const found = named(name);
  return "scheme" in found
    ? (a, b) => compareVersions(found.scheme, a, b)
    : (a, b) => compareUnderType(found.type, a, b);
}

/** The VERS type a person names in the same ways; the Fault is the same. */
export function versTypeNamed(name: string): string {
  const found = named(name);
  return "scheme" in found ? (versTypeOfScheme(found.scheme) ?? found.scheme) : found.type;
}

function named(name: string): { scheme: Scheme } | { type: string } {
  const key = name.trim().toLowerCase();
  if (key === "nginx") return { type: key };
  if (ECOSYSTEMS.includes(baseEcosystem(key))) return { scheme: schemeOf(key) };
  const scheme = Scheme.safeParse(key);
  if (scheme.success) return { scheme: scheme.data };
  if (VERS_TYPES.includes(key)) return { type: key };
  const near = nearest(key, [...ECOSYSTEMS, ...Scheme.options, ...VERS_TYPES]);
  const fix = near === null ? "Name an OSV ecosystem, a package URL type or a scheme" : `Did you mean ${near}?`;
  throw new Fault("bad_input", `No ecosystem is called "${name.slice(0, 60)}"`, { at: "ecosystem", fix });
}
