import { isObject, type JsonObject, member } from "../../../lib/json.ts";
import { toComponent } from "./component.ts";
import { createRefs, cutParentCycles, type Refs } from "./graph.ts";
import { type Locate, type Reading, readObjects, readText, readTexts } from "./reading.ts";
import type { Component, Sbom, SbomFormat } from "./schema.ts";
import { sourceInWords } from "./source-package.ts";
import { agentName, assertedText, splitCreators } from "./spdx-agents.ts";
import { readSpdxIdentifiers } from "./spdx-external-refs.ts";
import { purposeType } from "./spdx-purpose.ts";
import { mapRelationships } from "./spdx-relationships.ts";
import { readTimestamp } from "./timestamp.ts";

/**
 * An SPDX 2 document in its JSON layout (SPDX 2.3, annex F), whichever encoding it came in. `root` is where it stands in the file.
 * Packages and files are components; what one CONTAINS is nested in it.
 */
export function mapSpdx(reading: Reading, document: JsonObject, locate: Locate, format: SbomFormat, root = ""): Sbom {
  const refs = createRefs(reading);
  const components: Component[] = [];
  const containers = new Map<string, string>();
  for (const { object, pointer } of readObjects(reading, document, "packages", root)) {
    components.push(mapPackage(reading, refs, object, pointer, locate));
    nameFiles(reading, object, pointer, containers);
  }
  for (const { object, pointer } of readObjects(reading, document, "files", root)) {
    components.push(mapFile(reading, refs, object, pointer, locate));
  }
  const byRef = new Map(components.map((component) => [component.ref, component]));
  const { described, dependencies, containers: related } = mapRelationships(reading, document, refs, locate, root);
  for (const [ref, container] of related) containers.set(ref, container);
  for (const [ref, container] of containers) {
    const component = byRef.get(ref);
    if (component !== undefined && component.ref !== container && byRef.has(container)) component.parent = container;
  }
  cutParentCycles(reading, components, locate(document, root));
  return {
    format,
    serial: readText(reading, document, "documentNamespace", root),
    name: readText(reading, document, "name", root),
    ...mapCreation(reading, document, locate, root),
    subject: pickSubject(described.flatMap((ref) => byRef.get(ref) ?? [])),
    components,
    dependencies,
    problems: reading.problems(),
  };
}

/** The one component the document describes; of several the one package. Null when that leaves none or many. */
export function pickSubject(described: readonly Component[]): Component | null {
  const distinct = [...new Set(described)];
  const packages = distinct.filter((component) => component.type !== "file");
  const [only, ...others] = packages.length > 0 ? packages : distinct;
  return only === undefined || others.length > 0 ? null : only;
}

function mapPackage(reading: Reading, refs: Refs, object: JsonObject, pointer: string, locate: Locate): Component {
  const at = locate(object, pointer);
  reading.countComponent(at);
  const text = (key: string) => readText(reading, object, key, at);
  const { purls, cpes } = readSpdxIdentifiers(reading, object, pointer);
  const license = assertedText(text("licenseDeclared")) ?? assertedText(text("licenseConcluded"));
  const stated = {
    ref: refs.claim(text("SPDXID"), at),
    type: purposeType(text("primaryPackagePurpose")),
    group: null,
    name: text("name"),
    version: assertedText(text("versionInfo")),
    purls,
    source: sourceInWords(text("sourceInfo")),
    cpes,
    hashes: readChecksums(reading, object, pointer),
    supplier: agentName(text("supplier")),
    licenses: license === null ? [] : [license],
    parent: null,
  };
  return toComponent(reading, stated, at);
}

function mapFile(reading: Reading, refs: Refs, object: JsonObject, pointer: string, locate: Locate): Component {
  const at = locate(object, pointer);
  reading.countComponent(at);
  const text = (key: string) => readText(reading, object, key, at);
  const license = assertedText(text("licenseConcluded"));
  const stated = {
    ref: refs.claim(text("SPDXID"), at),
    type: "file" as const,
    group: null,
    name: text("fileName"),
    version: null,
    purls: [],
    cpes: [],
    hashes: readChecksums(reading, object, pointer),
    supplier: null,
    licenses: license === null ? [] : [license],
    parent: null,
  };
  return toComponent(reading, stated, at);
}

function readChecksums(reading: Reading, object: JsonObject, pointer: string): { algorithm: string; value: string }[] {
  const checksums: { algorithm: string; value: string }[] = [];
  for (const checksum of readObjects(reading, object, "checksums", pointer)) {
    const algorithm = readText(reading, checksum.object, "algorithm", checksum.pointer);
    const value = readText(reading, checksum.object, "checksumValue", checksum.pointer);
    if (algorithm !== null && value !== null) checksums.push({ algorithm, value });
  }
  return checksums;
}

/** `hasFiles`: how JSON names a package's files without relationships. */
function nameFiles(reading: Reading, object: JsonObject, pointer: string, containers: Map<string, string>): void {
  const owner = member(object, "SPDXID");
  if (typeof owner !== "string" || !Object.hasOwn(object, "hasFiles")) return;
  for (const file of readTexts(reading, object, "hasFiles", pointer))
    if (!containers.has(file)) containers.set(file, owner);
}

function mapCreation(
  reading: Reading,
  document: JsonObject,
  locate: Locate,
  root: string,
): Pick<Sbom, "createdAt" | "authors" | "tools"> {
  const info = member(document, "creationInfo");
  if (!isObject(info)) {
    reading.report(locate(document, root), "The document does not say who made it and when (creationInfo).");
    return { createdAt: null, authors: [], tools: [] };
  }
  const at = locate(info, `${root}/creationInfo`);
  return {
    createdAt: readTimestamp(reading, readText(reading, info, "created", at), at),
    ...splitCreators(readTexts(reading, info, "creators", `${root}/creationInfo`)),
  };
}
