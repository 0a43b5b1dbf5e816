import { compareDigits, compareText, endOfDigits, isDigit, isLetter, looksLikeHash, type Sign, sign } from "./scan.ts";

const DOT = 46;
const DASH = 45;
const PLUS = 43;
const STAR = 42;

interface Dialect {
  /** NuGet: pre-release words ignore case. */
  foldCase: boolean;
  /** Pub: build metadata counts, after everything else. */
  build: boolean;
}

const SEMVER: Dialect = { foldCase: false, build: false };
const NUGET: Dialect = { foldCase: true, build: false };
const PUB: Dialect = { foldCase: false, build: true };

/** Past blanks, `=`, `v` and Go's `go`, which people write before versions. */
function start(text: string): number {
  let i = 0;
  while (i < text.length && (text.charCodeAt(i) <= 32 || text.charCodeAt(i) === 61)) i++;
  const code = text.charCodeAt(i);
  if ((code === 118 || code === 86) && isDigit(text.charCodeAt(i + 1))) return i + 1;
  if (code === 103 && text.charCodeAt(i + 1) === 111 && isDigit(text.charCodeAt(i + 2))) return i + 2;
  return i;
}

function endOfPre(text: string, from: number): number {
  const plus = text.indexOf("+", from);
  return plus === -1 ? text.length : plus;
}

/** `1.2-rc` and the loose `1.2rc`, `1.2.rc`: where the words begin. */
const startOfPre = (text: string, i: number) => (text.charCodeAt(i) === DASH || text.charCodeAt(i) === DOT ? i + 1 : i);

function isNumber(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (!isDigit(text.charCodeAt(i))) return false;
  return to > from;
}

function compareIdentifiers(
  a: string,
  aFrom: number,
  aTo: number,
  b: string,
  bFrom: number,
  bTo: number,
  fold: boolean,
): Sign {
  let i = aFrom;
  let j = bFrom;
  while (i < aTo && j < bTo) {
    let aEnd = i;
    while (aEnd < aTo && a.charCodeAt(aEnd) !== DOT) aEnd++;
    let bEnd = j;
    while (bEnd < bTo && b.charCodeAt(bEnd) !== DOT) bEnd++;
    const aNumber = isNumber(a, i, aEnd);
    if (aNumber !== isNumber(b, j, bEnd)) return aNumber ? -1 : 1;
    const order = aNumber ? compareDigits(a, i, aEnd, b, j, bEnd) : compareText(a, i, aEnd, b, j, bEnd, fold);
    if (order !== 0) return order;
    i = aEnd + 1;
    j = bEnd + 1;
  }
  return i < aTo ? 1 : j < bTo ? -1 : 0;
}

/**
 * Semantic Versioning 2.0 precedence, read loosely: any count of numbers (missing ones are zero), `1.2rc1` as `1.2-rc1`,
 * and `*` as a number above all others, so that a bound `5.10.*` closes a whole stream (CVE Record 5.x).
 */
function compareWith(dialect: Dialect, a: string, b: string): Sign {
  let i = start(a);
  let j = start(b);
  let aMore: boolean = true;
  let bMore: boolean = true;
  while (aMore || bMore) {
    const aStar: boolean = aMore && a.charCodeAt(i) === STAR;
    const bStar: boolean = bMore && b.charCodeAt(j) === STAR;
    const aEnd: number = aStar ? i + 1 : aMore ? endOfDigits(a, i) : i;
    const bEnd: number = bStar ? j + 1 : bMore ? endOfDigits(b, j) : j;
    if (aStar !== bStar) return aStar ? 1 : -1;
    if (!aStar) {
      const order = compareDigits(a, aMore ? i : aEnd, aEnd, b, bMore ? j : bEnd, bEnd);
      if (order !== 0) return order;
    }
    aMore = aMore && continues(a, aEnd);
    bMore = bMore && continues(b, bEnd);
    i = aMore ? aEnd + 1 : aEnd;
    j = bMore ? bEnd + 1 : bEnd;
  }
  const aPre = startOfPre(a, i);
  const bPre = startOfPre(b, j);
  const aTo = endOfPre(a, i);
  const bTo = endOfPre(b, j);
  const aReleased = aPre >= aTo;
  if (aReleased !== bPre >= bTo) return aReleased ? 1 : -1;
  const order = aReleased ? 0 : compareIdentifiers(a, aPre, aTo, b, bPre, bTo, dialect.foldCase);
  if (order !== 0 || !dialect.build) return order;
  if (aTo === a.length || bTo === b.length) return sign(a.length - aTo === 0 ? aSmaller(b, bTo) : 1);
  return compareIdentifiers(a, aTo + 1, a.length, b, bTo + 1, b.length, false);
}

const aSmaller = (b: string, bTo: number) => (bTo === b.length ? 0 : -1);

const continues = (text: string, at: number) =>
  text.charCodeAt(at) === DOT && (isDigit(text.charCodeAt(at + 1)) || text.charCodeAt(at + 1) === STAR);

/** Starts with a number and goes on as a version does; a commit hash does not. */
function parses(text: string): boolean {
  const from = start(text);
  let i = endOfDigits(text, from);
  if (i === from || looksLikeHash(text)) return false;
  let dots = 0;
  while (text.charCodeAt(i) === DOT && isDigit(text.charCodeAt(i + 1))) {
    i = endOfDigits(text, i + 1);
    dots++;
  }
  if (i === text.length) return true;
  const code = text.charCodeAt(i);
  if (code !== DASH && code !== PLUS && dots === 0) return false;
  for (let k = i; k < text.length; k++) if (!isVersionCode(text.charCodeAt(k))) return false;
  return text.length > i + 1 || isLetter(code);
}

const isVersionCode = (code: number) =>
  isDigit(code) || isLetter(code) || code === DOT || code === DASH || code === PLUS || code === 95 || code === 126;

export const semver = { compare: (a: string, b: string) => compareWith(SEMVER, a, b), parses };
export const nuget = { compare: (a: string, b: string) => compareWith(NUGET, a, b), parses };
export const pub = { compare: (a: string, b: string) => compareWith(PUB, a, b), parses };
