import { Fault } from "../../../lib/fault.ts";
import { parseJson } from "../../../lib/json.ts";
import { decodeText } from "../../../lib/text.ts";
import { readCycloneDxJson } from "./cyclonedx-json.ts";
import { readCycloneDxXml } from "./cyclonedx-xml.ts";
import { SBOM_LIMITS, type SbomLimits } from "./limits.ts";
import { type Reading, startReading } from "./reading.ts";
import { recognizeJson, recognizeText, refuseBinary } from "./recognize.ts";
import type { Sbom } from "./schema.ts";
import { readSpdxJson } from "./spdx-json.ts";
import { readSpdxTagValue } from "./spdx-tag-value.ts";
import { readSpdx3 } from "./spdx3.ts";

export interface ReadSbomOptions {
  /** Of the file, for the places in refusals and problems. */
  name: string;
  limits?: Partial<SbomLimits>;
}

/**
 * Reads an SBOM, its format recognised by content: CycloneDX 1.0–1.7 XML, 1.2–1.7 JSON; SPDX 2.1–2.3 JSON and tag-value; SPDX 3.0 JSON-LD.
 * What cannot be used is named in `problems` and the rest is read. Faults `bad_input` (with place and fix) when the document
 * cannot be read at all, `too_large` beyond `limits`.
 */
export function readSbom(bytes: Uint8Array, options: ReadSbomOptions): Sbom {
  const { name } = options;
  const limits = { ...SBOM_LIMITS, ...options.limits };
  if (bytes.length > limits.maxBytes) {
    const reason = `The SBOM has ${bytes.length} bytes; the limit is ${limits.maxBytes}.`;
    throw new Fault("too_large", reason, { at: name, fix: "Split it into one SBOM per subsystem." });
  }
  refuseBinary(bytes, name);
  const text = decodeText(bytes, name);
  const reading = startReading(name, limits);
  switch (recognizeText(text, name)) {
    case "xml":
      return readCycloneDxXml(reading, text);
    case "tag-value":
      return readSpdxTagValue(reading, text);
    case "json":
      return readJson(reading, text);
  }
}

function readJson(reading: Reading, text: string): Sbom {
  const value = parseJson(text, {
    name: reading.name,
    maxDepth: reading.limits.maxDepth,
    maxValues: reading.limits.maxValues,
    onDuplicateKey: ({ at, pointer }) =>
      reading.report(`${at} ${pointer}`, "The same key stands twice here; the last one counts."),
  });
  const { standard, document, pointer } = recognizeJson(value, reading.name);
  switch (standard) {
    case "CycloneDX":
      return readCycloneDxJson(reading, document);
    case "SPDX 2":
      return readSpdxJson(reading, document, pointer);
    case "SPDX 3":
      return readSpdx3(reading, document);
  }
}
