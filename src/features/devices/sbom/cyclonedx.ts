import { isObject, type JsonObject, member } from "../../../lib/json.ts";
import { toComponent } from "./component.ts";
import { readCycloneDxDocument } from "./cyclonedx-document.ts";
import { createDependencies, createRefs, type Refs } from "./graph.ts";
import { type Locate, type Reading, readObjects, readText, readTexts } from "./reading.ts";
import { type Component, ComponentScope, ComponentType, type Sbom, type SbomFormat } from "./schema.ts";
import { sourceInProperties } from "./source-package.ts";

/** A CycloneDX document in its JSON layout (ECMA-424, clause 8), whichever encoding it came in. */
export function mapCycloneDx(reading: Reading, bom: JsonObject, locate: Locate, format: SbomFormat): Sbom {
  const refs = createRefs(reading);
  const metadata = member(bom, "metadata");
  const about = isObject(metadata) ? metadata : {};
  const components: Component[] = [];
  let subject: Component | null = null;
  const main = member(about, "component");
  if (isObject(main)) {
    const at = "/metadata/component";
    subject = mapComponent(reading, refs, { object: main, pointer: at, parent: null }, locate);
    mapNested(reading, refs, main, at, subject.ref, locate, components);
  }
  mapNested(reading, refs, bom, "", null, locate, components);
  return {
    format,
    serial: readText(reading, bom, "serialNumber", ""),
    name: subject?.name ?? null,
    ...readCycloneDxDocument(reading, about, locate),
    subject,
    components,
    dependencies: mapDependencies(reading, bom, refs, locate),
    problems: reading.problems(),
  };
}

interface Nested {
  object: JsonObject;
  pointer: string;
  parent: string | null;
}

/** Depth first in document order, without recursion: components nest hundreds of levels deep. */
function mapNested(
  reading: Reading,
  refs: Refs,
  root: JsonObject,
  rootPointer: string,
  parent: string | null,
  locate: Locate,
  into: Component[],
): void {
  const open = [{ children: readObjects(reading, root, "components", rootPointer), parent }];
  for (let level = open.at(-1); level !== undefined; level = open.at(-1)) {
    const { value: child } = level.children.next();
    if (child === undefined) {
      open.pop();
      continue;
    }
    const component = mapComponent(reading, refs, { ...child, parent: level.parent }, locate);
    into.push(component);
    if (Object.hasOwn(child.object, "components")) {
      open.push({ children: readObjects(reading, child.object, "components", child.pointer), parent: component.ref });
    }
  }
}

function mapComponent(reading: Reading, refs: Refs, { object, pointer, parent }: Nested, locate: Locate): Component {
  const at = locate(object, pointer);
  reading.countComponent(at);
  const text = (key: string) => readText(reading, object, key, at);
  const purl = text("purl");
  const cpe = text("cpe");
  const stated = {
    ref: refs.claim(text("bom-ref"), at),
    type: readType(reading, text("type"), at),
    ...readScope(reading, text("scope"), at),
    group: text("group"),
    name: text("name"),
    version: text("version"),
    purls: purl === null ? [] : [purl],
    source: sourceInProperties(object),
    cpes: cpe === null ? [] : [cpe],
    hashes: readHashes(reading, object, pointer),
    supplier:
      organizationName(reading, object, "supplier", at) ??
      organizationName(reading, object, "manufacturer", at) ??
      text("publisher"),
    licenses: readLicenses(reading, object, pointer),
    parent,
  };
  return toComponent(reading, stated, at);
}

function readHashes(reading: Reading, object: JsonObject, pointer: string): { algorithm: string; value: string }[] {
  const hashes: { algorithm: string; value: string }[] = [];
  for (const hash of readObjects(reading, object, "hashes", pointer)) {
    const algorithm = readText(reading, hash.object, "alg", hash.pointer);
    const value = readText(reading, hash.object, "content", hash.pointer);
    if (algorithm !== null && value !== null) hashes.push({ algorithm, value });
  }
  return hashes;
}

function readType(reading: Reading, type: string | null, at: string): ComponentType {
  const known = ComponentType.safeParse(type);
  if (known.success) return known.data;
  reading.report(
    at,
    type === null ? "It has no type; it is taken as a library." : "Its type is unknown; it is taken as a library.",
  );
  return "library";
}

function readScope(reading: Reading, scope: string | null, at: string): { scope?: ComponentScope } {
  const known = ComponentScope.safeParse(scope);
  if (known.success) return { scope: known.data };
  if (scope !== null) reading.report(at, "Its scope is none of required, optional, excluded; it was left out.");
  return {};
}

function organizationName(reading: Reading, object: JsonObject, key: string, at: string): string | null {
  const value = member(object, key);
  if (value === undefined || value === null) return null;
  if (isObject(value)) return readText(reading, value, "name", `${at}/${key}`);
  reading.report(`${at}/${key}`, `${key} is not an object; it was left out.`);
  return null;
}

function readLicenses(reading: Reading, object: JsonObject, pointer: string): string[] {
  const licenses: string[] = [];
  for (const { object: choice, pointer: at } of readObjects(reading, object, "licenses", pointer)) {
    const license = member(choice, "license");
    const stated = isObject(license)
      ? (readText(reading, license, "id", at) ?? readText(reading, license, "name", at))
      : readText(reading, choice, "expression", at);
    if (stated !== null) licenses.push(stated);
    else if (!isObject(license)) reading.report(at, "This is neither a license nor an expression; it was left out.");
  }
  return licenses;
}

function mapDependencies(reading: Reading, bom: JsonObject, refs: Refs, locate: Locate): Sbom["dependencies"] {
  const dependencies = createDependencies();
  const services = serviceRefs(reading, bom);
  for (const { object, pointer } of readObjects(reading, bom, "dependencies", "")) {
    const at = locate(object, pointer);
    const from = readText(reading, object, "ref", at);
    if (from === null || !refs.has(from)) {
      if (from === null) reading.report(at, "This dependency names no ref; it was left out.");
      else if (!services.has(from))
        reading.report(at, `No component has the reference ${from}; its dependencies were left out.`);
      continue;
    }
    dependencies.add(from, null);
    for (const to of readTexts(reading, object, "dependsOn", pointer)) {
      if (refs.has(to)) dependencies.add(from, to);
      else if (!services.has(to))
        reading.report(at, `No component has the reference ${to}; the dependency was left out.`);
    }
  }
  return dependencies.list();
}

/** Services are no parts of a device, but dependencies may name them. */
function serviceRefs(reading: Reading, bom: JsonObject): Set<string> {
  const found = new Set<string>();
  const open = [readObjects(reading, bom, "services", "")];
  for (let level = open.at(-1); level !== undefined; level = open.at(-1)) {
    const { value: service } = level.next();
    if (service === undefined) {
      open.pop();
      continue;
    }
    const ref = readText(reading, service.object, "bom-ref", service.pointer);
    if (ref !== null) found.add(ref);
    open.push(readObjects(reading, service.object, "services", service.pointer));
  }
  return found;
}
