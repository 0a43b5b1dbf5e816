import { parse } from "@renovatebot/pep440";
import { generic } from "./generic.ts";
import { isDigit, type Sign, sign } from "./scan.ts";
import { semver } from "./semver.ts";

type Parsed = NonNullable<ReturnType<typeof parse>>;

const PHASE: Record<string, number> = { a: 1, b: 2, rc: 3 };

/** Where pre- and dev-releases stand before the release itself (PEP 440, "Summary of permitted suffixes"). */
function phase(version: Parsed): [number, number] {
  const pre: unknown = version.pre;
  if (Array.isArray(pre)) return [PHASE[String(pre[0])] ?? 0, Number(pre[1])];
  return version.dev !== null && version.post === null ? [0, 0] : [4, 0];
}

const numberOf = (part: unknown, missing: number) => (Array.isArray(part) ? Number(part[1]) : missing);

function compareLocal(a: unknown, b: unknown): Sign {
  const left = Array.isArray(a) ? a : [];
  const right = Array.isArray(b) ? b : [];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const x: unknown = left[i];
    const y: unknown = right[i];
    if (typeof x === "number" && typeof y === "number") {
      if (x !== y) return x < y ? -1 : 1;
    } else if (typeof x !== typeof y) return typeof x === "number" ? 1 : -1;
    else if (String(x) !== String(y)) return String(x) < String(y) ? -1 : 1;
  }
  return sign(left.length - right.length);
}

function compareParsed(a: Parsed, b: Parsed): Sign {
  if (a.epoch !== b.epoch) return sign(a.epoch - b.epoch);
  for (let i = 0; i < Math.max(a.release.length, b.release.length); i++) {
    const difference = (a.release[i] ?? 0) - (b.release[i] ?? 0);
    if (difference !== 0) return sign(difference);
  }
  const [aPhase, aNumber] = phase(a);
  const [bPhase, bNumber] = phase(b);
  const difference =
    aPhase - bPhase ||
    aNumber - bNumber ||
    numberOf(a.post, -1) - numberOf(b.post, -1) ||
    numberOf(a.dev, Number.MAX_VALUE) - numberOf(b.dev, Number.MAX_VALUE);
  return difference === 0 ? compareLocal(a.local, b.local) : sign(difference);
}

/** Numbers between single dots and nothing else: what most versions are, and quick to compare. */
function isPlain(text: string): boolean {
  let digits = false;
  for (let i = 0; i < text.length; i++) {
    const digit = isDigit(text.charCodeAt(i));
    if (!digit && (text.charCodeAt(i) !== 46 || !digits)) return false;
    digits = digit;
  }
  return digits;
}

/** PEP 440. Versions from before it come first, ordered among themselves by numbers and letters. */
function compare(a: string, b: string): Sign {
  if (a === b) return 0;
  if (isPlain(a) && isPlain(b)) return semver.compare(a, b);
  const left = parse(a.trim());
  const right = parse(b.trim());
  if (left === null || right === null) {
    if (left !== right) return left === null ? -1 : 1;
    return generic.compare(a, b);
  }
  return compareParsed(left, right);
}

export const pypi = { compare, parses: (text: string) => isPlain(text) || parse(text.trim()) !== null };
