import { purlIdentity } from "./identifiers.ts";
import type { Component, ComponentChange, Sbom, SbomDiff } from "./schema.ts";

/**
 * What differs between two SBOMs. A component is the same one when its purl without version and qualifiers is, else when group,
 * name and type are. Of several alike, equal versions are paired first, the rest in order of their version text; versions are
 * never ordered as older or newer. Hashes are compared where the version stayed. What the documents describe is left out.
 */
export function diffSboms(before: Sbom, after: Sbom): SbomDiff {
  const old = groupByIdentity(before);
  const fresh = groupByIdentity(after);
  const removed: ComponentChange[] = [];
  const added: ComponentChange[] = [];
  const changed: ComponentChange[][] = [];
  let unchanged = 0;
  for (const identity of new Set([...old.keys(), ...fresh.keys()])) {
    for (const [was, is] of pair(old.get(identity) ?? [], fresh.get(identity) ?? [])) {
      if (is === null) removed.push({ kind: "removed", before: was, after: null, from: null, to: null });
      else if (was === null) added.push({ kind: "added", before: null, after: is, from: null, to: null });
      else {
        const changes = compare(was, is);
        if (changes.length > 0) changed.push(changes);
        else unchanged++;
      }
    }
  }
  return {
    added: added.length,
    removed: removed.length,
    changed: changed.length,
    unchanged,
    changes: [...removed.sort(byName), ...added.sort(byName), ...changed.flat().sort(byName)],
  };
}

function groupByIdentity(sbom: Sbom): Map<string, Component[]> {
  const groups = new Map<string, Component[]>();
  for (const component of sbom.components) {
    if (component.ref === sbom.subject?.ref) continue;
    const identity = identityOf(component);
    const group = groups.get(identity);
    if (group === undefined) groups.set(identity, [component]);
    else group.push(component);
  }
  return groups;
}

function identityOf(component: Component): string {
  if (component.purl !== null) return purlIdentity(component.purl);
  return JSON.stringify([component.group, component.name, component.type]);
}

type Pair = [Component, Component] | [Component, null] | [null, Component];

function pair(before: readonly Component[], after: readonly Component[]): Pair[] {
  const pairs: Pair[] = [];
  const byVersion = new Map<string | null, Component[]>();
  for (const component of after) {
    const alike = byVersion.get(component.version);
    if (alike === undefined) byVersion.set(component.version, [component]);
    else alike.push(component);
  }
  const left = before.filter((component) => {
    const match = byVersion.get(component.version)?.shift();
    if (match !== undefined) pairs.push([component, match]);
    return match === undefined;
  });
  const right = [...byVersion.values()].flat().sort(byVersionText);
  for (const component of left.sort(byVersionText)) {
    const match = right.shift();
    pairs.push(match === undefined ? [component, null] : [component, match]);
  }
  for (const component of right) pairs.push([null, component]);
  return pairs;
}

function compare(before: Component, after: Component): ComponentChange[] {
  const changes: ComponentChange[] = [];
  const note = (kind: ComponentChange["kind"], from: string | null, to: string | null) => {
    if (from !== to) changes.push({ kind, before, after, from, to });
  };
  note("version", before.version, after.version);
  note("supplier", before.supplier, after.supplier);
  note("license", listed(before.licenses), listed(after.licenses));
  if (before.version === after.version) note("hash", hashText(before), hashText(after));
  return changes;
}

function listed(texts: readonly string[]): string | null {
  return texts.length === 0 ? null : [...texts].sort().join(", ");
}

function hashText(component: Component): string | null {
  return listed(component.hashes.map(({ algorithm, value }) => `${algorithm}:${value}`));
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const byVersionText = (a: Component, b: Component) => compareText(a.version ?? "", b.version ?? "");
const byName = (a: ComponentChange, b: ComponentChange) => compareText(nameOf(a), nameOf(b));
const nameOf = ({ before, after }: ComponentChange) => (before ?? after)?.name ?? "";
