import { Fault } from "../../../lib/fault.ts";
import type { JsonObject, JsonValue } from "../../../lib/json.ts";
import { parseXml, type XmlElement } from "../../../lib/xml.ts";

const NAMESPACE = /^http:\/\/cyclonedx\.org\/schema\/bom\/(\d+\.\d+)$/;

/** Elements that become lists, with the element that is an item. */
const LISTS: Readonly<Record<string, string>> = {
  components: "component",
  services: "service",
  authors: "author",
  vulnerabilities: "vulnerability",
  references: "reference",
  affects: "target",
  responses: "response",
  versions: "version",
};
/** Elements under which nothing that is read stands; some repeat names that are. */
const SKIPPED = new Set([
  "tools",
  "pedigree",
  "evidence",
  "licenses",
  "properties",
  "ratings",
  "credits",
  "annotations",
  "formulation",
  "declarations",
  "definitions",
  "compositions",
  "externalReferences",
]);
const ATTRIBUTES = ["bom-ref", "type", "version", "serialNumber"] as const;

interface Open {
  name: string;
  text: string;
  object: JsonObject;
  items: JsonValue[];
  children: number;
}

/** CycloneDX XML as far as VEX needs it, in the layout CycloneDX has in JSON. Fault `bad_input` for other XML, `too_large` beyond the limits. */
export function cyclonedxXmlAsJson(
  text: string,
  name: string,
  limits: { maxDepth: number; maxValues: number },
): JsonObject {
  const bom: JsonObject = { bomFormat: "CycloneDX" };
  const open: Open[] = [];
  let namespace: string | null = null;
  let skipped = 0;
  let values = 0;
  const start = (element: XmlElement) => {
    if (namespace === null) {
      namespace = element.namespace;
      const version = NAMESPACE.exec(namespace)?.[1];
      if (element.name !== "bom" || version === undefined)
        throw new Fault("bad_input", "This is XML, but no CycloneDX", {
          at: `${name}:${element.at}`,
          fix: "Give CycloneDX, OpenVEX or CSAF",
        });
      bom.specVersion = version;
    }
    values++;
    if (values > limits.maxValues)
      throw new Fault("too_large", `The document holds more than ${limits.maxValues} elements`, {
        at: `${name}:${element.at}`,
        fix: "Split it",
      });
    if (skipped > 0 || element.namespace !== namespace || SKIPPED.has(element.name)) {
      skipped++;
      return;
    }
    const object: JsonObject = open.length === 0 ? bom : {};
    for (const attribute of ATTRIBUTES) {
      const value = element.attribute(attribute);
      if (value !== null) object[attribute] = value;
    }
    open.push({ name: element.name, text: "", object, items: [], children: 0 });
  };
  parseXml(
    text,
    { name, maxDepth: limits.maxDepth },
    {
      open: start,
      text: (part) => {
        const top = open.at(-1);
        if (top !== undefined && skipped === 0) top.text += part;
      },
      close: () => {
        if (skipped > 0) {
          skipped--;
          return;
        }
        const closed = open.pop();
        const parent = open.at(-1);
        if (closed !== undefined && parent !== undefined) put(parent, closed);
      },
    },
  );
  return bom;
}

function put(parent: Open, closed: Open): void {
  const { name } = closed;
  parent.children++;
  const list = LISTS[name];
  const value: JsonValue =
    list !== undefined
      ? closed.items
      : closed.children > 0 || Object.keys(closed.object).length > 0
        ? closed.object
        : closed.text;
  if (LISTS[parent.name] === name) parent.items.push(value);
  else if (!Object.hasOwn(parent.object, keyOf(name))) parent.object[keyOf(name)] = value;
}

/** The one list whose name differs from the one in JSON. */
const keyOf = (name: string) => (name === "responses" ? "response" : name);
