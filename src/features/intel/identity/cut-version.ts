/** What of a name's text is its version; the text without the piece from `cut` to `to` is the name by itself. */
export interface VersionPlace {
  cut: number;
  from: number;
  to: number;
}

const LONGEST = 512;
const AT = 64;
const SLASH = 47;
const COLON = 58;
const BACKSLASH = 92;

/**
 * Where a package URL can be cut, so that `parsePurl` of the name by itself is `parsePurl` of the whole but for the version, as long
 * as the name is one that `canStandAlone`. Null where there is no version at the end, or one of unusual signs.
 */
export function placeOfPurlVersion(text: string): VersionPlace | null {
  return text.length > LONGEST ? null : placeBefore(text, text.length);
}

/** The same where qualifiers or a subpath follow the version; those stay with the name. */
export function placeInQualifiedPurl(text: string): VersionPlace | null {
  if (text.length > LONGEST) return null;
  const hash = text.lastIndexOf("#");
  const query = text.lastIndexOf("?", hash === -1 ? text.length : hash - 1);
  if (query === -1 && hash === -1) return null;
  return placeBefore(text, query === -1 ? hash : query);
}

function placeBefore(text: string, to: number): VersionPlace | null {
  let at = to - 1;
  while (at > 0 && isPlain(text.charCodeAt(at))) at--;
  return at <= 0 || at === to - 1 || text.charCodeAt(at) !== AT ? null : { cut: at, from: at + 1, to };
}

/** Whether all that is written from there on is a version that a package URL can be cut at. */
export function isPlainVersion(text: string, from: number): boolean {
  if (text.length > LONGEST) return false;
  for (let i = from; i < text.length; i++) if (!isPlain(text.charCodeAt(i))) return false;
  return true;
}

/** Letters, digits and `% + - . : _ ~`: nothing that could end a version or begin another part. */
const isPlain = (code: number) =>
  (code >= 97 && code <= 122) ||
  (code >= 45 && code <= COLON && code !== SLASH) ||
  (code >= 65 && code <= 90) ||
  code === 43 ||
  code === 95 ||
  code === 126 ||
  code === 37;

/**
 * Whether what comes before a version reads by itself as it does before one: no qualifier or subpath opens in it, no
 * blank or `/` ends it, and an `@` in it only opens an npm scope that was left unencoded, `pkg:npm/@babel/core`.
 */
export function canStandAlone(beforeVersion: string): boolean {
  if (/[?#]|[\s/]$/.test(beforeVersion)) return false;
  const at = beforeVersion.lastIndexOf("@");
  return at === -1 || (beforeVersion.charCodeAt(at - 1) === SLASH && beforeVersion.includes("/", at));
}

const PREFIX = "cpe:2.3:";

/**
 * Where a CPE 2.3 name can be cut, so that `parseCpe` of the name by itself is `parseCpe` of the whole with the version open.
 * Null for other forms and where the version is open, not applicable, or holds anything but printable ASCII.
 */
export function placeOfCpeVersion(text: string): VersionPlace | null {
  if (text.length > LONGEST || !text.startsWith(PREFIX)) return null;
  let from = PREFIX.length;
  for (let field = 0; field < 3; field++) {
    from = endOfField(text, from) + 1;
    if (from > text.length) return null;
  }
  const to = endOfField(text, from);
  if (to > text.length || to === from || !isPrintable(text, from, to)) return null;
  if (to === from + 1 && (text.charCodeAt(from) === 42 || text.charCodeAt(from) === 45)) return null;
  return { cut: from, from, to };
}

function isPrintable(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code <= 32 || code >= 127) return false;
  }
  return true;
}

/** Where the next unquoted colon is, or the end; beyond the end when the text stops within a quotation. */
function endOfField(text: string, from: number): number {
  let i = from;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === COLON) return i;
    if (code === BACKSLASH) i++;
  }
  return i;
}
