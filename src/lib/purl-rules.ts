import { Fault } from "./fault.ts";
import type { Purl, PurlReading } from "./purl.ts";
import { PURL_TYPES, type PurlPart, type PurlType } from "./purl-types.ts";

export const refusePurl = (at: string, reason: string, fix: string) =>
  new Fault("bad_input", `Not a package URL: ${reason}`, { at, fix });

/** The rules of a type; undefined for a type nobody registered. */
export function rulesOf(type: string): PurlType | undefined {
  const key = type.toLowerCase();
  return Object.hasOwn(PURL_TYPES, key) ? PURL_TYPES[key] : undefined;
}

/** Applies the rules of the type: case, spelling, what is required or forbidden. Unknown types have no further rules. */
export function checkPurl(purl: Purl, reading: PurlReading): Purl {
  const type = purl.type.toLowerCase();
  if (!/^[a-z][a-z0-9.+-]*$/.test(type))
    throw refusePurl("type", `"${short(purl.type)}" is no type`, "Letters, digits, . + - after a first letter");
  const rules = rulesOf(type);
  const qualifiers = checkQualifiers(purl.qualifiers, reading);
  const [namespace, name] = namesOf(purl, rules);
  const subpath =
    purl.subpath === null
      ? null
      : joined(purl.subpath.split("/").filter((segment) => !["", ".", ".."].includes(segment)));
  const version = purl.version === "" ? null : purl.version;
  if (name === "") throw refusePurl("name", "a name is required", "Write pkg:type/name@version");
  const plain = { type, namespace, name, version, qualifiers, subpath };
  return rules === undefined ? plain : byType(plain, rules, reading);
}

/** Namespace and name; where the name is a path, the first segment of all is the namespace. */
function namesOf({ namespace, name }: Purl, rules: PurlType | undefined): [string | null, string] {
  if (namespace === null && rules?.pathInName !== true) return [null, name];
  const segments = segmentsOf(namespace ?? "");
  if (rules?.pathInName !== true) return [joined(segments), name];
  segments.push(...segmentsOf(name));
  return [joined(segments.splice(0, segments.length > 1 ? 1 : 0)), segments.join("/")];
}

function byType(purl: Purl, rules: PurlType, reading: PurlReading): Purl {
  const spell = (part: PurlPart, value: string) =>
    rules.fold?.includes(part) ? value.toLowerCase() : rules.raise?.includes(part) ? value.toUpperCase() : value;
  const name = spell("name", purl.name);
  const spelled: Purl = {
    ...purl,
    namespace: purl.namespace === null ? null : spell("namespace", purl.namespace),
    name: rules.name === undefined ? name : rules.name(name, purl.qualifiers, purl.namespace),
    version: purl.version === null ? null : spell("version", purl.version),
  };
  for (const part of ["namespace", "name", "version"] as const) {
    const value = spelled[part];
    const pattern = rules.pattern?.[part];
    if (value !== null && pattern !== undefined && !pattern.test(value))
      throw refusePurl(part, `"${short(value)}" is no ${part} of type ${purl.type}`, `It must match ${pattern.source}`);
  }
  if (reading === "lenient") return spelled;
  if (rules.namespace === "required" && spelled.namespace === null)
    throw refusePurl("namespace", `type ${purl.type} needs a namespace`, `Write pkg:${purl.type}/namespace/name`);
  if (rules.namespace === "prohibited" && spelled.namespace !== null)
    throw refusePurl("namespace", `type ${purl.type} has no namespace`, `Write pkg:${purl.type}/name`);
  const missing = rules.needs?.find((key) => spelled.qualifiers[key] === undefined);
  if (missing !== undefined)
    throw refusePurl(`qualifiers.${missing}`, `type ${purl.type} needs it`, `Add ?${missing}=…`);
  return spelled;
}

function checkQualifiers(qualifiers: Readonly<Record<string, string>>, reading: PurlReading): Record<string, string> {
  const entries = Object.entries(qualifiers);
  if (entries.length === 0) return {};
  const kept = entries.map(([key, value]): [string, string] => {
    // The specification's tests refuse `Arch=` and accept `repositorY_url=`: strictly, only the first letter must be small.
    const spelled = reading === "lenient" || /^[a-z]/.test(key) ? key.toLowerCase() : key;
    if (!/^[a-z][a-z0-9._-]*$/.test(spelled))
      throw refusePurl(
        `qualifiers.${short(key)}`,
        "it is no key",
        "Lower-case letters, digits, . - _ after a first letter",
      );
    return [spelled, value];
  });
  return Object.fromEntries(kept.filter(([, value]) => value !== ""));
}

export const segmentsOf = (path: string) => path.split("/").filter((segment) => segment !== "");
export const joined = (segments: readonly string[]) => (segments.length === 0 ? null : segments.join("/"));
export const short = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
