import { type JsonObject, member } from "../../../lib/json.ts";
import { toComponent } from "./component.ts";
import type { Refs } from "./graph.ts";
import { type Reading, readObjects, readText } from "./reading.ts";
import type { Component, ComponentType } from "./schema.ts";
import { sourceInWords } from "./source-package.ts";
import { assertedText } from "./spdx-agents.ts";
import { purposeType } from "./spdx-purpose.ts";
import type { Spdx3Graph } from "./spdx3-graph.ts";

/** Classes whose instances are parts; null: the purpose decides. */
const PARTS: Record<string, ComponentType | null> = {
  software_Package: null,
  software_File: "file",
  ai_AIPackage: "machine-learning-model",
  dataset_DatasetPackage: "data",
};

/** The component an SPDX 3 element is; null when it is none (agents, relationships, licenses, snippets …). */
export function mapSpdx3Element(
  reading: Reading,
  refs: Refs,
  graph: Spdx3Graph,
  licenses: ReadonlyMap<string, readonly string[]>,
  object: JsonObject,
  at: string,
): Component | null {
  const kind = graph.typeOf(object);
  if (!Object.hasOwn(PARTS, kind)) return null;
  reading.countComponent(at);
  const text = (key: string) => readText(reading, object, key, at);
  const id = graph.idOf(object);
  const { purls, cpes } = readIdentifiers(reading, object, at);
  const packageUrl = text("software_packageUrl");
  const stated = {
    ref: refs.claim(id, at),
    type: PARTS[kind] ?? purposeType(text("software_primaryPurpose")),
    group: null,
    name: text("name"),
    version: assertedText(text("software_packageVersion")),
    purls: packageUrl === null ? purls : [packageUrl, ...purls],
    source: sourceInWords(text("software_sourceInfo")),
    cpes,
    hashes: readHashes(reading, graph, object, at),
    supplier: graph.nameOf(member(object, "suppliedBy")),
    licenses: id === null ? [] : (licenses.get(id) ?? []),
    parent: null,
  };
  return toComponent(reading, stated, at);
}

function readIdentifiers(reading: Reading, object: JsonObject, at: string): { purls: string[]; cpes: string[] } {
  const purls: string[] = [];
  const cpes: string[] = [];
  for (const { object: external, pointer } of readObjects(reading, object, "externalIdentifier", at)) {
    const type = readText(reading, external, "externalIdentifierType", pointer);
    const identifier = readText(reading, external, "identifier", pointer);
    if (identifier === null) continue;
    if (type === "packageUrl") purls.push(identifier);
    else if (type === "cpe22" || type === "cpe23") cpes.push(identifier);
  }
  return { purls, cpes };
}

function readHashes(
  reading: Reading,
  graph: Spdx3Graph,
  object: JsonObject,
  at: string,
): { algorithm: string; value: string }[] {
  const hashes: { algorithm: string; value: string }[] = [];
  for (const { object: method, pointer } of readObjects(reading, object, "verifiedUsing", at)) {
    if (graph.typeOf(method) !== "Hash") continue;
    const algorithm = readText(reading, method, "algorithm", pointer);
    const value = readText(reading, method, "hashValue", pointer);
    if (algorithm !== null && value !== null) hashes.push({ algorithm, value });
  }
  return hashes;
}
