import { afterEpoch } from "./deb.ts";
import { compareDigits, compareText, endOfDigits, endOfLetters, isDigit, isLetter, type Sign } from "./scan.ts";

const TILDE = 126;
const CARET = 94;

/** `~` < end < `^` < letters < digits, as rpm's segment comparison ranks what may come next. */
function rank(text: string, at: number, to: number): number {
  if (at >= to) return 1;
  const code = text.charCodeAt(at);
  if (code === TILDE) return 0;
  if (code === CARET) return 2;
  return isDigit(code) ? 4 : 3;
}

/** Past the separators: everything but ASCII letters, digits, `~` and `^`. */
function skip(text: string, at: number, to: number): number {
  let i = at;
  while (i < to) {
    const code = text.charCodeAt(i);
    if (isDigit(code) || isLetter(code) || code === TILDE || code === CARET) break;
    i++;
  }
  return i;
}

function comparePart(a: string, aFrom: number, aTo: number, b: string, bFrom: number, bTo: number): Sign {
  let i = aFrom;
  let j = bFrom;
  for (;;) {
    i = skip(a, i, aTo);
    j = skip(b, j, bTo);
    const kind = rank(a, i, aTo);
    const other = rank(b, j, bTo);
    if (kind !== other) return kind < other ? -1 : 1;
    if (kind === 1) return 0;
    if (kind === 4) {
      const aEnd = Math.min(endOfDigits(a, i), aTo);
      const bEnd = Math.min(endOfDigits(b, j), bTo);
      const order = compareDigits(a, i, aEnd, b, j, bEnd);
      if (order !== 0) return order;
      i = aEnd;
      j = bEnd;
    } else if (kind === 3) {
      const aEnd = Math.min(endOfLetters(a, i), aTo);
      const bEnd = Math.min(endOfLetters(b, j), bTo);
      const order = compareText(a, i, aEnd, b, j, bEnd, false);
      if (order !== 0) return order;
      i = aEnd;
      j = bEnd;
    } else {
      i++;
      j++;
    }
  }
}

const releaseDash = (text: string) => {
  const dash = text.lastIndexOf("-");
  return dash === -1 ? text.length : dash;
};

/** rpm: epoch, version, release; a version without release comes before any with one. */
function compare(a: string, b: string): Sign {
  const aStart = afterEpoch(a);
  const bStart = afterEpoch(b);
  const epoch = compareDigits(a, 0, Math.max(aStart - 1, 0), b, 0, Math.max(bStart - 1, 0));
  if (epoch !== 0) return epoch;
  const aDash = Math.max(releaseDash(a), aStart);
  const bDash = Math.max(releaseDash(b), bStart);
  const version = comparePart(a, aStart, aDash, b, bStart, bDash);
  if (version !== 0) return version;
  const released = aDash < a.length;
  if (released !== bDash < b.length) return released ? 1 : -1;
  return comparePart(a, aDash + 1, a.length, b, bDash + 1, b.length);
}

const parses = (text: string) => rank(text, skip(text, afterEpoch(text), text.length), text.length) >= 3;

export const rpm = { compare, parses };
