import { isObject, type JsonObject, type JsonValue, member } from "../../../lib/json.ts";
import type { VexPart } from "./schema.ts";
import { listOf, NO_PART, textOf } from "./take-statement.ts";

export interface PartsByRef {
  /** What the document is about: `metadata.component`. */
  subject: VexPart | null;
  /** The part a `bom-ref` names, or a BOM-Link or package URL names outside this document. */
  find(ref: string): VexPart | null;
}

/** The components and services of a CycloneDX document by their `bom-ref`. */
export function cyclonedxParts(bom: JsonObject): PartsByRef {
  const byRef = new Map<string, VexPart>();
  const subjectObject = member(member(bom, "metadata"), "component");
  const open: JsonValue[] = [...listOf(bom, "components"), ...listOf(bom, "services")];
  if (isObject(subjectObject)) open.push(subjectObject);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const ref = textOf(next, "bom-ref");
    if (ref !== null && !byRef.has(ref)) byRef.set(ref, partOf(next, ref));
    for (const child of [...listOf(next, "components"), ...listOf(next, "services")]) open.push(child);
  }
  const subject = isObject(subjectObject) ? partOf(subjectObject, textOf(subjectObject, "bom-ref")) : null;
  const serial = (textOf(bom, "serialNumber") ?? "").replace(/^urn:uuid:/i, "").toLowerCase();
  return {
    subject: subject?.name == null && subject?.ref == null ? null : subject,
    find(ref) {
      const known = byRef.get(ref);
      if (known !== undefined) return known;
      const link = /^urn:cdx:([^/#]+)(?:\/\d+)?(?:#(.*))?$/i.exec(ref);
      const inside = link?.[1]?.toLowerCase() === serial ? byRef.get(decoded(link?.[2] ?? "")) : undefined;
      if (inside !== undefined) return inside;
      if (link !== null) return { ...NO_PART, ref };
      return ref.startsWith("pkg:") ? { ...NO_PART, ref, purls: [ref] } : null;
    },
  };
}

function partOf(value: JsonValue, ref: string | null): VexPart {
  const group = textOf(value, "group");
  const name = textOf(value, "name");
  const purl = textOf(value, "purl");
  const cpe = textOf(value, "cpe");
  return {
    ref,
    name: name === null || group === null ? name : `${group}/${name}`,
    version: textOf(value, "version"),
    range: null,
    purls: purl === null ? [] : [purl],
    cpes: cpe === null ? [] : [cpe],
  };
}

export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
