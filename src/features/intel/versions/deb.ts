import { compareDigits, endOfDigits, isDigit, isLetter, type Sign } from "./scan.ts";

const TILDE = 126;

/** Where the version starts behind an `epoch:`; 0 when there is none (then the epoch is 0). */
export function afterEpoch(text: string): number {
  const end = endOfDigits(text, 0);
  return end > 0 && text.charCodeAt(end) === 58 ? end + 1 : 0;
}

/** `~` before the end, the end and digits before letters, letters before all else (deb-version(7)). */
function weight(text: string, at: number, to: number): number {
  if (at >= to) return 0;
  const code = text.charCodeAt(at);
  if (code === TILDE) return -1;
  if (isDigit(code)) return 0;
  return isLetter(code) ? code : code + 256;
}

function comparePart(a: string, aFrom: number, aTo: number, b: string, bFrom: number, bTo: number): Sign {
  let i = aFrom;
  let j = bFrom;
  while (i < aTo || j < bTo) {
    while ((i < aTo && !isDigit(a.charCodeAt(i))) || (j < bTo && !isDigit(b.charCodeAt(j)))) {
      const difference = weight(a, i, aTo) - weight(b, j, bTo);
      if (difference !== 0) return difference < 0 ? -1 : 1;
      i++;
      j++;
    }
    const aEnd = Math.min(endOfDigits(a, i), aTo);
    const bEnd = Math.min(endOfDigits(b, j), bTo);
    const order = compareDigits(a, Math.min(i, aEnd), aEnd, b, Math.min(j, bEnd), bEnd);
    if (order !== 0) return order;
    i = aEnd;
    j = bEnd;
  }
  return 0;
}

const revisionDash = (text: string) => {
  const dash = text.lastIndexOf("-");
  return dash === -1 ? text.length : dash;
};

/** Debian Policy 5.6.12: epoch, then upstream version, then revision; a missing revision is `0`. */
function compare(a: string, b: string): Sign {
  const aStart = afterEpoch(a);
  const bStart = afterEpoch(b);
  const epoch = compareDigits(a, 0, Math.max(aStart - 1, 0), b, 0, Math.max(bStart - 1, 0));
  if (epoch !== 0) return epoch;
  const aDash = revisionDash(a);
  const bDash = revisionDash(b);
  const upstream = comparePart(a, aStart, Math.max(aDash, aStart), b, bStart, Math.max(bDash, bStart));
  if (upstream !== 0) return upstream;
  return comparePart(a, aDash + 1, a.length, b, bDash + 1, b.length);
}

const parses = (text: string) => isDigit(text.charCodeAt(afterEpoch(text)));

export const deb = { compare, parses };
