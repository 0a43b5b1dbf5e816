import { isObject, type JsonObject, member } from "../../../lib/json.ts";

/** Longer ones, and such with blanks, are no names of packages. */
const NAME = /^\S{1,200}$/;

/** How Trivy's CycloneDX names the source package: a property for each piece of its name and version. */
export const TRIVY_SOURCE = "aquasecurity:trivy:Src";

/** The source package a CycloneDX component states in Trivy's properties, as `upstream` writes it; null when it states none. */
export function sourceInProperties(component: JsonObject): string | null {
  const properties = member(component, "properties");
  if (!Array.isArray(properties)) return null;
  const said = new Map<string, string>();
  for (const property of properties) {
    if (!isObject(property)) continue;
    const { name, value } = property;
    if (typeof name !== "string" || typeof value !== "string" || !name.startsWith(TRIVY_SOURCE)) continue;
    said.set(name.slice(TRIVY_SOURCE.length), value);
  }
  const [epoch, version, release] = ["Epoch", "Version", "Release"].map((piece) => said.get(piece) ?? "");
  return upstream(
    said.get("Name") ?? "",
    `${epoch ? `${epoch}:` : ""}${version}${version && release ? `-${release}` : ""}`,
  );
}

/** The source package in an SPDX package's source information, as Trivy words it: "built package from: openssl 1.1.1n-0+deb11u3". */
export function sourceInWords(text: string | null): string | null {
  const [, name = "", version = ""] = /^built package from: +(\S+)(?: +(\S+))?\s*$/.exec(text ?? "") ?? [];
  return upstream(name, version);
}

/** Only packages of a distribution are built from source packages, and most tools write theirs into the package URL. */
export const lacksSource = (purl: string): boolean =>
  /^pkg:\/*(deb|rpm|apk|alpine)\//i.test(purl) && !/[?&]upstream=/i.test(purl);

function upstream(name: string, version: string): string | null {
  if (!NAME.test(name)) return null;
  return NAME.test(version) ? `${name}@${version}` : name;
}
