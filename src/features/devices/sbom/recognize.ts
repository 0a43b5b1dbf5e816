import { Fault } from "../../../lib/fault.ts";
import { isObject, type JsonObject, type JsonValue, member } from "../../../lib/json.ts";

export type TextKind = "json" | "xml" | "tag-value";

const CONVERT = "Ask for the SBOM as CycloneDX or SPDX, or convert it.";
const SPDX_FIX = "Convert it to SPDX JSON or tag-value.";

/** What kind of text a document is, by content only. Faults `bad_input` for kinds that are known and not read, and for the rest. */
export function recognizeText(text: string, name: string): TextKind {
  const first = text.search(/\S/);
  const start = text.slice(first, first + 65_536);
  if (first < 0) throw new Fault("bad_input", "The file holds nothing but white space.", { at: name });
  if (start[0] === "<") return "xml";
  if (start[0] === "{") return "json";
  if (/^SPDXVersion:/m.test(start)) return "tag-value";
  if (/^[ \t]*["']?spdxVersion["']?[ \t]*:/m.test(start)) {
    const reason = "This is SPDX YAML; SPDX is read as JSON, tag-value or JSON-LD.";
    throw new Fault("bad_input", reason, { at: name, fix: SPDX_FIX });
  }
  if (isProtobufText(start)) {
    const fix = "Convert it to CycloneDX JSON or XML.";
    throw new Fault("bad_input", "This is CycloneDX as Protocol Buffers text, which is not read.", { at: name, fix });
  }
  throw new Fault("bad_input", "This is no SBOM in a format known here.", { at: name, fix: CONVERT });
}

/** Its first line that is no comment opens one of the fields of a CycloneDX Bom message. */
function isProtobufText(start: string): boolean {
  const first = start.split("\n", 100).find((line) => line.trim() !== "" && !line.startsWith("#"));
  return /^(?:spec_version|version|serial_number)\s*:|^(?:metadata|components|services|dependencies)\s*:?\s*\{/.test(
    first ?? "",
  );
}

/** First bytes of kinds of files that are no text, as Latin-1. */
const BINARIES: readonly (readonly [string, string, string])[] = [
  ["\u001f\u008b", "a gzip archive", "Unpack it first."],
  ["PK\u0003\u0004", "a zip archive", "Unpack it first."],
  ["\u0028\u00b5\u002f\u00fd", "a zstandard archive", "Unpack it first."],
  ["\u00fd7zXZ", "an xz archive", "Unpack it first."],
  ["%PDF-", "a PDF", CONVERT],
  ["\n\u00031.", "CycloneDX as Protocol Buffers", "Convert it to CycloneDX JSON or XML."],
];

/** Faults `bad_input` when the bytes are a known kind that is not text. */
export function refuseBinary(bytes: Uint8Array, name: string): void {
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  for (const [signature, kind, fix] of BINARIES) {
    if (start.startsWith(signature))
      throw new Fault("bad_input", `This is ${kind}, which is not read.`, { at: name, fix });
  }
}

/** `pointer`: where in the file the document stands. */
export type JsonKind = { standard: "CycloneDX" | "SPDX 2" | "SPDX 3"; document: JsonObject; pointer: string };

/** Which SBOM standard a JSON document follows. Faults `bad_input`, naming the format where it is known, when it is none. */
export function recognizeJson(value: JsonValue, name: string): JsonKind {
  if (!isObject(value))
    throw new Fault("bad_input", "This is JSON, but no SBOM: it is not an object.", { at: name, fix: CONVERT });
  const has = (key: string) => Object.hasOwn(value, key);
  if (member(value, "bomFormat") === "CycloneDX" || isCycloneDxSchema(value))
    return { standard: "CycloneDX", document: value, pointer: "" };
  if (has("spdxVersion")) return { standard: "SPDX 2", document: value, pointer: "" };
  if (spdxContext(value) !== null) return { standard: "SPDX 3", document: value, pointer: "" };
  if (has("specVersion") && has("components")) return { standard: "CycloneDX", document: value, pointer: "" };
  const wrapped = member(value, "sbom");
  if (isObject(wrapped) && Object.hasOwn(wrapped, "spdxVersion"))
    return { standard: "SPDX 2", document: wrapped, pointer: "/sbom" };
  for (const [what, looksLike, fix] of OTHERS) {
    if (looksLike(value)) throw new Fault("bad_input", `This is ${what}, not an SBOM.`, { at: name, fix });
  }
  const reason = "This is JSON, but no SBOM: it has none of bomFormat, spdxVersion and an SPDX @context.";
  throw new Fault("bad_input", reason, { at: name, fix: CONVERT });
}

const OTHERS: readonly (readonly [string, (value: JsonObject) => boolean, string])[] = [
  [
    "a signed envelope (DSSE)",
    (value) => Object.hasOwn(value, "payloadType") && Object.hasOwn(value, "payload"),
    "Verify it and take the SBOM out of its payload.",
  ],
  ["an in-toto statement", (value) => Object.hasOwn(value, "predicateType"), "Take the SBOM out of its predicate."],
  [
    "an OpenVEX document",
    (value) => JSON.stringify(member(value, "@context") ?? null).includes("openvex"),
    "Load it as a VEX document.",
  ],
  ["a CSAF advisory", (value) => member(member(value, "document"), "csaf_version") !== undefined, "Load it as a feed."],
  [
    "a Trivy report",
    (value) => Object.hasOwn(value, "SchemaVersion") && Object.hasOwn(value, "Results"),
    "Run trivy with --format cyclonedx.",
  ],
  [
    "Syft's own JSON",
    (value) => Object.hasOwn(value, "artifacts") && Object.hasOwn(value, "descriptor"),
    "Run syft with -o cyclonedx-json.",
  ],
];

function isCycloneDxSchema(value: JsonObject): boolean {
  const schema = member(value, "$schema");
  return typeof schema === "string" && /^https?:\/\/cyclonedx\.org\/schema\/bom-/.test(schema);
}

/** The version in an SPDX 3 `@context`, null when there is none. */
export function spdxContext(value: JsonObject): string | null {
  const context = member(value, "@context");
  for (const entry of Array.isArray(context) ? context : [context]) {
    const version =
      typeof entry === "string" ? /^https?:\/\/spdx\.org\/rdf\/(\d+\.\d+)(?:\.\d+)?\//.exec(entry)?.[1] : undefined;
    if (version !== undefined) return version;
  }
  return null;
}
