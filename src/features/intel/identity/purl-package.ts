import type { Purl } from "../../../lib/purl.ts";
import { ecosystemOfDistribution } from "./purl-distribution.ts";
import { ECOSYSTEM_OF_TYPE } from "./purl-ecosystems.ts";

/**
 * The OSV package a purl names: Go's path, npm's scope, Maven's `group:artifact`; deb, rpm and apk by distribution and
 * release. Null when OSV has no ecosystem for it (generic, docker, oci, …).
 */
export function packageOfPurl(purl: Purl): { ecosystem: string; name: string } | null {
  const { type, namespace, name, qualifiers } = purl;
  // `pkg:alpine/…` is how tools wrote `pkg:apk/alpine/…` before the type was registered.
  if (type === "deb" || type === "rpm" || type === "apk" || type === "alpine") {
    const ecosystem = ecosystemOfDistribution(type === "alpine" ? type : namespace, qualifiers.distro ?? "");
    return ecosystem === null ? null : { ecosystem, name };
  }
  const ecosystem = Object.hasOwn(ECOSYSTEM_OF_TYPE, type) ? ECOSYSTEM_OF_TYPE[type] : undefined;
  if (ecosystem === undefined) return null;
  const full = namespace === null ? name : `${namespace}${type === "maven" ? ":" : "/"}${name}`;
  return { ecosystem, name: full };
}
