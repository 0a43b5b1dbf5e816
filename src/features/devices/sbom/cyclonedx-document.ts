import { isObject, type JsonObject, member } from "../../../lib/json.ts";
import { type Locate, type Reading, readObjects, readText } from "./reading.ts";
import type { Sbom } from "./schema.ts";
import { readTimestamp } from "./timestamp.ts";

/** Who made the document, with what and when: CycloneDX `metadata`. */
export function readCycloneDxDocument(
  reading: Reading,
  metadata: JsonObject,
  locate: Locate,
): Pick<Sbom, "createdAt" | "authors" | "tools"> {
  const at = locate(metadata, "/metadata");
  return {
    createdAt: readTimestamp(reading, readText(reading, metadata, "timestamp", at), at),
    authors: readAuthors(reading, metadata),
    tools: readTools(reading, metadata),
  };
}

/** People named as authors, and the maker of the BOM: `manufacturer` since 1.6, `manufacture` before. */
function readAuthors(reading: Reading, metadata: JsonObject): string[] {
  const people = [...readObjects(reading, metadata, "authors", "/metadata")].map(
    ({ object, pointer }) => readText(reading, object, "name", pointer) ?? readText(reading, object, "email", pointer),
  );
  const makers = ["manufacturer", "manufacture"].map((key) => {
    const maker = member(metadata, key);
    return isObject(maker) ? readText(reading, maker, "name", `/metadata/${key}`) : null;
  });
  return [...people, ...makers].filter((name) => name !== null);
}

/** A list of tools until 1.4; since 1.5 also an object of components and services. */
function readTools(reading: Reading, metadata: JsonObject): string[] {
  const tools = member(metadata, "tools");
  const entries = isObject(tools)
    ? ["components", "services"].flatMap((key) => [...readObjects(reading, tools, key, "/metadata/tools")])
    : [...readObjects(reading, metadata, "tools", "/metadata")];
  return entries.flatMap(({ object, pointer }) => {
    const owner = readText(reading, object, "vendor", pointer) ?? readText(reading, object, "group", pointer);
    const parts = [owner, readText(reading, object, "name", pointer), readText(reading, object, "version", pointer)];
    const tool = parts.filter((part) => part !== null).join(" ");
    return tool === "" ? [] : [tool];
  });
}
