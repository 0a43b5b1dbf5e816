import { compareDigits, isDigit, isLetter, type Sign } from "./scan.ts";

/** Gem::Version segments: runs of digits and of letters; a hyphen reads as `.pre.`. */
function segments(version: string): string[] {
  const found =
    version
      .trim()
      .replaceAll("-", ".pre.")
      .match(/[0-9]+|[a-zA-Z]+/g) ?? [];
  const firstWord = found.findIndex((segment) => isLetter(segment.charCodeAt(0)));
  const cut = firstWord === -1 ? found.length : firstWord;
  return [...withoutZeros(found.slice(0, cut)), ...withoutZeros(found.slice(cut))];
}

function withoutZeros(list: string[]): string[] {
  let end = list.length;
  while (end > 0 && /^0+$/.test(list[end - 1] ?? "")) end--;
  return list.slice(0, end);
}

/** Gem::Version: words come before numbers, a missing segment is zero. */
function compare(a: string, b: string): Sign {
  if (a === b) return 0;
  const left = segments(a);
  const right = segments(b);
  for (let i = 0; i < left.length || i < right.length; i++) {
    const x = left[i] ?? "0";
    const y = right[i] ?? "0";
    const xNumber = isDigit(x.charCodeAt(0));
    if (xNumber !== isDigit(y.charCodeAt(0))) return xNumber ? 1 : -1;
    if (xNumber) {
      const order = compareDigits(x, 0, x.length, y, 0, y.length);
      if (order !== 0) return order;
    } else if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

const parses = (text: string) => /^\s*[0-9]+(\.[0-9a-zA-Z]+)*(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?\s*$/.test(text);

export const rubygems = { compare, parses };
