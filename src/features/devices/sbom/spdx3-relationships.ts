import type { JsonObject } from "../../../lib/json.ts";
import { createDependencies } from "./graph.ts";
import type { Reading } from "./reading.ts";
import type { Sbom } from "./schema.ts";
import { type Spdx3Graph, textOf, textsOf } from "./spdx3-graph.ts";

const NEEDS = new Set([
  "dependsOn",
  "hasDynamicLink",
  "hasStaticLink",
  "hasOptionalDependency",
  "hasPrerequisite",
  "hasProvidedDependency",
]);

export interface Spdx3Relations {
  /** Component to the first one that is said to contain it. */
  containers: Map<string, string>;
  /** Component to its licenses: the declared ones, else the concluded. */
  licenses: Map<string, string[]>;
  dependencies(isComponent: (ref: string) => boolean): Sbom["dependencies"];
}

/** What SPDX 3 relationships say of needing, containing and licensing. */
export function mapSpdx3Relationships(reading: Reading, graph: Spdx3Graph): Spdx3Relations {
  const containers = new Map<string, string>();
  const declared = new Map<string, string[]>();
  const concluded = new Map<string, string[]>();
  const needs: { from: string; to: string[]; at: string }[] = [];
  for (const { element, at } of graph.relationships()) {
    const type = textOf(element, "relationshipType");
    const from = textOf(element, "from");
    if (type === null || from === null) {
      reading.report(at, "This relationship lacks an end or a type; it was left out.");
      continue;
    }
    const to = textsOf(element, "to");
    if (NEEDS.has(type)) needs.push({ from, to, at });
    else if (type === "contains") for (const ref of to) if (!containers.has(ref)) containers.set(ref, from);
    if (type === "hasDeclaredLicense") addLicenses(graph, declared, from, to);
    if (type === "hasConcludedLicense") addLicenses(graph, concluded, from, to);
  }
  return {
    containers,
    licenses: new Map([...concluded, ...declared]),
    dependencies(isComponent) {
      const dependencies = createDependencies();
      for (const { from, to, at } of needs) {
        if (!isComponent(from)) continue;
        dependencies.add(from, null);
        for (const ref of to) {
          if (isComponent(ref)) dependencies.add(from, ref);
          else if (!graph.isKnown(ref))
            reading.report(at, `No element has the identifier ${ref}; the dependency was left out.`);
        }
      }
      return dependencies.list();
    },
  };
}

function addLicenses(graph: Spdx3Graph, into: Map<string, string[]>, from: string, refs: readonly string[]): void {
  const licenses = refs.flatMap((ref) => licenseText(graph.get(ref), ref) ?? []);
  if (licenses.length > 0) into.set(from, [...(into.get(from) ?? []), ...licenses]);
}

/** The expression or name of a license element; listed licenses may be named by their address alone. */
function licenseText(element: JsonObject | undefined, ref: string): string | null {
  const listed = /^https?:\/\/spdx\.org\/licenses\/([^/]+)$/.exec(ref)?.[1] ?? null;
  if (element === undefined) return listed;
  const text = textOf(element, "simplelicensing_licenseExpression") ?? listed ?? textOf(element, "name");
  return text === null || /^(?:NOASSERTION|NONE)$/.test(text) ? null : text;
}
