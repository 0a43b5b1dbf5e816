import { Fault } from "../../../lib/fault.ts";
import { nearest } from "../../../lib/nearest.ts";
import { Scheme } from "../schema.ts";
import { baseEcosystem, ECOSYSTEMS, schemeOf } from "./ecosystem.ts";
import { compareVersions } from "./order.ts";
import { compareUnderType, VERS_TYPES } from "./vers-types.ts";

/**
 * The order a person names: an OSV ecosystem ("Debian:12", "PyPI"), a purl or VERS type ("deb", "pypi", "alpm") or a
 * scheme ("openssl", "linux", "generic"), in any case. Fault `bad_input` when nothing has that name.
 */
export function orderNamed(name: string): (a: string, b: string) => -1 | 0 | 1 {
  const key = name.trim().toLowerCase();
  if (ECOSYSTEMS.includes(baseEcosystem(key))) return (a, b) => compareVersions(schemeOf(key), a, b);
  const scheme = Scheme.safeParse(key);
  if (scheme.success) return (a, b) => compareVersions(scheme.data, a, b);
  if (VERS_TYPES.includes(key)) return (a, b) => compareUnderType(key, a, b);
  const near = nearest(key, [...ECOSYSTEMS, ...Scheme.options, ...VERS_TYPES]);
  const fix = near === null ? "Name an OSV ecosystem, a package URL type or a scheme" : `Did you mean ${near}?`;
  throw new Fault("bad_input", `No ecosystem is called "${name.slice(0, 60)}"`, { at: "ecosystem", fix });
}
