import { afterEpoch } from "./deb.ts";
import { compareDigits, compareText, endOfDigits, endOfLetters, isDigit, isLetter, type Sign, sign } from "./scan.ts";

/** Orders that only VERS ranges name: Arch Linux, Conan, timestamps, numbers, plain text. */

/** Unicode code points in order, which is the order of their UTF-8 bytes. */
export function compareLexicographic(a: string, b: string): Sign {
  const left = a[Symbol.iterator]();
  const right = b[Symbol.iterator]();
  for (;;) {
    const x = left.next();
    const y = right.next();
    if (x.done === true || y.done === true) return x.done === y.done ? 0 : x.done === true ? -1 : 1;
    const difference = (x.value.codePointAt(0) ?? 0) - (y.value.codePointAt(0) ?? 0);
    if (difference !== 0) return sign(difference);
  }
}

/** Whole numbers between dots, up to the first sign that is neither (vers-spec, "intdot"); a missing number is zero. */
export function compareIntdot(a: string, b: string): Sign {
  const [left, right] = [a, b].map((text) => /^[\d.]*/.exec(text)?.[0].split(".") ?? []) as [string[], string[]];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [x, y] = [left[i] ?? "", right[i] ?? ""];
    const order = compareDigits(x, 0, x.length, y, 0, y.length);
    if (order !== 0) return order;
  }
  return 0;
}

const TIMESTAMP = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)$/;

/** RFC 3339 instants in time; what is no instant comes first, as text. */
export function compareDatetime(a: string, b: string): Sign {
  const [aSeconds, aFraction] = instant(a);
  const [bSeconds, bFraction] = instant(b);
  if (Number.isNaN(aSeconds) || Number.isNaN(bSeconds)) {
    if (!Number.isNaN(aSeconds)) return 1;
    return Number.isNaN(bSeconds) ? compareLexicographic(a, b) : -1;
  }
  if (aSeconds !== bSeconds) return aSeconds < bSeconds ? -1 : 1;
  return compareText(aFraction, 0, aFraction.length, bFraction, 0, bFraction.length, false);
}

function instant(text: string): [number, string] {
  const [, date, time, fraction = "", zone = ""] = TIMESTAMP.exec(text) ?? [];
  return [Date.parse(`${date}T${time}${zone.toUpperCase()}`), fraction.replace(/0+$/, "")];
}

const alnum = (text: string, at: number) => isDigit(text.charCodeAt(at)) || isLetter(text.charCodeAt(at));

function skip(text: string, at: number): number {
  let i = at;
  while (i < text.length && !alnum(text, i)) i++;
  return i;
}

/** One part of an Arch version: separators count, letters behind a number come before nothing (alpm's rpmvercmp). */
function compareAlpmPart(a: string, b: string): Sign {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const aFrom = skip(a, i);
    const bFrom = skip(b, j);
    if (aFrom === a.length || bFrom === b.length) {
      i = aFrom;
      j = bFrom;
      break;
    }
    if (aFrom - i !== bFrom - j) return aFrom - i < bFrom - j ? -1 : 1;
    const digits = isDigit(a.charCodeAt(aFrom));
    if (digits !== isDigit(b.charCodeAt(bFrom))) return digits ? 1 : -1;
    i = digits ? endOfDigits(a, aFrom) : endOfLetters(a, aFrom);
    j = digits ? endOfDigits(b, bFrom) : endOfLetters(b, bFrom);
    const order = digits ? compareDigits(a, aFrom, i, b, bFrom, j) : compareText(a, aFrom, i, b, bFrom, j, false);
    if (order !== 0) return order;
  }
  if (i >= a.length && j >= b.length) return 0;
  return (i >= a.length && !isLetter(b.charCodeAt(j))) || isLetter(a.charCodeAt(i)) ? -1 : 1;
}

/** Arch Linux (vercmp): epoch, version, and the release only where both state one. */
export function compareAlpm(a: string, b: string): Sign {
  const [aEpoch, aVersion, aRelease] = alpmParts(a);
  const [bEpoch, bVersion, bRelease] = alpmParts(b);
  const epoch = compareDigits(aEpoch, 0, aEpoch.length, bEpoch, 0, bEpoch.length);
  if (epoch !== 0) return epoch;
  const version = compareAlpmPart(aVersion, bVersion);
  if (version !== 0 || aRelease === null || bRelease === null) return version;
  return compareAlpmPart(aRelease, bRelease);
}

function alpmParts(text: string): [string, string, string | null] {
  const start = afterEpoch(text);
  const dash = text.lastIndexOf("-");
  const epoch = text.slice(0, Math.max(start - 1, 0));
  return dash < start ? [epoch, text.slice(start), null] : [epoch, text.slice(start, dash), text.slice(dash + 1)];
}

/** Dotted items, each by its digit and other runs; a missing item is zero. */
function compareItems(a: string, b: string): Sign {
  const left = a === "" ? [] : a.split(".");
  const right = b === "" ? [] : b.split(".");
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const x = runs(left[i] ?? "0");
    const y = runs(right[i] ?? "0");
    for (let k = 0; k < Math.max(x.length, y.length); k++) {
      const order = compareRun(x[k], y[k]);
      if (order !== 0) return order;
    }
  }
  return 0;
}

const runs = (item: string) => item.match(/\d+|\D+/g) ?? [];

function compareRun(x: string | undefined, y: string | undefined): Sign {
  if (x === undefined || y === undefined) return x === y ? 0 : x === undefined ? -1 : 1;
  const digits = isDigit(x.charCodeAt(0));
  if (digits !== isDigit(y.charCodeAt(0))) return digits ? -1 : 1;
  if (digits) return compareDigits(x, 0, x.length, y, 0, y.length);
  return compareText(x, 0, x.length, y, 0, y.length, true);
}

/** Conan: numbers, then pre-releases before the release, then build metadata behind it. */
export function compareConan(a: string, b: string): Sign {
  const [aMain, aPre, aBuild] = conanParts(a);
  const [bMain, bPre, bBuild] = conanParts(b);
  const main = compareItems(aMain, bMain);
  if (main !== 0) return main;
  if (aPre === null || bPre === null) {
    if (aPre !== bPre) return aPre === null ? 1 : -1;
  } else {
    const pre = compareItems(aPre, bPre);
    if (pre !== 0) return pre;
  }
  if (aBuild === null || bBuild === null) return aBuild === bBuild ? 0 : aBuild === null ? -1 : 1;
  return compareItems(aBuild, bBuild);
}

function conanParts(text: string): [string, string | null, string | null] {
  const plus = text.indexOf("+");
  const core = plus === -1 ? text : text.slice(0, plus);
  const build = plus === -1 ? null : text.slice(plus + 1);
  const dash = core.indexOf("-");
  return dash === -1 ? [core, null, build] : [core.slice(0, dash), core.slice(dash + 1), build];
}
