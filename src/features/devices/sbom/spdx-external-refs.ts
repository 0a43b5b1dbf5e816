import type { JsonObject } from "../../../lib/json.ts";
import { type Reading, readObjects, readText } from "./reading.ts";

/** Package URLs and CPE names among a package's external references (SPDX 2.3, annex F.2 and F.3). */
export function readSpdxIdentifiers(
  reading: Reading,
  object: JsonObject,
  pointer: string,
): { purls: string[]; cpes: string[] } {
  const purls: string[] = [];
  const cpes: string[] = [];
  for (const ref of readObjects(reading, object, "externalRefs", pointer)) {
    const type = readText(reading, ref.object, "referenceType", ref.pointer)?.replace(/^.*[/#]/, "");
    if (type !== "purl" && type !== "cpe22Type" && type !== "cpe23Type") continue;
    const locator = readText(reading, ref.object, "referenceLocator", ref.pointer);
    if (locator !== null) (type === "purl" ? purls : cpes).push(locator);
  }
  return { purls, cpes };
}
