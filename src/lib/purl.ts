import { Fault } from "./fault.ts";
import { checkPurl, joined, refusePurl, rulesOf, segmentsOf, short } from "./purl-rules.ts";

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

/** Reads a package URL (ECMA-427) and normalizes it by its type. Fault `bad_input` names the part that is wrong. */
export function parsePurl(text: string, reading: PurlReading = "lenient"): Purl {
  if (text.length > MAX_LENGTH) throw refusePurl("purl", `longer than ${MAX_LENGTH} characters`, "Shorten it");
  return parsePlain(text, reading) ?? parseAny(text, reading);
}

/** Most package URLs: no qualifiers, no subpath, at most one namespace, nothing to decode but an npm scope's `%40`. */
const PLAIN = /^pkg:([a-z]+)\/(?:(%40)?([\w.-]+)\/)?([\w.-]+)(?:@([\w.+~-]+))?$/;

function parsePlain(text: string, reading: PurlReading): Purl | null {
  const plain = PLAIN.exec(text);
  if (plain === null) return null;
  const [, type = "", scope, path = null, name = "", version = null] = plain;
  const namespace = scope === undefined ? path : `@${path}`;
  return checkPurl({ type, namespace, name, version, qualifiers: {}, subpath: null }, reading);
}

function parseAny(text: string, reading: PurlReading): Purl {
  const scheme = /^\s*pkg:\/*/i.exec(text);
  if (scheme === null) throw refusePurl("scheme", "it does not start with pkg:", "Write pkg:type/name@version");
  let rest = text.slice(scheme[0].length).trimEnd();

  const [beforeSubpath, subpath] = cutLast(rest, "#");
  const [beforeQualifiers, query] = cutLast(beforeSubpath, "?");
  rest = beforeQualifiers.replace(/\/+$/, "");

  const slash = rest.indexOf("/");
  if (slash === -1) throw refusePurl("name", "a name is required", "Write pkg:type/name@version");
  const type = rest.slice(0, slash);
  const [path, version] = splitVersion(rest.slice(slash + 1));
  const segments = segmentsOf(path);
  const name = path.endsWith("/") && reading === "strict" ? "" : (segments.pop() ?? "");
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

/**
 * How a version cut off a package URL of this type reads (`cutPurlVersion`), as `parsePurl` would have given it. Null for types
 * that restrict versions: their text is to be read whole.
 */
export function versionReader(type: string): ((written: string) => string) | null {
  const rules = rulesOf(type);
  if (rules?.pattern?.version !== undefined) return null;
  return rules?.fold?.includes("version") === true ? readFolded : readVersion;
}

const readVersion = (written: string) => (written.includes("%") ? decode(written, "version", "lenient") : written);
const readFolded = (written: string) => readVersion(written).toLowerCase();

/** The canonical text: sorted qualifiers, percent-encoding of all but letters, digits and `. - _ ~ :`. Fault on a part that may not be. */
export function formatPurl(purl: Purl, reading: PurlReading = "lenient"): string {
  const { type, namespace, name, version, qualifiers, subpath } = checkPurl(purl, reading);
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

function parseQualifiers(query: string | null, reading: PurlReading): Record<string, string> {
  if (query === null) return {};
  const pairs = query.split("&").flatMap((pair): [string, string][] => {
    const equals = pair.indexOf("=");
    if (pair === "") return [];
    if (equals === -1) return [[pair, ""]];
    return [[pair.slice(0, equals), decode(pair.slice(equals + 1), `qualifiers.${pair.slice(0, equals)}`, reading)]];
  });
  const keys = pairs.map(([key]) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined && reading === "strict")
    throw refusePurl(`qualifiers.${short(twice)}`, "it is given twice", "Give it once");
  return Object.fromEntries(pairs);
}

function subpathSegments(subpath: string | null, reading: PurlReading): string[] {
  if (subpath === null) return [];
  return subpath
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
  if (!text.includes("%")) return text;
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
