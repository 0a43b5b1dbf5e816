import semver from "semver";
import { intersectionOf, type Span, unreadable } from "./spans.ts";
import type { Constraint } from "./vers.ts";

export const SIGNS: Record<string, Constraint["comparator"]> = {
  "": "=",
  "=": "=",
  "==": "=",
  "===": "=",
  "!=": "!=",
  "<": "<",
  "<<": "<",
  "<=": "<=",
  ">": ">",
  ">>": ">",
  ">=": ">=",
};

/** Splits "sign version" parts joined by commas; `widen` gives the meaning of an ecosystem's own signs and stars. */
function boundsOf(text: string, type: string, widen: (sign: string, version: string) => Constraint[] | null): Span[] {
  const constraints = text.split(",").flatMap((raw): Constraint[] => {
    const part = raw.trim();
    if (part === "" || part === "*") return [];
    const [, sign = "", version = ""] = /^([<>=!~]*)\s*([0-9A-Za-z]\S*)$/.exec(part) ?? [];
    const widened = version === "" ? null : widen(sign, version);
    if (widened !== null) return widened;
    const comparator = SIGNS[sign];
    if (comparator === undefined || version === "")
      throw unreadable(part, "Write comparators joined by commas: >= 1.0, < 2.0");
    return [{ comparator, version }];
  });
  const span = intersectionOf(type, constraints);
  return span === null ? [] : [span];
}

/** Comparators joined by commas: `>= 1.0, < 2.0`. */
export const plainBounds = (text: string, type: string): Span[] => boundsOf(text, type, () => null);

/** RubyGems: `~> 2.0.8` is from 2.0.8 to before 2.1 (pessimistic operator). */
export const gemBounds = (text: string, type: string): Span[] =>
  boundsOf(text, type, (sign, version) => (sign === "~>" ? upToNext(version, version) : null));

/** PyPI (PEP 440, "Version specifiers"): `~=2.2.3` and `==2.2.*` stay within 2.2. */
export const pypiBounds = (text: string, type: string): Span[] =>
  boundsOf(text, type, (sign, version) => {
    if (sign === "~=") return upToNext(version, version);
    if (!version.endsWith(".*")) return null;
    if (sign !== "==") throw unreadable(sign + version, "A star goes with == only");
    const stem = version.slice(0, -2);
    return upToNext(stem, `${stem}.0`);
  });

/** From a version to the next of its numbers but the last: 2.0.8 to before 2.1. One number alone counts up itself. */
function upToNext(from: string, counted: string): Constraint[] {
  const numbers = /^v?\d+(\.\d+)*/.exec(counted)?.[0].split(".") ?? [];
  const kept = numbers.length > 1 ? numbers.slice(0, -1) : numbers;
  const last = kept.pop();
  if (last === undefined) throw unreadable(from, "A number is needed here");
  const next = [...kept, String(Number(last) + 1)].join(".");
  return [
    { comparator: ">=", version: from },
    { comparator: "<", version: next },
  ];
}

/** npm ranges (node-semver), and Cargo's, whose bare version means `^` and whose comma means "and". */
export function semverSpans(text: string, type: string): Span[] {
  const written = type === "cargo" ? text.split(",").map(cargoPart).join(" ") : text;
  let range: semver.Range;
  try {
    range = new semver.Range(written);
  } catch {
    throw unreadable(text, "Write a node-semver range: ^1.2.0, >=1.0.0 <2.0.0, 1.x || 2.x");
  }
  return range.set.flatMap((comparators) => {
    const constraints = comparators.flatMap(({ operator, semver: at }): Constraint[] => {
      const comparator = SIGNS[operator];
      return at.version === undefined || comparator === undefined ? [] : [{ comparator, version: at.version }];
    });
    return intersectionOf(type, constraints) ?? [];
  });
}

const cargoPart = (part: string) => (/^\s*\d/.test(part) ? `^${part.trim()}` : part.trim());
