import { Fault } from "../../../lib/fault.ts";
import { type Purl, parsePurl } from "../../../lib/purl.ts";
import { type Cpe, cpeCovers } from "../identity/cpe.ts";
import { readCpe } from "../match/cpe-meets.ts";
import { parseVers, versContains } from "../versions/vers.ts";
import type { VexPart } from "./schema.ts";

/** A component or product that is there, as a statement's part is held against it. */
export interface Present {
  name: string;
  version: string | null;
  purl: string | null;
  cpes: readonly string[];
  /** `urn:cdx:SERIAL#REF` without the version of the BOM, in lower case up to `#`. */
  link: string | null;
}

/**
 * Whether a statement's part is this component or product. By BOM-Link, else by package URL where both sides carry one, else by
 * CPE name, else by name and version: packages of one source share a CPE name, and what is said of one is not said of the others. A version or a qualifier the statement names has to be there: precision before reach.
 */
export function partMeets(part: VexPart, present: Present): boolean {
  if (part.ref !== null && present.link !== null && bomLink(part.ref) === present.link)
    return versionFits(part, present.version);
  if (part.purls.length > 0 && present.purl !== null) {
    const own = present.purl;
    return part.purls.some((purl) => purlMeets(purl, own)) && versionFits(part, present.version);
  }
  if (part.cpes.length > 0 && present.cpes.length > 0)
    return (
      part.cpes.some((cpe) => present.cpes.some((own) => cpeMeetsName(cpe, own, present.version))) &&
      versionFits(part, present.version)
    );
  return nameMeets(part, present);
}

/** A BOM-Link without the version of its BOM: a component keeps its statement when its BOM is written anew. */
export function bomLink(text: string): string | null {
  const link = /^urn:cdx:([^/#]+)(?:\/\d+)?(?:#(.*))?$/i.exec(text);
  return link === null ? null : `urn:cdx:${link[1]?.toLowerCase()}#${link[2] ?? ""}`;
}

function versionFits({ version, range }: VexPart, present: string | null): boolean {
  if (version !== null) return present !== null && plainVersion(version) === plainVersion(present);
  if (range === null || /^vers:[a-z0-9.+-]+\/\*$/i.test(range)) return true;
  if (present === null) return false;
  return unlessRefused(() => versContains(parseVers(range), present)) ?? false;
}

const plainVersion = (version: string) => version.trim().replace(/^v(?=\d)/i, "");

/** Every part the pattern writes has to be the same (OpenVEX 0.2.0, "Software Identifiers"). */
function purlMeets(pattern: string, own: string): boolean {
  const wanted = readPurl(pattern);
  const there = readPurl(own);
  if (wanted === null || there === null) return false;
  return (
    wanted.type === there.type &&
    wanted.namespace === there.namespace &&
    wanted.name === there.name &&
    (wanted.version === null ||
      (there.version !== null && plainVersion(wanted.version) === plainVersion(there.version))) &&
    (wanted.subpath === null || wanted.subpath === there.subpath) &&
    Object.entries(wanted.qualifiers).every(
      ([key, value]) =>
        there.qualifiers[key] === value || (wanted.type === "maven" && key === "type" && value === "jar"),
    )
  );
}

const readPurl = (text: string): Purl | null => unlessRefused(() => parsePurl(text));

function unlessRefused<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

/** A name that leaves its product open would hold everywhere, so it holds nowhere. */
function cpeMeetsName(pattern: string, own: string, version: string | null): boolean {
  const wanted = readCpe(pattern);
  const there = readCpe(own);
  if (wanted === null || there === null || wanted.product === "any" || wanted.vendor === "any") return false;
  const stated: Cpe =
    there.version === "any" && version !== null ? { ...there, version: [version.toLowerCase()] } : there;
  return cpeCovers(wanted, stated);
}

function nameMeets(part: VexPart, { name, version, purl, cpes }: Present): boolean {
  const own = name.toLowerCase();
  const full = version === null ? own : `${own} ${version.toLowerCase()}`;
  if (part.name !== null) {
    const wanted = part.name.trim().toLowerCase();
    if (wanted === own) return versionFits(part, version);
    return part.version === null && part.range === null && wanted === full;
  }
  if (purl !== null || cpes.length > 0) return false;
  return part.purls.some((text) => {
    const generic = readPurl(text);
    if (generic?.type !== "generic" || generic.namespace !== null || generic.name.toLowerCase() !== own) return false;
    const wanted = generic.version;
    return wanted === null
      ? versionFits(part, version)
      : version !== null && plainVersion(wanted) === plainVersion(version);
  });
}
