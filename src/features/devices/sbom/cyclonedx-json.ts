import { Fault } from "../../../lib/fault.ts";
import { type JsonObject, member } from "../../../lib/json.ts";
import { mapCycloneDx } from "./cyclonedx.ts";
import { locateByPointer, type Reading } from "./reading.ts";
import type { Sbom } from "./schema.ts";

const VERSIONS = /^1\.[2-7]$/;

/** CycloneDX 1.2 to 1.7 JSON. Faults `bad_input` on any other version. */
export function readCycloneDxJson(reading: Reading, bom: JsonObject): Sbom {
  const stated = member(bom, "specVersion");
  if (typeof stated !== "string" || !VERSIONS.test(stated)) {
    const reason =
      typeof stated === "string"
        ? "The CycloneDX version it states is not known here."
        : "It is CycloneDX, but does not say which version (specVersion).";
    const fix = "Write it as CycloneDX 1.2 to 1.7.";
    throw new Fault("bad_input", reason, { at: `${reading.name} /specVersion`, fix });
  }
  if (member(bom, "bomFormat") !== "CycloneDX") reading.report("/bomFormat", "bomFormat is missing or not CycloneDX.");
  const format = { standard: "CycloneDX", version: stated, encoding: "json" } as const;
  return mapCycloneDx(reading, bom, locateByPointer, format);
}
