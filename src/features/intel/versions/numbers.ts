import { compareDigits, endOfDigits, isDigit, type Sign } from "./scan.ts";

function nextNumber(text: string, at: number): number {
  let i = at;
  while (i < text.length && !isDigit(text.charCodeAt(i))) i++;
  return i;
}

/** Lists of numbers, the longer of two alike being newer: Hackage (Data.Version) and CRAN (package_version). */
function compare(a: string, b: string): Sign {
  let i = nextNumber(a, 0);
  let j = nextNumber(b, 0);
  while (i < a.length && j < b.length) {
    const aEnd = endOfDigits(a, i);
    const bEnd = endOfDigits(b, j);
    const order = compareDigits(a, i, aEnd, b, j, bEnd);
    if (order !== 0) return order;
    i = nextNumber(a, aEnd);
    j = nextNumber(b, bEnd);
  }
  return i < a.length ? 1 : j < b.length ? -1 : 0;
}

const parses = (text: string) => /^\d+([.-]\d+)*$/.test(text);

export const numbers = { compare, parses };
