import type { Interval, Scheme } from "../schema.ts";
import { compareVersions } from "../versions/order.ts";
import { fixedIn, interval } from "./affected.ts";

/** Versions as a source words them. */
export interface VersionSet {
  intervals: Interval[];
  exceptions: Interval[];
  versions: string[];
  everyVersion: boolean;
}

export const noVersions = (): VersionSet => ({ intervals: [], exceptions: [], versions: [], everyVersion: false });

/** Longer texts are stories, not versions. */
const MAX_WORDS = 2000;

/**
 * A version, a list of them, or a range as advisories word it: `vers:` ranges, comparators, "1.2 and earlier",
 * "prior to 1.2", "1.0 through 1.4", "4.x". Null when the words cannot be read without guessing.
 */
export function readRangeText(text: string, scheme: Scheme): VersionSet | null {
  if (text.length > MAX_WORDS) return null;
  const words = text
    .replace(/^vers:[a-z0-9.+-]+\//i, "")
    .replaceAll("≤", "<=")
    .replaceAll("≥", ">=")
    .replace(/\s+/g, " ")
    .trim();
  if (/^(\*|all( versions?)?|every version|any( version)?)$/i.test(words))
    return { ...noVersions(), everyVersion: true };
  const rest = words.replace(
    /^(all )?((firmware|software|product) )?(versions?|ver\.?|revisions?|rev\.?|firmware|release):? ?(?=.)/i,
    "",
  );
  if (/[<>=]/.test(rest)) return readComparators(rest, scheme);
  return readWords(rest, scheme) ?? readList(rest, scheme);
}

/** Without a leading "v" before digits: sources mix `v1.2` and `1.2`. */
export const bareVersion = (text: string): string => text.trim().replace(/^[vV]\.? ?(?=\d)/, "");

/** `5.10.*`, `5.10.x` and `5.x.x` as an interval: all of that stream. Null when it ends in no wildcard. */
export function streamInterval(text: string, scheme: Scheme): Interval | null {
  const stream = /^(?:.*\D)?(\d+)(?=(?:\.[*xX])+$)/.exec(bareVersion(text));
  if (stream?.[1] === undefined) return null;
  const from = stream[0];
  const next = from.slice(0, from.length - stream[1].length) + (Number(stream[1]) + 1);
  // The next stream's release candidates already belong to it.
  return interval({ from, to: scheme === "linux" ? `${next}-rc0` : next });
}

const VERSION = /^(?:[A-Za-z]{1,3}[.-]?)?\d[\w.()+~:-]*(?: (?:HF|SP|SR|R|Update|Upd|Build|Patch|Rev)\.? ?\w+)*$/i;

/** The version a text is, bare; null when it is other words. */
export function versionIn(text: string): string | null {
  const bare = bareVersion(text);
  return /^[A-Z]$/.test(bare) || (VERSION.test(bare) && !bare.includes("__")) ? bare : null;
}

function readComparators(text: string, scheme: Scheme): VersionSet | null {
  const found = noVersions();
  let lower: { from: string; fromInclusive: boolean } | null = null;
  const parts = text.split(/(!=|[<>]=?|=+)/);
  if ((parts[0] ?? "").trim() !== "") return null;
  for (let i = 1; i < parts.length; i += 2) {
    const [first = "", ...more] = (parts[i + 1] ?? "").split(/[,|&]|\band\b/i).filter((item) => item.trim() !== "");
    const bound = versionIn(first.trim());
    const listed = more.map((item) => versionIn(item.trim()));
    if (bound === null || listed.includes(null)) return null;
    found.versions.push(...listed.filter((item) => item !== null));
    const comparator = parts[i] ?? "";
    const stream = streamInterval(bound, scheme);
    if (comparator.startsWith(">")) {
      if (lower !== null) found.intervals.push(interval(lower));
      const from = (comparator === ">=" ? stream?.from : stream?.to) ?? bound;
      lower = { from, fromInclusive: comparator === ">=" || stream !== null };
    } else if (comparator.startsWith("<")) {
      const end = comparator === "<=" ? upTo(bound, scheme) : fixedIn(stream?.from ?? bound);
      found.intervals.push({ ...end, ...(lower ?? {}) });
      lower = null;
    } else if (comparator === "!=") found.exceptions.push(point(bound));
    else found.versions.push(bound);
  }
  if (lower !== null) found.intervals.push(interval(lower));
  return found;
}

export const point = (at: string): Interval => interval({ from: at, to: at, toInclusive: true });

const WORDED: readonly [RegExp, (bounds: string[], scheme: Scheme) => Interval][] = [
  [
    /^(?:before|prior to(?! and including)|earlier than|less than|below|older than|lower than) (?:versions? )?(.+)$/i,
    ([to = ""], scheme) => fixedIn(streamInterval(to, scheme)?.from ?? to),
  ],
  [
    /^(?:(?:up|prior) to(?: and including)?|through|until) (?:versions? )?(.+)$/i,
    ([to = ""], scheme) => upTo(to, scheme),
  ],
  [
    /^(.+?),? (?:and|or|&) (?:all )?(?:prior|earlier|below|lower|older|previous|before)(?: versions?| releases?)?$/i,
    ([to = ""], scheme) => upTo(to, scheme),
  ],
  [/^(.+?) ?\((?:and|or) (?:prior|earlier|below|lower)\)$/i, ([to = ""], scheme) => upTo(to, scheme)],
  [/^(.+?) (?:and|or) (?:later|newer|above|higher)(?: versions?)?$/i, ([from = ""]) => interval({ from })],
  [
    /^(?:from )?(.+?) (?:to|through|thru|up to) (?:versions? )?(.+)$/i,
    ([from = "", to = ""], scheme) => ({
      ...upTo(to, scheme),
      from: streamInterval(from, scheme)?.from ?? from,
    }),
  ],
];

/** "3.x and earlier" ends where the next stream begins. */
function upTo(to: string, scheme: Scheme): Interval {
  const end = streamInterval(to, scheme)?.to;
  return end === undefined ? interval({ to, toInclusive: true }) : interval({ to: end });
}

function readWords(text: string, scheme: Scheme): VersionSet | null {
  for (const [pattern, toInterval] of WORDED) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const bounds = match.slice(1).map(versionIn);
    if (bounds.some((bound) => bound === null)) return null;
    return {
      ...noVersions(),
      intervals: [
        toInterval(
          bounds.filter((bound) => bound !== null),
          scheme,
        ),
      ],
    };
  }
  return null;
}

function readList(text: string, scheme: Scheme): VersionSet | null {
  const found = noVersions();
  for (const item of text.split(/\s*(?:[,|;]|\band\b)\s*/i)) {
    if (item === "") continue;
    const stream = streamInterval(item, scheme);
    const span = /^v?(\d+(?:\.\d+)+) ?[-–] ?v?(\d+(?:\.\d+)+)$/i.exec(item);
    const one = versionIn(item);
    if (stream !== null) found.intervals.push(stream);
    else if (span?.[1] !== undefined && span[2] !== undefined && compareVersions(scheme, span[1], span[2]) < 0)
      found.intervals.push({ ...upTo(span[2], scheme), from: span[1] });
    else if (one !== null) found.versions.push(one);
    else return null;
  }
  return found.intervals.length + found.versions.length > 0 ? found : null;
}
