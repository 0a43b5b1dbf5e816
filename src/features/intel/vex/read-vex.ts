import { Fault } from "../../../lib/fault.ts";
import { isObject, member, parseJson } from "../../../lib/json.ts";
import { decodeText } from "../../../lib/text.ts";
import { cyclonedxXmlAsJson } from "./cyclonedx-xml.ts";
import { isBuildrootReasons, readBuildrootReasons } from "./read-buildroot.ts";
import { readCsafVex } from "./read-csaf.ts";
import { readCycloneDxVex } from "./read-cyclonedx.ts";
import { isOpenVex, readOpenVex } from "./read-openvex.ts";
import type { VexReading } from "./schema.ts";

/** How much of a VEX document is read before it is refused. */
export const VEX_LIMITS = { maxBytes: 128 * 1024 * 1024, maxDepth: 500, maxValues: 5_000_000 };

/**
 * Reads the VEX statements of a document, its format known by content: CycloneDX 1.4–1.7 (JSON and XML, also inside an SBOM), OpenVEX,
 * CSAF 2.0 and 2.1, Buildroot's ignored CVEs. What may not be used is in `refused` with its place. Faults `bad_input` when the
 * document is none of these, `too_large` beyond the limits.
 */
export function readVex(bytes: Uint8Array, { name }: { name: string }): VexReading {
  if (bytes.length > VEX_LIMITS.maxBytes)
    throw new Fault("too_large", `The file has ${bytes.length} bytes; the limit is ${VEX_LIMITS.maxBytes}`, {
      at: name,
      fix: "Split it",
    });
  const text = decodeText(bytes, name);
  if (isBuildrootReasons(text)) return readBuildrootReasons(text, name);
  if (/^\s*</.test(text)) return readCycloneDxVex(cyclonedxXmlAsJson(text, name, VEX_LIMITS), name);
  const { maxDepth, maxValues } = VEX_LIMITS;
  const document = parseJson(text, { name, maxDepth, maxValues });
  if (isObject(document)) {
    if (member(document, "bomFormat") === "CycloneDX") return readCycloneDxVex(document, name);
    if (member(member(document, "document"), "csaf_version") !== undefined) return readCsafVex(document, name);
    if (isOpenVex(document)) return readOpenVex(document, name);
  }
  throw new Fault("bad_input", "This is no VEX document in a format known here", {
    at: name,
    fix: "Give CycloneDX with vulnerabilities, OpenVEX or CSAF",
  });
}
