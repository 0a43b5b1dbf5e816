import type { Component } from "../sbom/schema.ts";
import type { Layout } from "./lay-out.ts";

/** Components as the table keeps them: their place in the tree, what they lack, and what identifies them through versions. */
export const componentRows = (
  components: readonly Component[],
  { parents, depths, children }: Layout,
  missing: ReadonlyMap<string, readonly string[]>,
  identityOf: (component: Component) => string,
) =>
  components.map((component, ordinal) => ({
    ordinal,
    ref: component.ref,
    type: component.type,
    scope: component.scope ?? null,
    groupName: component.group,
    name: component.name,
    version: component.version,
    purl: component.purl,
    source: component.source ?? null,
    cpes: component.cpes,
    hashes: component.hashes,
    supplier: component.supplier,
    licenses: component.licenses,
    nestedIn: component.parent,
    identity: identityOf(component),
    parent: parents[ordinal] ?? null,
    depth: depths[ordinal] ?? 0,
    children: children[ordinal] ?? 0,
    missing: [...(missing.get(component.ref) ?? [])],
  }));
