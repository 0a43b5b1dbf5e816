import { Fault } from "../../../lib/fault.ts";
import { type JsonObject, member } from "../../../lib/json.ts";
import { locateByPointer, type Reading } from "./reading.ts";
import type { Sbom } from "./schema.ts";
import { mapSpdx } from "./spdx.ts";

/** SPDX 2.2 and 2.3 JSON. `pointer` is where the document stands in the file. Faults `bad_input` on any other version. */
export function readSpdxJson(reading: Reading, document: JsonObject, pointer: string): Sbom {
  const version = spdxVersion(member(document, "spdxVersion"), `${reading.name} ${pointer}/spdxVersion`);
  return mapSpdx(reading, document, locateByPointer, { standard: "SPDX", version, encoding: "json" }, pointer);
}

/** `2.3` of `SPDX-2.3`. Faults `bad_input` when it is missing or not one of 2.1 to 2.3. */
export function spdxVersion(stated: unknown, at: string): string {
  const fix = "Write it as SPDX 2.2 or 2.3.";
  if (typeof stated !== "string" || stated === "") {
    throw new Fault("bad_input", "It is SPDX, but does not say which version.", { at, fix });
  }
  const version = /^SPDX-(2\.[123])$/.exec(stated)?.[1];
  if (version !== undefined) return version;
  throw new Fault("bad_input", "The SPDX version it states is not known here.", { at, fix });
}
