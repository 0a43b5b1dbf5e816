import { ECOSYSTEM_OF_TYPE } from "../identity/purl-ecosystems.ts";
import type { Scheme } from "../schema.ts";
import { schemeOf } from "../versions/ecosystem.ts";

const PACKAGERS: Readonly<Record<string, Scheme>> = { deb: "deb", rpm: "rpm", apk: "apk" };

/** The order in which a package URL's versions stand, by its type; without one the generic order. */
export function schemeOfPurl(purl: string | null): Scheme {
  const type = /^pkg:([a-z0-9.+-]+)\//i.exec(purl ?? "")?.[1]?.toLowerCase() ?? "";
  const ecosystem = Object.hasOwn(ECOSYSTEM_OF_TYPE, type) ? ECOSYSTEM_OF_TYPE[type] : undefined;
  return (Object.hasOwn(PACKAGERS, type) ? PACKAGERS[type] : undefined) ?? schemeOf(ecosystem ?? "");
}
