import * as z from "zod";
import { Fault } from "../../lib/fault.ts";
import { type JsonValue, member } from "../../lib/json.ts";
import { formatPurl, type PurlReading, parsePurl } from "../../lib/purl.ts";

const Parts = z.strictObject({
  type: z.string(),
  namespace: z.string().nullish(),
  name: z.string(),
  version: z.string().nullish(),
  qualifiers: z.record(z.string(), z.string()).nullish(),
  subpath: z.string().nullish(),
});

export const PURL_EXAMPLE = '"pkg:npm/left-pad@1.3.0"';
export const PARTS_EXAMPLE = '{"type":"npm","name":"left-pad","version":"1.3.0"}';

/** The parts of a package URL, absent ones null. It stands by itself, or as `purl` of an object, as in a CycloneDX component. */
export function purlParts(value: JsonValue, reading: PurlReading): JsonValue {
  const text = member(value, "purl") ?? value;
  if (typeof text !== "string")
    throw new Fault("bad_input", "A package URL is a text.", {
      fix: `Write ${PURL_EXAMPLE} or {"purl":${PURL_EXAMPLE}}`,
    });
  const { type, namespace, name, version, qualifiers, subpath } = parsePurl(text, reading);
  return {
    type,
    namespace,
    name,
    version,
    qualifiers: Object.keys(qualifiers).length === 0 ? null : qualifiers,
    subpath,
  };
}

/** The canonical package URL of parts as `purlParts` gives them. */
export function purlText(value: JsonValue): JsonValue {
  const parts = Parts.safeParse(value);
  if (!parts.success) {
    const issue = parts.error.issues[0];
    throw new Fault("bad_input", `These are not the parts of a package URL: ${issue?.message ?? "wrong shape"}.`, {
      at: issue?.path.join(".") || "purl",
      fix: 'Write {"type":"npm","namespace":null,"name":"…","version":"…","qualifiers":null,"subpath":null}',
    });
  }
  const { type, name, namespace = null, version = null, qualifiers, subpath = null } = parts.data;
  return formatPurl({ type, name, namespace, version, qualifiers: qualifiers ?? {}, subpath }, "strict");
}
