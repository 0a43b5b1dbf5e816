import { compareDigits, endOfDigits, isDigit, looksLikeHash, type Sign } from "./scan.ts";

/** Unknown words, then PHP's known ones, with the end and numbers between (version_compare). */
const FORMS: readonly (readonly [string, number])[] = [
  ["dev", 1],
  ["alpha", 2],
  ["a", 2],
  ["beta", 3],
  ["b", 3],
  ["RC", 4],
  ["rc", 4],
  ["pl", 7],
  ["p", 7],
];
const END = 5;
const NUMBER = 6;

const rankOf = (word: string) => FORMS.find(([form]) => word.startsWith(form))?.[1] ?? 0;

/** Breaks at `.`, `-`, `_`, `+` and wherever digits meet other characters; a leading `v` is dropped as Composer does. */
function parts(version: string): string[] {
  const found: string[] = [];
  let i = /^[vV]\d/.test(version) ? 1 : 0;
  while (i < version.length) {
    const code = version.charCodeAt(i);
    if (code === 46 || code === 45 || code === 95 || code === 43) {
      i++;
      continue;
    }
    let end = endOfDigits(version, i);
    if (end === i) while (end < version.length && !isPartBreak(version.charCodeAt(end))) end++;
    found.push(version.slice(i, end));
    i = end;
  }
  return found;
}

const isPartBreak = (code: number) => code === 46 || code === 45 || code === 95 || code === 43 || isDigit(code);

function rank(part: string | undefined): number {
  if (part === undefined) return END;
  if (isDigit(part.charCodeAt(0))) return NUMBER;
  return part.startsWith("#") ? END : rankOf(part);
}

function compare(a: string, b: string): Sign {
  if (a === b) return 0;
  const left = parts(a);
  const right = parts(b);
  for (let i = 0; i < left.length || i < right.length; i++) {
    const x = left[i];
    const y = right[i];
    const xRank = rank(x);
    const yRank = rank(y);
    if (xRank !== yRank) return xRank < yRank ? -1 : 1;
    if (xRank !== NUMBER || x === undefined || y === undefined) continue;
    const order = compareDigits(x, 0, x.length, y, 0, y.length);
    if (order !== 0) return order;
  }
  return 0;
}

const parses = (text: string) => /^[vV]?\d/.test(text) && !looksLikeHash(text);

export const packagist = { compare, parses };
