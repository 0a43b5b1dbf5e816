import { SIGNS } from "./native-comparators.ts";
import { intersectionOf, type Span, unreadable } from "./spans.ts";
import type { Constraint } from "./vers.ts";

/**
 * Conan 2: comparators joined by blanks or commas, `||` between alternatives, `~1.2` below 1.3, `^1.2` below 2, `*` from 0.0.0 on. Whether
 * pre-releases are wanted (a hyphen behind a version, `include_prerelease`) says nothing about the order.
 */
export function conanSpans(text: string, type: string): Span[] {
  const plain = text.replace(/,?\s*(include_prerelease|loose)(\s*=\s*\w+)?/gi, "");
  return alternatives(plain, type, (sign, written) => {
    const version = written.replace(/-$/, "");
    if (/^\*/.test(version)) return sign === "" ? [{ comparator: ">=", version: "0.0.0" }] : null;
    if (sign === "~") return upTo(version, after(version, Math.min(numbersOf(version).length, 2)));
    return sign === "^" ? upTo(version, after(version, leading(version))) : plainly(sign, version);
  });
}

/**
 * Composer ("Versions and constraints"): comparators joined by blanks or commas, `||` or `|` between alternatives, `~1.2` below 2, `^0.3`
 * below 0.4, `1.0.*`, `1.0 - 2.0`. Such a range ends before the pre-releases of the version it ends before.
 */
export function composerSpans(text: string, type: string): Span[] {
  const hyphens = text.replace(/([\w.]+)\s+-\s+([\w.]+)/g, (_, from: string, to: string) =>
    numbersOf(to).length < 3 ? `>=${from} <${after(to, numbersOf(to).length)}-dev` : `>=${from} <=${to}`,
  );
  return alternatives(hyphens.replace(/(?<!\|)\|(?!\|)/g, "||"), type, (sign, written) => {
    const version = written.replace(/@[a-z]+$/i, "").replace(/^v(?=\d)/i, "");
    const stem = /^(.*?)(?:\.[*x])+$/i.exec(version)?.[1];
    if (/^[*x]$/i.test(version)) return sign === "" ? [] : null;
    if (stem !== undefined) return sign === "" ? upTo(stem, `${after(stem, numbersOf(stem).length)}-dev`) : null;
    if (sign === "~") return upTo(version, `${after(version, Math.max(1, numbersOf(version).length - 1))}-dev`);
    return sign === "^" ? upTo(version, `${after(version, leading(version))}-dev`) : plainly(sign, version);
  });
}

function alternatives(
  text: string,
  type: string,
  read: (sign: string, version: string) => Constraint[] | null,
): Span[] {
  return text.split("||").flatMap((set) => {
    const parts = set
      .replace(/([<>=!~^])\s+/g, "$1")
      .split(/[\s,]+/)
      .filter((part) => part !== "");
    if (parts.length === 0) throw unreadable(set, "Write a comparator on each side of ||");
    const constraints = parts.flatMap((part) => {
      const [, sign = "", version = ""] = /^([<>=!]{1,3}|[~^]|)([0-9A-Za-z*]\S*)$/.exec(part) ?? [];
      const found = version === "" ? null : read(sign, version);
      if (found === null) throw unreadable(part, "Write comparators: >=1.0 <2.0, ^1.2, ~1.2 || 2.0");
      return found;
    });
    return intersectionOf(type, constraints) ?? [];
  });
}

function plainly(sign: string, version: string): Constraint[] | null {
  const comparator = SIGNS[sign];
  return comparator === undefined || !/^\d/.test(version) ? null : [{ comparator, version }];
}

const upTo = (from: string, to: string): Constraint[] => [
  { comparator: ">=", version: from },
  { comparator: "<", version: to },
];

const numbersOf = (version: string): string[] => /^\d+(\.\d+)*/.exec(version)?.[0].split(".") ?? [];

/** How many numbers `^` keeps: up to the first that is not zero, or all of zeros. */
function leading(version: string): number {
  const numbers = numbersOf(version);
  const first = numbers.findIndex((number) => !/^0+$/.test(number));
  return first === -1 ? numbers.length : first + 1;
}

/** The version after all that begin with the first `kept` numbers: 1.2.3 and 2 give 1.3. */
function after(version: string, kept: number): string {
  const numbers = numbersOf(version).slice(0, kept);
  const last = numbers.pop();
  if (last === undefined) throw unreadable(version, "A number is needed here");
  return [...numbers, String(BigInt(last) + 1n)].join(".");
}
