import { Fault } from "../../../lib/fault.ts";
import type { JsonObject } from "../../../lib/json.ts";
import { parseXml } from "../../../lib/xml.ts";
import { mapCycloneDx } from "./cyclonedx.ts";
import { createLayoutBuilder } from "./cyclonedx-xml-layout.ts";
import type { Reading } from "./reading.ts";
import type { Sbom } from "./schema.ts";

const NAMESPACE = /^http:\/\/cyclonedx\.org\/schema\/bom\/(\d+\.\d+)$/;
const VERSIONS = /^1\.[0-7]$/;

/** CycloneDX 1.0 to 1.7 XML. Faults `bad_input` on any other version, and on XML that is no CycloneDX. */
export function readCycloneDxXml(reading: Reading, text: string): Sbom {
  const places = new WeakMap<JsonObject, string>();
  const builder = createLayoutBuilder(places);
  let namespace: string | null = null;
  let version = "";
  let skipped = 0;
  parseXml(
    text,
    { name: reading.name, maxDepth: reading.limits.maxDepth },
    {
      open(element) {
        if (namespace === null) {
          version = versionOf(reading, element.name, element.namespace, element.at);
          namespace = element.namespace;
        }
        if (skipped === 0) reading.countValue(element.at);
        if (skipped > 0 || element.namespace !== namespace || !builder.open(element)) skipped++;
      },
      text(part) {
        if (skipped === 0) builder.text(part);
      },
      close() {
        if (skipped > 0) skipped--;
        else builder.close();
      },
    },
  );
  const format = { standard: "CycloneDX", version, encoding: "xml" } as const;
  return mapCycloneDx(reading, builder.bom, (object, pointer) => places.get(object) ?? pointer, format);
}

function versionOf(reading: Reading, root: string, namespace: string, place: string): string {
  const version = NAMESPACE.exec(namespace)?.[1];
  if (root === "bom" && version !== undefined && VERSIONS.test(version)) return version;
  const at = `${reading.name}:${place}`;
  if (root === "bom" && version !== undefined) {
    const fix = "Write it as CycloneDX 1.0 to 1.7.";
    throw new Fault("bad_input", "The CycloneDX version it states is not known here.", { at, fix });
  }
  throw notCycloneDx(root, namespace, at);
}

function notCycloneDx(root: string, namespace: string, at: string): Fault {
  if (root === "RDF") {
    const fix = "Convert it to SPDX JSON or tag-value.";
    return new Fault("bad_input", "This is RDF/XML; SPDX is read as JSON, tag-value or JSON-LD.", { at, fix });
  }
  if (root === "Document" && namespace === "") {
    const fix = "Convert it to SPDX JSON or tag-value.";
    return new Fault("bad_input", "This is SPDX XML; SPDX is read as JSON, tag-value or JSON-LD.", { at, fix });
  }
  if (root === "SoftwareIdentity") {
    const fix = "Ask for the SBOM as CycloneDX or SPDX.";
    return new Fault("bad_input", "This is a SWID tag, which is not read.", { at, fix });
  }
  const reason = "This is XML, but no CycloneDX: its root is not <bom> in a CycloneDX namespace.";
  return new Fault("bad_input", reason, { at, fix: "Give a CycloneDX or SPDX document." });
}
