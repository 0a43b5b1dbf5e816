import { isObject, type JsonObject, type JsonValue, member } from "../../../lib/json.ts";

/** The elements of an SPDX 3 document by identifier. */
export interface Spdx3Graph {
  get(id: string): JsonObject | undefined;
  /** An element given by reference or written out in place. */
  resolve(value: JsonValue | undefined): JsonObject | undefined;
  idOf(element: JsonObject): string | null;
  typeOf(element: JsonObject): string;
  /** The name of an agent or tool; null when the reference leads nowhere or it has none. */
  nameOf(value: JsonValue | undefined): string | null;
  relationships(): readonly { element: JsonObject; at: string }[];
  /** An element of this document, or one it imports from another. */
  isKnown(id: string): boolean;
}

export function createSpdx3Graph(elements: readonly { object: JsonObject; pointer: string }[]): Spdx3Graph {
  const idOf = (element: JsonObject) => textOf(element, "spdxId") ?? textOf(element, "@id");
  const byId = new Map<string, JsonObject>();
  for (const { object } of elements) {
    const id = idOf(object);
    if (id !== null && !byId.has(id)) byId.set(id, object);
  }
  const resolve = (value: JsonValue | undefined) =>
    typeof value === "string" ? byId.get(value) : isObject(value) ? value : undefined;
  const typeOf = (element: JsonObject) => textOf(element, "type") ?? textOf(element, "@type") ?? "";
  const imported = new Set(
    elements.flatMap(({ object }) => (typeOf(object) === "SpdxDocument" ? importedIds(object) : [])),
  );
  return {
    get: (id) => byId.get(id),
    resolve,
    idOf,
    typeOf,
    relationships: () =>
      elements.flatMap(({ object, pointer }) =>
        typeOf(object).endsWith("Relationship") ? [{ element: object, at: pointer }] : [],
      ),
    isKnown: (id) => byId.has(id) || imported.has(id),
    nameOf(value) {
      const agent = resolve(value);
      return agent === undefined ? null : textOf(agent, "name");
    },
  };
}

function importedIds(document: JsonObject): string[] {
  const imports = member(document, "import");
  return (Array.isArray(imports) ? imports : []).flatMap((entry) =>
    isObject(entry) ? (textOf(entry, "externalSpdxId") ?? []) : [],
  );
}

export function textOf(object: JsonObject, key: string): string | null {
  const value = member(object, key);
  return typeof value === "string" ? value.trim() || null : null;
}

/** The strings of a member that may be one or many, as JSON-LD allows. */
export function textsOf(object: JsonObject, key: string): string[] {
  const value = member(object, key);
  return (Array.isArray(value) ? value : [value]).filter((entry) => typeof entry === "string");
}
