/** Allocation-free reading of version text, shared by the orders. Positions are UTF-16 offsets. */

export type Sign = -1 | 0 | 1;

export const sign = (n: number): Sign => (n < 0 ? -1 : n > 0 ? 1 : 0);

export const isDigit = (code: number) => code >= 48 && code <= 57;
export const isLetter = (code: number) => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

/** First position at or after `at` that holds no digit. */
export function endOfDigits(text: string, at: number): number {
  let i = at;
  while (i < text.length && isDigit(text.charCodeAt(i))) i++;
  return i;
}

/** First position at or after `at` that holds no ASCII letter. */
export function endOfLetters(text: string, at: number): number {
  let i = at;
  while (i < text.length && isLetter(text.charCodeAt(i))) i++;
  return i;
}

/** Compares two digit runs by value, of any length; an empty run is zero. */
export function compareDigits(a: string, aFrom: number, aTo: number, b: string, bFrom: number, bTo: number): Sign {
  let i = aFrom;
  let j = bFrom;
  while (i < aTo && a.charCodeAt(i) === 48) i++;
  while (j < bTo && b.charCodeAt(j) === 48) j++;
  if (aTo - i !== bTo - j) return aTo - i < bTo - j ? -1 : 1;
  for (; i < aTo; i++, j++) {
    const difference = a.charCodeAt(i) - b.charCodeAt(j);
    if (difference !== 0) return difference < 0 ? -1 : 1;
  }
  return 0;
}

const lower = (code: number) => (code >= 65 && code <= 90 ? code + 32 : code);

/** Compares two pieces of text by code unit, the shorter first; `fold` ignores ASCII case. */
export function compareText(
  a: string,
  aFrom: number,
  aTo: number,
  b: string,
  bFrom: number,
  bTo: number,
  fold: boolean,
): Sign {
  const shared = Math.min(aTo - aFrom, bTo - bFrom);
  for (let k = 0; k < shared; k++) {
    const x = a.charCodeAt(aFrom + k);
    const y = b.charCodeAt(bFrom + k);
    if (x === y) continue;
    const difference = fold ? lower(x) - lower(y) : x - y;
    if (difference !== 0) return difference < 0 ? -1 : 1;
  }
  return sign(aTo - aFrom - (bTo - bFrom));
}

/** A commit or content hash standing where a version should: 7 or more hexadecimal digits with a letter and no dot. */
export function looksLikeHash(text: string): boolean {
  if (text.length < 7 || text.length > 64) return false;
  let letters = false;
  for (let i = 0; i < text.length; i++) {
    const code = lower(text.charCodeAt(i));
    if (code >= 97 && code <= 102) letters = true;
    else if (!isDigit(code)) return false;
  }
  return letters || text.length === 40;
}
