/** Longer identifiers are not looked into: none is real, and patterns would take long over them. */
const MAX_LENGTH = 2_048;

/** Null when `purl` has the form of a package URL (ECMA-427): scheme, type, name, sound percent-encoding; else what is wrong. */
export function purlFlaw(purl: string): string | null {
  if (purl.length > MAX_LENGTH) return `it is longer than ${MAX_LENGTH} characters`;
  const match = /^pkg:\/{0,2}([a-zA-Z][a-zA-Z0-9.+-]*)\/(.+)$/s.exec(purl);
  if (match === null) return /^pkg:/i.test(purl) ? "it names no type and name" : "it does not begin with pkg:";
  if (/[\s<>"\\^`{|}]/.test(purl)) return "it holds a character that must be percent-encoded";
  if (/%(?![0-9a-fA-F]{2})/.test(purl)) return "it has a % that is no percent-encoding";
  const path = (match[2] ?? "").replace(/[?#].*$/s, "");
  const name = path.slice(0, versionStart(path)).replace(/\/+$/, "");
  return name.replace(/^.*\//s, "") === "" ? "it names no package" : null;
}

/** The purl without version and qualifiers: what stays the same from release to release. */
export function purlIdentity(purl: string): string {
  if (purl.length > MAX_LENGTH) return purl;
  const [beforeSubpath = "", subpath] = splitOnce(purl, "#");
  const path = splitOnce(beforeSubpath, "?")[0];
  const identity = path
    .slice(0, versionStart(path))
    .replace(/^pkg:\/{0,2}([^/]+)/i, (_, type: string) => `pkg:${type.toLowerCase()}`);
  return subpath === undefined ? identity : `${identity}#${subpath}`;
}

/** Version and name a purl states, percent-decoded; null where it states none. */
export function purlParts(purl: string): { name: string | null; version: string | null } {
  const path = splitOnce(splitOnce(purl, "#")[0], "?")[0];
  const at = versionStart(path);
  const name = path.slice(0, at).replace(/\/+$/, "");
  return { name: decode(name.slice(name.lastIndexOf("/") + 1)), version: decode(path.slice(at + 1)) };
}

const COMPONENT_23 = String.raw`(?:\*|-|(?:[?]+|\*)?(?:[\w\-.]|\\[!-/:-@[-\`{-~])+(?:[?]+|\*)?)`;
const CPE_23 = new RegExp(String.raw`^cpe:2\.3:[aho*\-](?::${COMPONENT_23}){10}$`, "i");
const CPE_22 = /^cpe:\/[aho]?(?::[A-Za-z0-9._\-~%]*){0,6}$/i;

/** Null when `cpe` is a well-formed CPE 2.3 formatted string or 2.2 URI (NISTIR 7695); else what is wrong. */
export function cpeFlaw(cpe: string): string | null {
  if (cpe.length > MAX_LENGTH) return `it is longer than ${MAX_LENGTH} characters`;
  if (cpe.startsWith("cpe:2.3:")) return CPE_23.test(cpe) ? null : "it is not a CPE 2.3 name of eleven sound parts";
  if (cpe.startsWith("cpe:/")) return CPE_22.test(cpe) ? null : "it is not a CPE 2.2 URI";
  return "it begins with neither cpe:2.3: nor cpe:/";
}

/** Index of the `@` before the version, or the end: an `@` in front of a later slash belongs to an npm scope. */
function versionStart(path: string): number {
  const at = path.lastIndexOf("@");
  return at > path.lastIndexOf("/") && at > 0 ? at : path.length;
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text) || null;
  } catch {
    return text || null;
  }
}
