import { Fault } from "../../../lib/fault.ts";
import { nearest } from "../../../lib/nearest.ts";
import type { Component } from "../../devices/sbom/schema.ts";
import { nameOf } from "../assess/findings.ts";

const SHOWN = 10;

/**
 * The one component a person means: by bom-ref or SPDXID, package URL (its version and qualifiers may be left out), name,
 * `group/name` or `name@version`; letter case counts only where it has to. Fault `not_found` suggests
 * a name, `bad_input` lists those that could be meant.
 */
export function findComponent(components: readonly Component[], wanted: string): Component {
  const found = meant(components, wanted.trim());
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (only !== undefined)
    throw new Fault("bad_input", `${found.length} components are meant by "${wanted.slice(0, 80)}": ${list(found)}`, {
      at: "--component",
      fix: "Name one by its package URL, name@version or reference",
    });
  throw new Fault("not_found", `No component is called "${wanted.slice(0, 80)}"`, {
    at: "--component",
    fix: suggestion(components, wanted),
  });
}

const WAYS: readonly ((component: Component, wanted: string) => boolean)[] = [
  ({ ref }, wanted) => ref === wanted,
  ({ purl }, wanted) => purl === wanted,
  ({ cpes }, wanted) => cpes.includes(wanted),
  (component, wanted) => namesOf(component).includes(wanted),
  ({ purl }, wanted) =>
    purl !== null && wanted.startsWith("pkg:") && withoutQualifiers(purl) === withoutQualifiers(wanted),
  ({ purl }, wanted) => purl !== null && wanted.startsWith("pkg:") && withoutVersion(purl) === wanted,
  (component, wanted) => namesOf(component).some((name) => name.toLowerCase() === wanted.toLowerCase()),
];

function meant(components: readonly Component[], wanted: string): Component[] {
  for (const way of WAYS) {
    const found = components.filter((component) => way(component, wanted));
    if (found.length > 0) return found;
  }
  return [];
}

function namesOf(component: Component): string[] {
  const { name, group, version } = component;
  const names = [name, nameOf(component).name, ...(group === null ? [] : [`${group}:${name}`])];
  return version === null ? names : [...names, ...names.flatMap((one) => [`${one}@${version}`, `${one} ${version}`])];
}

const withoutQualifiers = (purl: string) => purl.replace(/[?#].*$/, "");
const withoutVersion = (purl: string) => withoutQualifiers(purl).replace(/@[^@/]*$/, "");

function suggestion(components: readonly Component[], wanted: string): string {
  const word = wanted.toLowerCase();
  const holding = components.filter(({ name }) => name.toLowerCase().includes(word));
  if (word !== "" && holding.length > 0) return `Did you mean ${list(holding)}?`;
  const near = nearest(wanted, [...new Set(components.map(({ name }) => name))]);
  return near === null ? "Name it as the SBOM does, or by its package URL" : `Did you mean ${near}?`;
}

function list(components: readonly Component[]): string {
  const shown = components.slice(0, SHOWN).map((one) => {
    const label = `${nameOf(one).name}${one.version === null ? "" : `@${one.version}`}`;
    return one.purl === null ? `${label} (reference ${one.ref})` : one.purl;
  });
  return `${shown.join(", ")}${components.length > SHOWN ? ` and ${components.length - SHOWN} more` : ""}`;
}
