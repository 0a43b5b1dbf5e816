import { valueCovers } from "./cpe-match.ts";
import { type CpeValue, formattedValue, formatValue, keyText, refuseCpe, uriValue } from "./cpe-value.ts";

/** Attributes of a CPE 2.3 name in their order (NISTIR 7695, 6.2). */
export const CPE_ATTRIBUTES = [
  "part",
  "vendor",
  "product",
  "version",
  "update",
  "edition",
  "language",
  "swEdition",
  "targetSw",
  "targetHw",
  "other",
] as const;
export type CpeAttribute = (typeof CPE_ATTRIBUTES)[number];

export type Cpe = Record<CpeAttribute, CpeValue>;

const MAX_LENGTH = 4096;

/** Reads a CPE 2.3 formatted string or a 2.2 URI (NISTIR 7695). Fault `bad_input` names the attribute that is wrong. */
export function parseCpe(text: string): Cpe {
  const name = text.trim();
  if (name.length > MAX_LENGTH) throw refuseCpe("cpe", `longer than ${MAX_LENGTH} characters`, "Shorten it");
  if (/^cpe:2\.3:/i.test(name)) return parseFormatted(name.slice(8));
  if (/^cpe:\//i.test(name)) return parseUri(name.slice(5));
  throw refuseCpe(
    "prefix",
    "it starts neither with cpe:2.3: nor with cpe:/",
    "Write cpe:2.3:a:vendor:product:version:…",
  );
}

function parseFormatted(body: string): Cpe {
  const fields = splitUnescaped(body);
  if (fields.length > CPE_ATTRIBUTES.length)
    throw refuseCpe("cpe", `${fields.length} attributes where 11 belong`, "Escape colons inside values as \\:");
  if (fields.length < 3)
    throw refuseCpe("product", "part, vendor and product are needed", "Write cpe:2.3:a:vendor:product:…");
  return fromFields(fields, formattedValue);
}

/** 2.2 URIs pack the four newer attributes into edition: `~edition~sw_edition~target_sw~target_hw~other`. */
function parseUri(body: string): Cpe {
  const fields = body.split(":");
  if (fields.length > 7) throw refuseCpe("cpe", `${fields.length} components where 7 belong`, "Encode colons as %3a");
  const [part = "", vendor = "", product = "", version = "", update = "", edition = "", language = ""] = fields;
  const packed = edition.startsWith("~") ? edition.slice(1).split("~") : [edition];
  const [ed = "", swEdition = "", targetSw = "", targetHw = "", other = ""] = packed;
  const all = [part, vendor, product, version, update, ed, language, swEdition, targetSw, targetHw, other];
  return fromFields(all, uriValue);
}

function fromFields(fields: readonly string[], read: (text: string, at: CpeAttribute) => CpeValue): Cpe {
  const value = (at: CpeAttribute) => read(fields[CPE_ATTRIBUTES.indexOf(at)] ?? "", at);
  const part = value("part");
  if (part !== "any" && (part === "na" || !["a", "o", "h"].includes(String(part[0])) || part.length !== 1))
    throw refuseCpe("part", "the part is none of a, o, h", "a: application, o: operating system, h: hardware");
  return {
    part,
    vendor: value("vendor"),
    product: value("product"),
    version: value("version"),
    update: value("update"),
    edition: value("edition"),
    language: value("language"),
    swEdition: value("swEdition"),
    targetSw: value("targetSw"),
    targetHw: value("targetHw"),
    other: value("other"),
  };
}

function splitUnescaped(text: string): string[] {
  const fields: string[] = [];
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === ":") {
      fields.push(text.slice(from, i));
      from = i + 1;
    }
  }
  return [...fields, text.slice(from)];
}

/** The CPE 2.3 formatted string: every sign but letters, digits, `_`, `-` and `.` escaped. */
export function formatCpe(cpe: Cpe): string {
  return `cpe:2.3:${CPE_ATTRIBUTES.map((attribute) => formatValue(cpe[attribute])).join(":")}`;
}

/** "vendor:product", lower-case and unescaped; ANY is `*`, NA `-`. */
export function cpeProductKey(cpe: Cpe): string {
  return `${keyText(cpe.vendor)}:${keyText(cpe.product)}`;
}

/**
 * Whether the name lies within the pattern: every attribute of the pattern is ANY, equal, or a wildcard match
 * (NISTIR 7696, 7.2 SUPERSET or EQUAL). NA meets only NA and ANY. An attribute that is left out excludes nothing.
 */
export function cpeCovers(pattern: Cpe, name: Cpe, isLeftOut?: (attribute: CpeAttribute) => boolean): boolean {
  for (const attribute of CPE_ATTRIBUTES)
    if (!valueCovers(pattern[attribute], name[attribute]) && isLeftOut?.(attribute) !== true) return false;
  return true;
}
