import { Fault } from "../../../lib/fault.ts";
import { ecosystemOfDistribution } from "./purl-distribution.ts";
import { ECOSYSTEM_OF_TYPE } from "./purl-ecosystems.ts";
import { PURL_TYPES, type PurlPart, type PurlType } from "./purl-types.ts";

/** A package URL, decoded. `namespace` and `subpath` keep `/` between their segments; empty parts are null. */
export interface Purl {
  type: string;
  namespace: string | null;
  name: string;
  version: string | null;
  qualifiers: Record<string, string>;
  subpath: string | null;
}

/** `strict`: the specification to the letter. `lenient`: also what tools write (`Arch=`, a missing namespace, a stray `%`). */
export type PurlReading = "strict" | "lenient";

const MAX_LENGTH = 8192;

const refuse = (at: string, reason: string, fix: string) =>
  new Fault("bad_input", `Not a package URL: ${reason}`, { at, fix });

/** Reads a package URL (ECMA-427) and normalizes it by its type. Fault `bad_input` names the part that is wrong. */
export function parsePurl(text: string, reading: PurlReading = "lenient"): Purl {
  if (text.length > MAX_LENGTH) throw refuse("purl", `longer than ${MAX_LENGTH} characters`, "Shorten it");
  const scheme = /^\s*pkg:\/*/i.exec(text);
  if (scheme === null) throw refuse("scheme", "it does not start with pkg:", "Write pkg:type/name@version");
  let rest = text.slice(scheme[0].length).trimEnd();

  const [beforeSubpath, subpath] = cutLast(rest, "#");
  const [beforeQualifiers, query] = cutLast(beforeSubpath, "?");
  rest = beforeQualifiers.replace(/\/+$/, "");

  const slash = rest.indexOf("/");
  if (slash === -1) throw refuse("name", "a name is required", "Write pkg:type/name@version");
  const type = rest.slice(0, slash);
  const [path, version] = splitVersion(rest.slice(slash + 1));
  const segments = path.split("/").filter((segment) => segment !== "");
  const inName = rulesOf(type)?.pathInName === true ? Math.max(segments.length - 1, 1) : 1;
  const name = path.endsWith("/") && reading === "strict" ? "" : segments.splice(-inName).join("/");
  return checkPurl(
    {
      type,
      namespace: joined(segments.map((segment) => decode(segment, "namespace", reading))),
      name: decode(name, "name", reading),
      version: version === null ? null : decode(version, "version", reading),
      qualifiers: parseQualifiers(query, reading),
      subpath: joined(subpathSegments(subpath, reading)),
    },
    reading,
  );
}

/** The canonical text: sorted qualifiers, percent-encoding of all but letters, digits and `. - _ ~ :`. Fault on a part that may not be. */
export function formatPurl(purl: Purl): string {
  const { type, namespace, name, version, qualifiers, subpath } = checkPurl(purl, "strict");
  const names = rulesOf(type)?.pathInName === true ? name.split("/") : [name];
  const path = [...(namespace?.split("/") ?? []), ...names].map(encode).join("/");
  const query = Object.keys(qualifiers)
    .sort()
    .map((key) => `${key}=${encode(qualifiers[key] ?? "")}`)
    .join("&");
  return [
    `pkg:${type}/${path}`,
    version === null ? "" : `@${encode(version)}`,
    query === "" ? "" : `?${query}`,
    subpath === null ? "" : `#${subpath.split("/").map(encode).join("/")}`,
  ].join("");
}

function rulesOf(type: string): PurlType | undefined {
  const key = type.toLowerCase();
  return Object.hasOwn(PURL_TYPES, key) ? PURL_TYPES[key] : undefined;
}

/**
 * The OSV package a purl names: Go's path, npm's scope, Maven's `group:artifact`; deb, rpm and apk by distribution and
 * release. Null when OSV has no ecosystem for it (generic, docker, oci, …).
 */
export function packageOfPurl(purl: Purl): { ecosystem: string; name: string } | null {
  const { type, namespace, name, qualifiers } = purl;
  if (type === "deb" || type === "rpm" || type === "apk") {
    const ecosystem = ecosystemOfDistribution(namespace, qualifiers.distro ?? "");
    return ecosystem === null ? null : { ecosystem, name };
  }
  const ecosystem = Object.hasOwn(ECOSYSTEM_OF_TYPE, type) ? ECOSYSTEM_OF_TYPE[type] : undefined;
  if (ecosystem === undefined) return null;
  const full = namespace === null ? name : `${namespace}${type === "maven" ? ":" : "/"}${name}`;
  return { ecosystem, name: full };
}

/** Applies the rules of the type: case, spelling, what is required or forbidden. Unknown types have no further rules. */
export function checkPurl(purl: Purl, reading: PurlReading): Purl {
  const type = purl.type.toLowerCase();
  if (!/^[a-z][a-z0-9.+-]*$/.test(type))
    throw refuse("type", `"${short(purl.type)}" is no type`, "Letters, digits, . + - after a first letter");
  const rules = rulesOf(type);
  const qualifiers = checkQualifiers(purl.qualifiers, reading);
  const namespace = joined((purl.namespace ?? "").split("/").filter((segment) => segment !== ""));
  const subpath = joined((purl.subpath ?? "").split("/").filter((segment) => !["", ".", ".."].includes(segment)));
  const version = purl.version === "" ? null : purl.version;
  if (purl.name === "") throw refuse("name", "a name is required", "Write pkg:type/name@version");
  const plain = { type, namespace, name: purl.name, version, qualifiers, subpath };
  return rules === undefined ? plain : byType(plain, rules, reading);
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
      throw refuse(part, `"${short(value)}" is no ${part} of type ${purl.type}`, `It must match ${pattern.source}`);
  }
  if (reading === "lenient") return spelled;
  if (rules.namespace === "required" && spelled.namespace === null)
    throw refuse("namespace", `type ${purl.type} needs a namespace`, `Write pkg:${purl.type}/namespace/name`);
  if (rules.namespace === "prohibited" && spelled.namespace !== null)
    throw refuse("namespace", `type ${purl.type} has no namespace`, `Write pkg:${purl.type}/name`);
  const missing = rules.needs?.find((key) => spelled.qualifiers[key] === undefined);
  if (missing !== undefined) throw refuse(`qualifiers.${missing}`, `type ${purl.type} needs it`, `Add ?${missing}=…`);
  return spelled;
}

function parseQualifiers(query: string | null, reading: PurlReading): Record<string, string> {
  const pairs = (query ?? "").split("&").flatMap((pair): [string, string][] => {
    const equals = pair.indexOf("=");
    if (pair === "") return [];
    if (equals === -1) return [[pair, ""]];
    return [[pair.slice(0, equals), decode(pair.slice(equals + 1), `qualifiers.${pair.slice(0, equals)}`, reading)]];
  });
  const keys = pairs.map(([key]) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined && reading === "strict")
    throw refuse(`qualifiers.${short(twice)}`, "it is given twice", "Give it once");
  return Object.fromEntries(pairs);
}

function checkQualifiers(qualifiers: Readonly<Record<string, string>>, reading: PurlReading): Record<string, string> {
  const kept = Object.entries(qualifiers).map(([key, value]): [string, string] => {
    // The specification's tests refuse `Arch=` and accept `repositorY_url=`: strictly, only the first letter must be small.
    const spelled = reading === "lenient" || /^[a-z]/.test(key) ? key.toLowerCase() : key;
    if (!/^[a-z][a-z0-9._-]*$/.test(spelled))
      throw refuse(
        `qualifiers.${short(key)}`,
        "it is no key",
        "Lower-case letters, digits, . - _ after a first letter",
      );
    return [spelled, value];
  });
  return Object.fromEntries(kept.filter(([, value]) => value !== ""));
}

function subpathSegments(subpath: string | null, reading: PurlReading): string[] {
  return (subpath ?? "")
    .split("/")
    .map((segment) => decode(segment, "subpath", reading))
    .filter((segment) => !["", ".", ".."].includes(segment));
}

function cutLast(text: string, mark: string): [string, string | null] {
  const at = text.lastIndexOf(mark);
  return at === -1 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

/** At the last `@`, unless it opens an npm scope that was left unencoded (`@babel/core`). */
function splitVersion(path: string): [string, string | null] {
  const at = path.lastIndexOf("@");
  const opensScope = (at === 0 || path.charAt(at - 1) === "/") && path.includes("/", at);
  return at === -1 || opensScope ? [path, null] : [path.slice(0, at), path.slice(at + 1)];
}

function decode(text: string, at: string, reading: PurlReading): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    if (reading === "lenient") return text;
    throw new Fault("bad_input", "Not a package URL: broken percent-encoding", { at, fix: "Write % as %25", cause });
  }
}

const encode = (text: string) =>
  encodeURIComponent(text.toWellFormed())
    .replaceAll("%3A", ":")
    .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

const joined = (segments: readonly string[]) => (segments.length === 0 ? null : segments.join("/"));
const short = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
