import type { Component, NtiaElement, Sbom, SbomQuality } from "./schema.ts";

/**
 * What an SBOM lacks of the minimum elements (NTIA, "The Minimum Elements For a Software Bill of Materials", 2021, section III):
 * supplier, name, version, another unique identifier (purl or CPE) and a relationship for each component;
 * author and timestamp for the document. A tool is no author. Plain files are left out where packages are listed.
 */
export function ntiaQuality(sbom: Sbom): SbomQuality {
  const packages = sbom.components.filter((component) => component.type !== "file");
  const judged = packages.length > 0 ? packages : sbom.components;
  const related = relatedRefs(sbom);
  const counts = new Map<NtiaElement, number>();
  const incomplete: SbomQuality["incomplete"] = [];
  for (const component of judged) {
    const missing = missingElements(component, related);
    for (const element of missing) counts.set(element, (counts.get(element) ?? 0) + 1);
    if (missing.length > 0) incomplete.push({ ref: component.ref, missing });
  }
  return {
    components: judged.length,
    complete: judged.length === 0 ? 0 : (judged.length - incomplete.length) / judged.length,
    documentLacks: documentLacks(sbom),
    lacking: [...counts].map(([element, count]) => ({ element, count })).sort((a, b) => b.count - a.count),
    incomplete,
  };
}

function missingElements(component: Component, related: ReadonlySet<string>): NtiaElement[] {
  const checks: [NtiaElement, boolean][] = [
    ["supplier", component.supplier !== null],
    ["name", component.name !== ""],
    ["version", component.version !== null],
    ["identifier", component.purl !== null || component.cpes.length > 0],
    ["relationship", related.has(component.ref)],
  ];
  return checks.flatMap(([element, present]) => (present ? [] : [element]));
}

function documentLacks(sbom: Sbom): NtiaElement[] {
  const lacks: NtiaElement[] = [];
  if (sbom.authors.length === 0) lacks.push("author");
  if (sbom.createdAt === null) lacks.push("timestamp");
  return lacks;
}

/** Components the document relates to another: in the dependency graph, nested, holding others, or its subject. */
function relatedRefs(sbom: Sbom): Set<string> {
  const related = new Set<string>();
  if (sbom.subject !== null) related.add(sbom.subject.ref);
  for (const { ref, dependsOn } of sbom.dependencies) {
    related.add(ref);
    for (const target of dependsOn) related.add(target);
  }
  for (const { ref, parent } of sbom.components) {
    if (parent === null) continue;
    related.add(ref);
    related.add(parent);
  }
  return related;
}
