import { Fault } from "../../../lib/fault.ts";
import { isObject, type JsonObject, type JsonValue, member } from "../../../lib/json.ts";
import { createRefs, cutParentCycles } from "./graph.ts";
import { type Reading, readObjects, readText } from "./reading.ts";
import { spdxContext } from "./recognize.ts";
import type { Component, Sbom } from "./schema.ts";
import { pickSubject } from "./spdx.ts";
import { mapSpdx3Element } from "./spdx3-component.ts";
import { createSpdx3Graph, type Spdx3Graph, textsOf } from "./spdx3-graph.ts";
import { mapSpdx3Relationships } from "./spdx3-relationships.ts";
import { readTimestamp } from "./timestamp.ts";

/**
 * SPDX 3.0 JSON-LD in the compact form its specification prescribes (SPDX 3.0.1, "Serialization"). Packages (software, AI, dataset)
 * and files are components. Faults `bad_input` on any other version.
 */
export function readSpdx3(reading: Reading, document: JsonObject): Sbom {
  const version = spdxContext(document);
  if (version !== "3.0") {
    const fix = "Write it as SPDX 3.0 JSON-LD.";
    throw new Fault("bad_input", "The SPDX version it states is not known here.", {
      at: `${reading.name} /@context`,
      fix,
    });
  }
  const elements = Object.hasOwn(document, "@graph")
    ? [...readObjects(reading, document, "@graph", "")]
    : [{ object: document, pointer: "" }];
  const graph = createSpdx3Graph(elements);
  const refs = createRefs(reading);
  const relations = mapSpdx3Relationships(reading, graph);
  const components = elements.flatMap(({ object, pointer }) => {
    const component = mapSpdx3Element(reading, refs, graph, relations.licenses, object, pointer);
    return component === null ? [] : [component];
  });
  const byRef = new Map(components.map((component) => [component.ref, component]));
  nest(byRef, relations.containers);
  cutParentCycles(reading, components, "/@graph");
  const about = elements.find(({ object }) => graph.typeOf(object) === "SpdxDocument");
  return {
    format: { standard: "SPDX", version, encoding: "json-ld" },
    serial: about === undefined ? null : graph.idOf(about.object),
    name: about === undefined ? null : readText(reading, about.object, "name", about.pointer),
    ...mapCreation(reading, graph, about ?? elements[0]),
    subject: pickSubject(rootRefs(graph, about?.object).flatMap((ref) => byRef.get(ref) ?? [])),
    components,
    dependencies: relations.dependencies((ref) => byRef.has(ref)),
    problems: reading.problems(),
  };
}

function nest(byRef: ReadonlyMap<string, Component>, containers: ReadonlyMap<string, string>): void {
  for (const [ref, container] of containers) {
    const component = byRef.get(ref);
    if (component !== undefined && ref !== container && byRef.has(container)) component.parent = container;
  }
}

/** The document's root elements; a collection among them (an SBOM) stands for its own roots. */
function rootRefs(graph: Spdx3Graph, document: JsonObject | undefined): string[] {
  if (document === undefined) return [];
  return textsOf(document, "rootElement").flatMap((ref) => {
    const element = graph.get(ref);
    const isCollection = element !== undefined && /^(?:software_Sbom|Bom|Bundle)$/.test(graph.typeOf(element));
    return isCollection ? textsOf(element, "rootElement") : [ref];
  });
}

function mapCreation(
  reading: Reading,
  graph: Spdx3Graph,
  about: { object: JsonObject; pointer: string } | undefined,
): Pick<Sbom, "createdAt" | "authors" | "tools"> {
  const info = about === undefined ? undefined : graph.resolve(member(about.object, "creationInfo"));
  if (about === undefined || !isObject(info)) {
    reading.report(about?.pointer ?? "/@graph", "The document does not say who made it and when (creationInfo).");
    return { createdAt: null, authors: [], tools: [] };
  }
  const names = (key: string) => listOf(member(info, key)).flatMap((agent) => graph.nameOf(agent) ?? []);
  const stated = readText(reading, info, "created", about.pointer);
  return {
    createdAt: readTimestamp(reading, stated, `${about.pointer}/creationInfo`),
    authors: names("createdBy"),
    tools: names("createdUsing"),
  };
}

function listOf(value: JsonValue | undefined): JsonValue[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
