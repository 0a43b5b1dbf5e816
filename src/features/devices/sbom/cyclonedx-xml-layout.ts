import { isObject, type JsonObject, type JsonValue } from "../../../lib/json.ts";
import type { XmlElement } from "../../../lib/xml.ts";
import { TRIVY_SOURCE } from "./source-package.ts";

/** Elements that hold text only, as far as they are read. */
const TEXTS = new Set([
  "timestamp",
  "name",
  "version",
  "group",
  "purl",
  "cpe",
  "publisher",
  "id",
  "email",
  "vendor",
  "scope",
]);
/** Elements that become objects, with the attributes that become members. */
const OBJECTS: Record<string, readonly string[]> = {
  bom: ["serialNumber"],
  metadata: [],
  component: ["type", "bom-ref"],
  service: ["bom-ref"],
  tool: [],
  author: [],
  supplier: [],
  manufacturer: [],
  manufacture: [],
};
/** Elements that become lists, with the elements that become their items. */
const LISTS: Record<string, readonly string[]> = {
  components: ["component"],
  services: ["service"],
  authors: ["author"],
  hashes: ["hash"],
  licenses: ["license", "expression"],
  dependencies: ["dependency"],
  properties: ["property"],
};
/** Elements with a layout of their own, below. */
const SPECIAL = new Set(["hash", "license", "expression", "dependency", "tools", "property"]);

/** Elements whose place is named when something is wrong with them. */
const PLACED = new Set(["metadata", "component", "dependency"]);

/** An element being read: what is known of it before it closes. */
interface Open {
  element: XmlElement;
  text: string;
  children: Map<string, JsonValue[]>;
}

export interface LayoutBuilder {
  /** False: this element is not read, nor anything in it. */
  open(element: XmlElement): boolean;
  text(part: string): void;
  close(): void;
  /** The document in CycloneDX's JSON layout; complete once the root has closed. */
  readonly bom: JsonObject;
}

/** Turns CycloneDX elements into the layout CycloneDX has in JSON, one element at a time; `places` learns where each stood. */
export function createLayoutBuilder(places: WeakMap<JsonObject, string>): LayoutBuilder {
  const open: Open[] = [];
  const bom: JsonObject = {};
  return {
    bom,
    open(element) {
      const { name } = element;
      const isKnown =
        TEXTS.has(name) || SPECIAL.has(name) || Object.hasOwn(OBJECTS, name) || Object.hasOwn(LISTS, name);
      const isRead = isKnown && (name !== "property" || element.attribute("name")?.startsWith(TRIVY_SOURCE) === true);
      if (isRead) open.push({ element, text: "", children: new Map() });
      return isRead;
    },
    text(part) {
      const top = open.at(-1);
      if (top !== undefined) top.text += part;
    },
    close() {
      const closed = open.pop();
      if (closed === undefined) return;
      const value = layOut(closed);
      if (isObject(value) && PLACED.has(closed.element.name)) places.set(value, closed.element.at);
      const parent = open.at(-1);
      if (parent === undefined) Object.assign(bom, value);
      else {
        const siblings = parent.children.get(closed.element.name);
        if (siblings === undefined) parent.children.set(closed.element.name, [value]);
        else siblings.push(value);
      }
    },
  };
}

function layOut({ element, text, children }: Open): JsonValue {
  const { name } = element;
  if (TEXTS.has(name)) return text;
  const items = LISTS[name];
  if (items !== undefined) return items.flatMap((item) => children.get(item) ?? []);
  switch (name) {
    case "hash":
      return { alg: element.attribute("alg"), content: text };
    case "expression":
      return { expression: text };
    case "license":
      return { license: firsts(children) };
    case "property":
      return { name: element.attribute("name"), value: text };
    case "dependency":
      return { ref: element.attribute("ref"), dependsOn: refsOf(children.get("dependency") ?? []) };
    case "tools":
      return children.has("tool") ? (children.get("tool") ?? []) : firsts(children);
  }
  const object = firsts(children);
  for (const attribute of OBJECTS[name] ?? []) {
    const value = element.attribute(attribute);
    if (value !== null) object[attribute] = value;
  }
  return object;
}

function firsts(children: Map<string, JsonValue[]>): JsonObject {
  return Object.fromEntries([...children].map(([name, values]) => [name, values[0] ?? null]));
}

function refsOf(dependencies: JsonValue[]): JsonValue[] {
  return dependencies.flatMap((value) => (isObject(value) ? [value.ref ?? null] : []));
}
