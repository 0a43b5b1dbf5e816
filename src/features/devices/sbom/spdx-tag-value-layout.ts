import type { JsonObject, JsonValue } from "../../../lib/json.ts";
import type { Reading } from "./reading.ts";
import type { Tag } from "./spdx-tag-value.ts";

/** Tag to member of SPDX JSON, for tags that hold one text. */
const DOCUMENT_TEXTS: Record<string, string> = { DocumentName: "name", DocumentNamespace: "documentNamespace" };
const PACKAGE_TEXTS: Record<string, string> = {
  PackageVersion: "versionInfo",
  PackageSourceInfo: "sourceInfo",
  PackageSupplier: "supplier",
  PackageLicenseConcluded: "licenseConcluded",
  PackageLicenseDeclared: "licenseDeclared",
  PrimaryPackagePurpose: "primaryPackagePurpose",
};
/** Tags that begin something which is not read; what follows belongs to it. */
const OTHER_SECTIONS = new Set(["SnippetSPDXID", "LicenseID", "Annotator", "Reviewer"]);

export interface SpdxLayout {
  take(tag: Tag): void;
  /** The document in SPDX's JSON layout. */
  readonly document: JsonObject;
  version(): { value: string | null; line: number };
  /** `line:column` where an object of the document began. */
  place(object: JsonObject): string | undefined;
}

/** Builds the layout SPDX has in JSON from tags in document order. A file after a package is contained in it (SPDX 2.3, clause 8.1). */
export function createSpdxLayout(reading: Reading): SpdxLayout {
  const packages: JsonValue[] = [];
  const files: JsonValue[] = [];
  const relationships: JsonValue[] = [];
  const creators: JsonValue[] = [];
  const creationInfo: JsonObject = { creators };
  const document: JsonObject = { SPDXID: "SPDXRef-DOCUMENT", creationInfo, packages, files, relationships };
  const places = new WeakMap<JsonObject, string>([[document, "1:1"]]);
  let version: { value: string | null; line: number } = { value: null, line: 1 };
  let section: JsonObject | null = document;
  let owner: JsonObject | null = null;

  const begin = (list: JsonValue[], object: JsonObject, line: number): JsonObject => {
    places.set(object, `${line}:1`);
    list.push(object);
    return object;
  };
  const append = (object: JsonObject, key: string, value: JsonValue): void => {
    const list = object[key];
    if (Array.isArray(list)) list.push(value);
    else object[key] = [value];
  };
  const take = ({ name, value, line }: Tag): void => {
    const at = `${line}:1`;
    switch (name) {
      case "SPDXVersion":
        version = { value, line };
        return;
      case "Creator":
        creators.push(value);
        return;
      case "Created":
        places.set(creationInfo, at);
        creationInfo.created = value;
        return;
      case "Relationship": {
        const [from, type, to] = value.split(/\s+/);
        if (from === undefined || type === undefined || to === undefined) {
          reading.report(at, "This relationship lacks an end or a type; it was left out.");
        } else begin(relationships, { spdxElementId: from, relationshipType: type, relatedSpdxElement: to }, line);
        return;
      }
      case "PackageName":
        section = begin(packages, { name: value }, line);
        owner = section;
        return;
      case "FileName":
        section = begin(files, { fileName: value }, line);
        return;
      case "SPDXID":
        if (section === null) return;
        section.SPDXID = value;
        if (owner !== null && files.at(-1) === section) append(owner, "hasFiles", value);
        return;
    }
    if (OTHER_SECTIONS.has(name)) section = null;
    if (Object.hasOwn(DOCUMENT_TEXTS, name)) document[DOCUMENT_TEXTS[name] ?? name] = value;
    if (section === null || section === document) return;
    if (section === owner) takePackageTag(section, name, value, at);
    else takeFileTag(section, name, value, at);
  };
  const takePackageTag = (object: JsonObject, name: string, value: string, at: string): void => {
    if (Object.hasOwn(PACKAGE_TEXTS, name)) object[PACKAGE_TEXTS[name] ?? name] = value;
    else if (name === "PackageChecksum") takeChecksum(object, value, at);
    else if (name === "ExternalRef") {
      const [, type, ...locator] = value.split(/\s+/);
      if (type === undefined || locator.length === 0)
        reading.report(at, "This external reference lacks its type or locator; it was left out.");
      else append(object, "externalRefs", { referenceType: type, referenceLocator: locator.join(" ") });
    }
  };
  const takeFileTag = (object: JsonObject, name: string, value: string, at: string): void => {
    if (name === "LicenseConcluded") object.licenseConcluded = value;
    else if (name === "FileChecksum") takeChecksum(object, value, at);
  };
  const takeChecksum = (object: JsonObject, value: string, at: string): void => {
    const match = /^([^:]+):\s*(\S+)$/.exec(value);
    if (match === null) reading.report(at, "This checksum is not ALGORITHM: digits; it was left out.");
    else append(object, "checksums", { algorithm: match[1] ?? "", checksumValue: match[2] ?? "" });
  };
  return { take, document, version: () => version, place: (object) => places.get(object) };
}
