import {
  compareDigits,
  compareText,
  endOfDigits,
  endOfLetters,
  isDigit,
  isLetter,
  looksLikeHash,
  type Sign,
} from "./scan.ts";

/** Words that come before the release they lead to, in their order. */
const PRE: Record<string, number> = {
  dev: 1,
  snapshot: 1,
  nightly: 1,
  alpha: 2,
  a: 2,
  beta: 3,
  b: 3,
  milestone: 4,
  m: 4,
  pre: 5,
  preview: 5,
  prerelease: 5,
  c: 6,
  rc: 6,
  cr: 6,
};

const RELEASE = 100;
const WORD = 101;
const NUMBER = 102;
const STREAM = 103;

/** Words that say nothing about order. */
const SILENT = new Set(["v", "ver", "version", "release", "final", "ga", "lts", "fips"]);

interface Cursor {
  text: string;
  from: number;
  to: number;
  rank: number;
}

/** Moves to the next number or word. The end and the number zero rank the same, so that 1.0 equals 1.0.0. */
function next(cursor: Cursor): void {
  const { text } = cursor;
  for (let i = cursor.to; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isDigit(code)) {
      cursor.from = i;
      cursor.to = endOfDigits(text, i);
      cursor.rank = isZero(text, i, cursor.to) ? RELEASE : NUMBER;
      return;
    }
    if (code === 42) {
      cursor.from = i;
      cursor.to = i + 1;
      cursor.rank = STREAM;
      return;
    }
    if (code === 126) {
      cursor.from = i;
      cursor.to = i + 1;
      cursor.rank = 0;
      return;
    }
    if (!isLetter(code)) continue;
    const end = endOfLetters(text, i);
    const word = text.slice(i, end).toLowerCase();
    if (SILENT.has(word)) {
      i = end - 1;
      continue;
    }
    cursor.from = i;
    cursor.to = end;
    cursor.rank = (word.length > 1 || beforeNumber(text, i, end) ? PRE[word] : undefined) ?? WORD;
    return;
  }
  cursor.from = text.length;
  cursor.to = text.length;
  cursor.rank = RELEASE;
}

/** `1.0b2` is a beta; `1.0b` and `1.0-b` are letters of a release. */
const beforeNumber = (text: string, from: number, to: number) =>
  isDigit(text.charCodeAt(to)) && from > 0 && isDigit(text.charCodeAt(from - 1));

function isZero(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (text.charCodeAt(i) !== 48) return false;
  return true;
}

/** Number and letter runs, for products whose maker states no order: 1.0rc1 < 1.0 = 1.0.0 < 1.0a < 1.0.1 < 1.0.*. */
function compare(a: string, b: string): Sign {
  if (a === b) return 0;
  const left: Cursor = { text: a, from: 0, to: 0, rank: 0 };
  const right: Cursor = { text: b, from: 0, to: 0, rank: 0 };
  do {
    next(left);
    next(right);
    if (left.rank !== right.rank) return left.rank < right.rank ? -1 : 1;
    const order =
      left.rank === NUMBER
        ? compareDigits(a, left.from, left.to, b, right.from, right.to)
        : left.rank === WORD
          ? compareText(a, left.from, left.to, b, right.from, right.to, true)
          : 0;
    if (order !== 0) return order;
  } while (left.from < a.length || right.from < b.length);
  return 0;
}

/** `-`, `_`, `.` and the blank may stand between a word and its number: "release.2024", "R-12". */
const isJoint = (code: number) => code === 45 || code === 95 || code === 46 || code === 32;

/** A number, perhaps behind one word, and no commit hash. */
function parses(text: string): boolean {
  if (looksLikeHash(text)) return false;
  const word = endOfLetters(text, 0);
  return isDigit(text.charCodeAt(isJoint(text.charCodeAt(word)) ? word + 1 : word));
}

export const generic = { compare, parses };
